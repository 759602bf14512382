/** Figures of tests that ran. */
import type { MistakeKind } from './check-answer.js';
import type { TestKind, TestOutcome } from './run-tests.js';

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
  /** Tests of each kind that passed; only of kinds that there are. */
  readonly kinds: Readonly<Partial<Record<TestKind, Share>>>;
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
    kinds: passedByKind(outcomes),
  };
}

function passedByKind(outcomes: readonly TestOutcome[]): Partial<Record<TestKind, Share>> {
  const kinds: Partial<Record<TestKind, Share>> = {};
  for (const { kind, passed } of outcomes) {
    if (!kind) continue;
    const { right, of } = kinds[kind] ?? { right: 0, of: 0 };
    kinds[kind] = { right: right + (passed ? 1 : 0), of: of + 1 };
  }
  return kinds;
}
