/** The form of an answer as data for the sampler: a label, one line of whole sentences, at most one action. */
import type { Grammar, GrammarNode } from '../../engine-port.js';
import type { ActionParam, PersonaAction } from '../persona/types.js';
import { CLOSERS, MARKS } from '../sentences.js';

const CONTROL: readonly [number, number] = [0, 31];
/** Behind the mark of a sentence: the end of a quotation in a bracket, at most. */
const MAX_CLOSERS = 2;
/** An integer of more digits is no count of anything in a game. */
const MAX_DIGITS = 6;
const DEFAULT_STRING_LENGTH = 40;

/** What tells the beginning of an action from the end of the answer. */
export const ACTION_START = '\n';

const literal = (text: string): GrammarNode => ({ type: 'literal', text });
const sequence = (...items: GrammarNode[]): GrammarNode => ({ type: 'sequence', items });
const alternatives = (items: readonly GrammarNode[]): GrammarNode => ({ type: 'alternatives', items });
const optional = (item: GrammarNode): GrammarNode => ({ type: 'repeat', item, min: 0, max: 1 });
const charsOf = (text: string): (readonly [number, number])[] =>
  Array.from(text, (char) => [char.codePointAt(0)!, char.codePointAt(0)!] as const);
const noneOf = (text: string): GrammarNode => ({
  type: 'chars',
  ranges: [CONTROL, ...charsOf(text)],
  negated: true,
});

/**
 * @param labels the model's labels that may come
 * @param actions those that are allowed now; parameters come in the order of the persona
 */
export function answerGrammar(labels: readonly string[], actions: readonly PersonaAction[]): Grammar {
  return {
    rules: {
      root: sequence(
        literal('['),
        alternatives(labels.map(literal)),
        literal('] '),
        ...line(),
        ...call(actions),
      ),
    },
  };
}

/** The rest of an answer whose label and beginning stand already. */
export function continuationGrammar(actions: readonly PersonaAction[]): Grammar {
  const rest: GrammarNode = { type: 'repeat', item: noneOf('[]{}@<>|'), min: 0 };
  return { rules: { root: sequence(rest, ends(), ...call(actions)) } };
}

/** A line that ends like a sentence, so that no answer stops in the middle of one. */
function line(): GrammarNode[] {
  return [noneOf(' ()[]{}@<>|'), { type: 'repeat', item: noneOf('[]{}@<>|'), min: 0 }, ends()];
}

function ends(): GrammarNode {
  const closer: GrammarNode = { type: 'chars', ranges: charsOf(CLOSERS) };
  return sequence(
    { type: 'chars', ranges: charsOf(MARKS) },
    { type: 'repeat', item: closer, min: 0, max: MAX_CLOSERS },
  );
}

/** One of the actions behind the line, or none. */
function call(actions: readonly PersonaAction[]): GrammarNode[] {
  const start = literal(`${ACTION_START}@`);
  return actions.length > 0 ? [optional(sequence(start, alternatives(actions.map(actionCall))))] : [];
}

/** `give {"item": "eel"}` */
function actionCall({ name, params = {} }: PersonaAction): GrammarNode {
  const pairs = Object.entries(params).map(([key, param], i) =>
    sequence(literal(`${i > 0 ? ', ' : ''}"${key}": `), paramValue(param)),
  );
  return pairs.length > 0 ? sequence(literal(`${name} {`), ...pairs, literal('}')) : literal(name);
}

function paramValue(param: ActionParam): GrammarNode {
  const digits: GrammarNode = {
    type: 'repeat',
    item: { type: 'chars', ranges: [[48, 57]] },
    min: 1,
    max: MAX_DIGITS,
  };
  switch (param.type) {
    case 'boolean':
      return alternatives([literal('true'), literal('false')]);
    case 'integer':
      return sequence(optional(literal('-')), digits);
    case 'number':
      return sequence(optional(literal('-')), digits, optional(sequence(literal('.'), digits)));
    case 'string':
      if (param.enum) return alternatives(param.enum.map((value) => literal(JSON.stringify(value))));
      return sequence(
        literal('"'),
        { type: 'repeat', item: noneOf('"\\'), min: 1, max: param.maxLength ?? DEFAULT_STRING_LENGTH },
        literal('"'),
      );
  }
}
