/** What is wrong with the tests of a persona, beyond their form. */
import { emotionLabels } from '../emotions.js';
import type { Expectation, Persona } from './types.js';

const MAX_PATTERN = 200;

export function checkTests(persona: Persona): string[] {
  return (persona.tests ?? []).flatMap((test, i) => {
    const expectations: [string, Expectation | undefined][] = test.talk
      ? test.talk.map(({ expect }, step) => [`tests.${i}.talk.${step}.expect`, expect])
      : [[`tests.${i}.expect`, test.expect]];
    const mixed = test.talk && (test.say ?? test.expect) !== undefined;
    return [
      ...(mixed ? [`tests.${i} has a talk, expected no say and expect beside it`] : []),
      ...expectations.flatMap(([path, expect]) => (expect ? checkExpectation(persona, path, expect) : [])),
    ];
  });
}

function checkExpectation(persona: Persona, path: string, expect: Expectation): string[] {
  const labels = emotionLabels(persona).map(({ label }) => label);
  const actions = (persona.actions ?? []).map(({ name }) => name);
  const choices = (persona.dialogue?.choices ?? []).map(({ id }) => id);
  const { matches, emotion = [], action, choice } = expect;
  const wrong = matches === undefined ? undefined : patternProblem(matches);
  return [
    ...(wrong === undefined ? [] : [`${path}.matches ${wrong}`]),
    // A misspelled name would be a test that always fails, or never.
    ...[emotion]
      .flat()
      .filter((label) => !labels.includes(label))
      .map((label) => `${path}.emotion is ${JSON.stringify(label)}, expected one of ${labels.join(', ')}`),
    ...(typeof action === 'string' && !actions.includes(action)
      ? [`${path}.action is ${JSON.stringify(action)}, expected one of the persona's actions`]
      : []),
    ...(typeof choice === 'string' && !choices.includes(choice)
      ? [`${path}.choice is ${JSON.stringify(choice)}, expected the id of one of the persona's choices`]
      : []),
  ];
}

/**
 * Why a pattern is refused, or undefined. Persona files come from anybody, and a quantifier inside a quantified group
 * can take a regular expression longer than a life.
 */
export function patternProblem(pattern: string): string | undefined {
  if (pattern.length > MAX_PATTERN)
    return `has ${pattern.length} characters, expected at most ${MAX_PATTERN}`;
  try {
    new RegExp(pattern, 'iu');
  } catch (error) {
    return `is no regular expression (${error instanceof Error ? error.message : String(error)})`;
  }
  return hasNestedQuantifier(pattern)
    ? 'has a quantifier or alternatives inside a repeated group'
    : undefined;
}

/** Whether a group that repeats holds something that repeats, or alternatives. */
function hasNestedQuantifier(pattern: string): boolean {
  // Escapes and classes are one character to this question.
  const plain = pattern.replace(/\\./gs, 'x').replace(/\[[^\]]*\]/g, 'x');
  /** For each open group: whether something in it makes its repetition dangerous. */
  const open: boolean[] = [];
  for (let i = 0; i < plain.length; i++) {
    const char = plain[i]!;
    if (char === '(') {
      open.push(false);
      // `(?:`, `(?=` and `(?<`: this question mark repeats nothing.
      if (plain[i + 1] === '?') i++;
    } else if (char === ')') {
      const risky = open.pop() ?? false;
      const repeats = /^(?:[*+]|\{\d+(?:,\d*)?\})/.test(plain.slice(i + 1));
      if (risky && repeats) return true;
      if ((risky || repeats) && open.length > 0) open[open.length - 1] = true;
    } else if (/[*+{|?]/.test(char) && open.length > 0) open[open.length - 1] = true;
  }
  return false;
}
