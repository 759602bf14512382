/** Checks a persona: its shape first, then the schema, then what a schema cannot say. */
import { callProblem } from '../answer/action-check.js';
import { EMOTIONS } from '../api.js';
import { isRelationPath } from '../feeling.js';
import validate from './generated/validate-persona.js';
import { merged } from './localize.js';
import { clip, personaInvalid } from './persona-invalid.js';
import { countTelling, schemaProblems } from './schema-problems.js';
import { checkTests } from './test-checks.js';
import type { Persona } from './types.js';

/** Lists and objects within each other; conditions within conditions are what goes deepest. */
export const MAX_DEPTH = 40;
/** Keys that mean something to JavaScript: copying them, as merging settings does, changes other objects. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * A persona from parsed JSON.
 * @param source where it came from, for the message
 * @throws DialogueError persona-invalid: names each path, what it got and what was expected; nothing is half-loaded
 */
export function parsePersona(json: unknown, source = 'The persona'): Persona {
  const { problems, count } = findProblems(json);
  if (count > 0) throw personaInvalid(source, problems, count);
  return json as Persona;
}

/** All that is wrong with a persona; those of its form alone where that is wrong, since the rest rests on it. */
export function personaProblems(json: unknown): string[] {
  return [...new Set(findProblems(json).problems)];
}

/** Problems are described as they are drawn: there may be ten thousand. */
function findProblems(json: unknown): { readonly problems: Iterable<string>; readonly count: number } {
  const misshapen = checkShape(json);
  if (misshapen) return { problems: [misshapen], count: 1 };
  if (!validate(json)) {
    const errors = validate.errors ?? [];
    validate.errors = null;
    return { problems: schemaProblems(errors, json), count: countTelling(errors) };
  }
  const checks = [
    checkEmotions,
    checkUnique,
    checkActions,
    checkChoices,
    checkRules,
    checkTests,
    checkLocales,
  ];
  const problems = checks.flatMap((check) => check(json as Persona));
  return { problems, count: problems.length };
}

/** Looks through everything without recursion, `extensions` too, since what follows may recurse or copy. */
function checkShape(json: unknown): string | undefined {
  interface Place {
    readonly value: unknown;
    readonly key: string;
    readonly parent?: Place;
    readonly depth: number;
  }
  const pathOf = (place: Place): string =>
    clip([place.parent && pathOf(place.parent), place.key].filter(Boolean).join('.'), 100);
  const open: Place[] = [{ value: json, key: '', depth: 1 }];
  for (let place = open.pop(); place; place = open.pop()) {
    if (typeof place.value !== 'object' || place.value === null) continue;
    if (place.depth > MAX_DEPTH)
      return `${pathOf(place)} stands ${place.depth} levels deep, expected at most ${MAX_DEPTH}`;
    for (const [key, value] of Object.entries(place.value)) {
      const inner = { value, key, parent: place, depth: place.depth + 1 };
      if (FORBIDDEN_KEYS.has(key))
        return `${pathOf(inner)} is a key of JavaScript itself, expected another name`;
      open.push(inner);
    }
  }
  return undefined;
}

function checkEmotions({ emotions = [] }: Persona): string[] {
  const known: readonly string[] = EMOTIONS;
  return emotions.flatMap((emotion, i) => {
    const label = typeof emotion === 'string' ? emotion : emotion.as;
    if (known.includes(label)) return [];
    const path = typeof emotion === 'string' ? `emotions.${i}` : `emotions.${i}.as`;
    return [`${path} is ${JSON.stringify(clip(label, 40))}, expected one of ${EMOTIONS.join(', ')}`];
  });
}

function checkUnique({ actions = [], dialogue = {}, goals = [] }: Persona): string[] {
  const lists = {
    'actions.name': actions.map(({ name }) => name),
    'dialogue.choices.id': (dialogue.choices ?? []).map(({ id }) => id),
    'goals.id': goals.map(({ id }) => id),
  };
  return Object.entries(lists).flatMap(([path, names]) =>
    names
      .filter((name, i) => names.indexOf(name) !== i)
      .map((name) => `${path} ${JSON.stringify(clip(name, 40))} stands twice`),
  );
}

/** What the sampler can force: see the parameters' subset of JSON Schema in the documentation. */
function checkActions({ actions = [] }: Persona): string[] {
  return actions.flatMap((action) =>
    Object.entries(action.params ?? {}).flatMap(([name, param]) => {
      const path = `actions.${action.name}.params.${name}`;
      if (!/^[a-z][A-Za-z0-9_]{0,31}$/.test(name))
        return [`${path} is no parameter name (letters, digits, _)`];
      if (param.enum && param.type !== 'string') return [`${path} has an enum, expected type string`];
      if (param.maxLength !== undefined && param.type !== 'string')
        return [`${path} has maxLength, expected type string`];
      return [];
    }),
  );
}

/** What a choice is heard by must lead somewhere, and what it calls must be callable. */
function checkChoices({ actions = [], dialogue = {} }: Persona): string[] {
  return (dialogue.choices ?? []).flatMap(({ id, heard, hidden, reply, action, set }) => {
    const path = `dialogue.choices.${clip(id, 40)}`;
    const called = actions.find(({ name }) => name === action?.name);
    return [
      ...(heard && reply === undefined && !set
        ? [`${path} has heard, expected a reply or set beside it`]
        : []),
      ...(hidden && !heard ? [`${path} is hidden, expected heard beside it`] : []),
      ...(action && reply === undefined ? [`${path} has an action, expected a reply beside it`] : []),
      ...(action && !called
        ? [
            `${path}.action.name is ${JSON.stringify(clip(action.name, 40))}, expected one of the persona's actions`,
          ]
        : []),
      ...(action && called
        ? [callProblem(`${path}.action`, { params: {}, ...action }, called)].filter(
            (wrong) => wrong !== undefined,
          )
        : []),
    ];
  });
}

/** Rules change what the character itself keeps, not the game's registry. */
function checkRules({ state = {} }: Persona): string[] {
  return (state.rules ?? []).flatMap(({ set = {}, add = {} }, i) => {
    const wrong = (list: string, entries: object, fits: (path: string, value: unknown) => boolean) =>
      Object.entries(entries)
        .filter(([path, value]) => !fits(path, value))
        .map(([path]) => `state.rules.${i}.${list} has ${JSON.stringify(clip(path, 40))}`);
    return [
      ...wrong('set', set, (path, value) =>
        path === 'mood' ? typeof value === 'string' : isRelationPath(path) && typeof value === 'number',
      ).map((problem) => `${problem}, expected mood with a text or relations.player.trust with a number`),
      ...wrong('add', add, (path) => isRelationPath(path)).map(
        (problem) => `${problem}, expected a path such as relations.player.trust`,
      ),
    ];
  });
}

/** What a locale may not change: saves, and the game, know the character by it. */
const SAME_IN_ALL_LOCALES = ['schema', 'id', 'i18n', 'extensions'];

/** Each by itself on a small persona, so that the time grows with the file and not with its locales. */
function checkLocales({ i18n = {} }: Persona): string[] {
  const least = { schema: '1', id: 'x', identity: { name: 'X' }, core: { compact: 'X.' } };
  return Object.entries(i18n).flatMap(([locale, over]) => {
    const path = `i18n.${clip(locale, 40)}`;
    const fixed = SAME_IN_ALL_LOCALES.filter((key) => Object.hasOwn(over, key));
    if (fixed.length > 0) return [`${path} has ${fixed.join(', ')}, expected only what may differ`];
    // A choice or an action that is merged with its original need not say everything again.
    const { problems } = findProblems(merged(least, over));
    return [...problems]
      .filter((problem) => !problem.endsWith(' is missing'))
      .map((problem) => `${path}: ${problem}`);
  });
}
