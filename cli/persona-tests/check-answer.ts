/** Whether one answer is what a test expects, and what every answer must be. */

import { emotionLabels } from '../../plugin/dialogue/emotions.js';
import type { ActionCall, Expectation, Persona } from '../../plugin/dialogue/index.js';
import { outOfCharacterWords } from '../../plugin/dialogue/out-of-character.js';
import { endsLikeSentence } from '../../plugin/dialogue/sentences.js';

export type MistakeKind =
  | 'no-answer'
  | 'fact'
  | 'words'
  | 'length'
  | 'emotion'
  | 'action'
  | 'choice'
  | 'label'
  | 'mid-sentence'
  | 'out-of-character';

export interface Mistake {
  readonly kind: MistakeKind;
  /** What was expected, as a sentence's end: `"coins" in it`. */
  readonly expected: string;
}

export interface HeardAnswer {
  readonly text: string;
  readonly emotion: string;
  readonly action?: ActionCall;
  /** The authored choice that the line was taken for. */
  readonly choice?: string;
  readonly source: 'model' | 'authored' | 'fallback';
  readonly tokens: number;
}

/** Everything that is wrong with an answer; empty where it is right. */
export function checkAnswer(persona: Persona, answer: HeardAnswer, expect: Expectation = {}): Mistake[] {
  return [...checkAlways(persona, answer), ...checkExpected(answer, expect)];
}

function checkAlways(persona: Persona, { text, emotion, source, choice }: HeardAnswer): Mistake[] {
  const mistakes: Mistake[] = [];
  const labels = emotionLabels(persona).map(({ label }) => label);
  // The reply of a choice is authored, and meant to be.
  if (source !== 'model' && choice === undefined)
    mistakes.push({ kind: 'no-answer', expected: 'an answer of the model' });
  if (!labels.includes(emotion)) {
    mistakes.push({ kind: 'label', expected: `one of the labels ${labels.join(', ')}` });
  }
  if (!endsLikeSentence(text)) mistakes.push({ kind: 'mid-sentence', expected: 'a whole sentence' });
  for (const word of outOfCharacterWords(text, persona)) {
    mistakes.push({ kind: 'out-of-character', expected: `no ${JSON.stringify(word)} in it` });
  }
  return mistakes;
}

function checkExpected(answer: HeardAnswer, expect: Expectation): Mistake[] {
  const { contains = [], containsAny, notContains = [], matches, maxTokens, emotion } = expect;
  const text = plain(answer.text);
  const has = (words: string) => text.includes(plain(words));
  const mistakes: Mistake[] = contains
    .filter((words) => !has(words))
    .map((words) => ({ kind: 'fact', expected: `${JSON.stringify(words)} in it` }));
  if (containsAny && !containsAny.some(has)) {
    mistakes.push({ kind: 'fact', expected: `one of ${list(containsAny)} in it` });
  }
  for (const words of notContains.filter(has)) {
    mistakes.push({ kind: 'words', expected: `no ${JSON.stringify(words)} in it` });
  }
  if (matches !== undefined && !new RegExp(matches, 'iu').test(answer.text)) {
    mistakes.push({ kind: 'words', expected: `a match of /${matches}/` });
  }
  if (maxTokens !== undefined && answer.tokens > maxTokens) {
    mistakes.push({ kind: 'length', expected: `at most ${maxTokens} tokens, got ${answer.tokens}` });
  }
  if (emotion !== undefined && ![emotion].flat().includes(answer.emotion)) {
    mistakes.push({ kind: 'emotion', expected: `the emotion ${[emotion].flat().join(' or ')}` });
  }
  return [...mistakes, ...checkAction(answer, expect), ...checkChoice(answer, expect)];
}

function checkAction({ action: got }: HeardAnswer, { action, params = {} }: Expectation): Mistake[] {
  if (action === null) return got ? [{ kind: 'action', expected: 'no action' }] : [];
  if (action !== undefined && got?.name !== action) {
    return [{ kind: 'action', expected: `the action ${action}` }];
  }
  return Object.entries(params)
    .filter(([name, value]) => got?.params[name] !== value)
    .map(([name, value]) => ({ kind: 'action', expected: `${name} ${JSON.stringify(value)}` }));
}

function checkChoice({ choice: got }: HeardAnswer, { choice }: Expectation): Mistake[] {
  if (choice === undefined || (choice ?? undefined) === got) return [];
  return [{ kind: 'choice', expected: choice === null ? 'no choice' : `the choice ${choice}` }];
}

/** Case and the shape of an apostrophe are no difference to a reader. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll('’', "'");
}

function list(words: readonly string[]): string {
  return words.map((word) => JSON.stringify(word)).join(', ');
}
