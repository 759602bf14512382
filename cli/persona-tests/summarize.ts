/** Figures of tests that ran. */
import type { MistakeKind } from './check-answer.js';
import type { TestOutcome } from './run-tests.js';

/** So many of so many. */
export interface Share {
  readonly right: number;
  readonly of: number;
}

export interface Summary {
  readonly passed: number;
  readonly failed: number;
  /** Answers with `contains` or `containsAny` that have it all. */
  readonly facts: Share;
  readonly labels: Share;
  /** Answers of which an action, or none, was expected. */
  readonly actions: Share;
  readonly midSentence: number;
  readonly outOfCharacter: number;
}

export function summarize(outcomes: readonly TestOutcome[]): Summary {
  const answers = outcomes.flatMap((outcome) => outcome.answers);
  const without = (list: typeof answers, kind: MistakeKind): Share => ({
    right: list.filter(({ mistakes }) => !mistakes.some((mistake) => mistake.kind === kind)).length,
    of: list.length,
  });
  const withMistake = (kind: MistakeKind) => answers.length - without(answers, kind).right;
  const passed = outcomes.filter((outcome) => outcome.passed).length;
  return {
    passed,
    failed: outcomes.length - passed,
    facts: without(
      answers.filter(({ expect }) => expect.contains ?? expect.containsAny),
      'fact',
    ),
    labels: without(answers, 'label'),
    actions: without(
      answers.filter(({ expect }) => expect.action !== undefined || expect.params !== undefined),
      'action',
    ),
    midSentence: withMistake('mid-sentence'),
    outOfCharacter: withMistake('out-of-character'),
  };
}
