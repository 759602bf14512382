/** Which action a line of the player asks for, as far as its words tell: a small model seldom acts by itself. */
import type { PersonaAction } from '../persona/types.js';
import { contentWords, plainWords, stemmed, stemOf } from '../prompt/content-words.js';

export interface ActionIntent {
  /** Those that may be called: one, with the values that were named, where the line asks for that one. */
  readonly actions: readonly PersonaAction[];
  /** Added to the logit of calling an action. */
  readonly bias: number;
}

/**
 * The model weighs whether an action fits; measured on fifteen characters, the logit of calling one lies up to 7 below
 * that of ending the answer where the player asks for it, and below -8 as a rule where nobody does.
 */
const ASKED_BIAS = 6.5;
const OPEN_BIAS = 1.5;
/** What an action's words count for in a line: the value of a parameter, its name, its description. */
const VALUE_SCORE = 3;
const NAME_SCORE = 2;
const ASKED_SCORE = 2;
/** What was named in the line before counts for less. */
const BEFORE_SHARE = 0.7;

/** Lines that ask for knowledge, or say what is not there, ask for no action. */
const KNOWLEDGE = new Set('what which who whose whom where when why how much cost'.split(' '));
const DENIAL = new Set('no not nothing never none without free cannot'.split(' '));
/** An action that is paid for is not asked for by a line that pays nothing. */
const FOR_PAY = /\b(?:pay|pays|paid|price|buys?|bought)\b/i;
const PAYING = new Set(
  'here take takes pay paid deal buy bought coin coins money one two three four five six seven eight nine ten'.split(
    ' ',
  ),
);

/**
 * @param line of the player
 * @param before the player's lines before it, the latest last; a value may have been named there
 * @param actions those that are open
 */
export function actionIntent(
  line: string,
  before: readonly string[],
  actions: readonly PersonaAction[],
): ActionIntent {
  const words = plainWords(line);
  if (actions.length === 0 || words.some((word) => KNOWLEDGE.has(word))) return { actions, bias: 0 };
  const open = { actions, bias: OPEN_BIAS };
  if (denies(line, words)) return open;
  const last = before.at(-1) ?? '';
  const pays = words.some((word) => PAYING.has(word) || /^\d+$/.test(word));
  const ranked = actions
    .filter(({ description }) => pays || !FOR_PAY.test(description))
    .map((action) => ({ action, score: scoreOf(action, line) || BEFORE_SHARE * scoreOf(action, last) }))
    .sort((a, b) => b.score - a.score);
  const [first, second] = ranked;
  if (!first || first.score < ASKED_SCORE || first.score === second?.score) return open;
  return { actions: [withNamedValues(first.action, [line, last])], bias: ASKED_BIAS };
}

function denies(line: string, words: readonly string[]): boolean {
  return /n['’]t\b/i.test(line) || words.some((word) => DENIAL.has(word));
}

function scoreOf({ name, description, params = {} }: PersonaAction, line: string): number {
  const said = stemmed(line);
  const values = Object.values(params).flatMap(({ enum: list = [] }) => list);
  const named = values.some((value) => said.includes(stemmed(value)));
  const shared = (text: string) =>
    contentWords(text).filter((word) => said.includes(` ${stemOf(word)} `)).length;
  // "Give up" gives nothing: where values are known, one of them belongs to the name.
  const byName = values.length === 0 || named ? NAME_SCORE * shared(name) : 0;
  return (named ? VALUE_SCORE : 0) + byName + shared(description);
}

/** The action with only those values of its parameters that a line names; the first line that names one decides. */
function withNamedValues(action: PersonaAction, lines: readonly string[]): PersonaAction {
  const params = Object.entries(action.params ?? {}).map(([name, param]) => {
    const named = lines
      .map((line) => param.enum?.filter((value) => stemmed(line).includes(stemmed(value))) ?? [])
      .find((values) => values.length > 0);
    return [name, named ? { ...param, enum: named } : param] as const;
  });
  return { ...action, ...(action.params ? { params: Object.fromEntries(params) } : {}) };
}
