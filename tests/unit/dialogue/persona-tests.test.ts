import { describe, expect, it } from 'vitest';
import { personaProblems } from '../../../plugin/dialogue/index.js';
import { patternProblem } from '../../../plugin/dialogue/persona/test-checks.js';

function problems(...tests: readonly unknown[]): string[] {
  return personaProblems({ schema: '1', id: 'a', identity: { name: 'A' }, core: { compact: 'A.' }, tests });
}

describe('personaProblems of tests', () => {
  it('takes a line, several lines, and a talk', () => {
    const expected = { contains: ['a'], emotion: ['sad', 'happy'], action: null, params: { item: 'eel' } };
    expect(
      problems(
        { say: 'A?', expect: expected },
        { name: 'n', say: ['A?', 'B?'], expect: {}, state: { 'a.b': 1 } },
        { talk: [{ say: 'A?' }, { say: 'B?', expect: expected }] },
      ),
    ).toEqual([]);
  });

  it('names what a test lacks, has too much, or misspells', () => {
    expect(problems({ say: 'A?' })[0]).toMatch(/^tests.0.expect is missing/);
    expect(problems({ say: 'A?', talk: [{ say: 'A?' }] })[0]).toMatch(/^tests.0 has a talk/);
    expect(problems({ say: 'A?', expect: { contain: ['a'] } })[0]).toMatch(/did you mean contains\?/);
    expect(problems({ say: 'A?', expect: { emotion: 'gleeful' } })[0]).toMatch(/^tests.0.expect.emotion/);
    expect(problems({ talk: [{ say: 'A?', expect: { action: 'giv' } }] })[0]).toMatch(
      /^tests.0.talk.0.expect.action/,
    );
    expect(problems({ say: 'A?', expect: { matches: '(a+)+' } })[0]).toMatch(/^tests.0.expect.matches/);
  });
});

describe('patternProblem', () => {
  it.each([
    'two|three',
    '(?:five|5) coins',
    '\\(a+\\)+',
    '[(a+)]+',
    '(ab){2}',
    'a+b*',
    '(a+)b',
    '(?<n>a)+',
    '(a*)?',
  ])('takes %s', (pattern) => expect(patternProblem(pattern)).toBeUndefined());

  it.each(['(a+)+', '(?:a*)*', '((a+)b)*', '(a|a)*', '(x(a{2,})){3}', '(a?)+', '(', 'a'.repeat(201)])(
    'refuses %s',
    (pattern) => expect(patternProblem(pattern)).toBeTypeOf('string'),
  );
});
