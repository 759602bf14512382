import { describe, expect, it } from 'vitest';
import type { MistakeKind } from '../../../cli/persona-tests/check-answer.js';
import type { TestKind, TestOutcome } from '../../../cli/persona-tests/run-tests.js';
import { summarize } from '../../../cli/persona-tests/summarize.js';
import { barsOf, reportPage } from '../../../scripts/persona/test-report.mjs';

/** A test of one answer, which asked for a fact and an action. */
function outcome(name: string, kind: TestKind, ...mistakes: MistakeKind[]): TestOutcome {
  return {
    name,
    kind,
    passed: mistakes.length === 0,
    answers: [
      {
        said: `${name}?`,
        got: {
          text: `${name}!`,
          emotion: 'sad',
          action: { name: 'give', params: { item: 'eel' } },
          source: 'model',
          tokens: 3,
        },
        expect: { contains: ['eel'], action: 'give' },
        mistakes: mistakes.map((mistake) => ({ kind: mistake, expected: 'better' })),
      },
    ],
  };
}

function reportOf(count: number, ...tests: TestOutcome[]) {
  const personas = Array.from({ length: count }, (_, i) => ({
    persona: `p${i}`,
    summary: summarize(tests),
    tests,
  }));
  return {
    parley: '1.2.3',
    date: '2020-01-02',
    model: 'some-model',
    all: summarize(personas.flatMap((one) => one.tests)),
    personas,
  };
}

const missed = (report: ReturnType<typeof reportOf>) =>
  barsOf(report)
    .filter(({ met }) => !met)
    .map(({ what }) => what);

describe('report of the persona tests', () => {
  it('meets all bars with right answers of fifteen personas', () => {
    expect(missed(reportOf(15, outcome('a', 'fact')))).toEqual([]);
    expect(missed(reportOf(14, outcome('a', 'fact')))).toEqual(['personas']);
  });

  it('misses a bar by a little, and one of which nothing was asked', () => {
    const good = Array.from({ length: 17 }, () => outcome('a', 'fact'));
    const wrong = outcome('b', 'fact', 'fact', 'action');
    expect(missed(reportOf(15, ...good, wrong, wrong, wrong))).toEqual([]);
    expect(missed(reportOf(15, ...good, wrong, wrong, wrong, wrong))).toEqual(['right fact']);
    const bad = outcome('c', 'fact', 'label', 'mid-sentence', 'out-of-character');
    expect(missed(reportOf(15, ...good, bad))).toEqual([
      'valid label',
      'out of character',
      'cut in mid-sentence',
    ]);
    expect(missed(reportOf(15))).toContain('right fact');
  });

  it('shows figures by kind, and the worst answers: most mistakes, then the heaviest', () => {
    const page = reportPage(
      reportOf(
        1,
        outcome('good', 'fact'),
        outcome('length', 'fact', 'length'),
        outcome('broken', 'outside', 'out-of-character'),
        outcome('double', 'memory', 'length', 'emotion'),
      ),
    );
    expect(page).toContain('| p0 | 1/2 (50.0 %) | – | 0/1 (0.0 %) | – | – | 0/1 (0.0 %) |');
    expect(page).toContain('some-model` with Parley 1.2.3, 2020-01-02');
    expect([...page.matchAll(/^### .*$/gmu)].map(([line]) => line)).toEqual([
      '### 1 p0: double',
      '### 2 p0: broken',
      '### 3 p0: length',
    ]);
    expect(page).toContain('Player: double?\n[sad] double!\n@give {"item":"eel"}\n```');
    expect(page).toContain('Expected: better (length); better (emotion).');
  });
});
