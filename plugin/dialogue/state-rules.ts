/** What a persona's rules propose to change after an answer: mood and relations. */
import { holds, type ReadPath } from './conditions.js';
import { boundedRelation } from './feeling.js';
import { oncePer } from './once-per.js';
import type { Assignments, Scalar, StateRule } from './persona/types.js';
import { words } from './words.js';

/** One exchange, as rules see it. */
export interface Happened {
  /** What the player said. */
  readonly said?: string;
  /** The label of the answer. */
  readonly emotion?: string;
  /** The name of the action that was called. */
  readonly action?: string | undefined;
  /** The id of the choice that was picked or heard. */
  readonly choice?: string | undefined;
}

/**
 * The values that the rules propose, by path; nothing is changed here. Rules apply in order: later ones add to what
 * earlier ones propose, while conditions see how things stood before.
 * @param read mood and relations as they stand
 */
export function applyRules(rules: readonly StateRule[], happened: Happened, read: ReadPath): Assignments {
  const values = new Map<string, Scalar>();
  for (const { on, when, set = {}, add = {} } of rules) {
    if (!hasHappened(on, happened) || !holds(when, read)) continue;
    for (const [path, value] of Object.entries(set))
      values.set(path, typeof value === 'number' ? boundedRelation(value) : value);
    for (const [path, change] of Object.entries(add)) {
      const before = values.get(path) ?? read(path);
      values.set(path, boundedRelation((typeof before === 'number' ? before : 0) + change));
    }
  }
  return Object.fromEntries([...values].filter(([path, value]) => read(path) !== value));
}

/** Whether what a rule waits for was part of the exchange. */
export function hasHappened(on: string, happened: Happened): boolean {
  const { emotion, action, choice } = happened;
  const colon = on.indexOf(':');
  const [kind, what] = [on.slice(0, colon), on.slice(colon + 1)];
  if (kind === 'action') return action === what;
  if (kind === 'emotion') return emotion === what;
  if (kind === 'choice') return choice === what;
  const said = saidWords(happened);
  return what
    .split('|')
    .map(words)
    .some((phrase) => phrase.trim() !== '' && said.includes(phrase));
}

/** All rules of a persona look for theirs. */
const saidWords = oncePer(({ said = '' }: Happened) => words(said));
