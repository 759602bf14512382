import { describe, expect, it } from 'vitest';
import { DEFAULT_BUDGET, emptyGrant, grantFor, withBudget } from '../../../plugin/phaser/budget.js';

describe('grantFor', () => {
  it('grants the budget to what may run', () => {
    const budget = withBudget(DEFAULT_BUDGET, { decodeTokens: 2, prefillTokens: 16, ms: 4 });
    expect(grantFor(7, budget, 1000 / 60, 5, ['main/mira/'])).toEqual({
      frame: 7,
      decodeTokens: 2,
      prefillTokens: 16,
      ms: 4,
      runnable: ['main/mira/'],
    });
  });

  it('never grants more than 60 % of the step interval', () => {
    const greedy = withBudget(DEFAULT_BUDGET, { ms: 1000 });
    expect(grantFor(1, greedy, 10, 5, []).ms).toBe(6);
    expect(grantFor(1, greedy, 1000 / 144, 5, []).ms).toBeCloseTo(4.17, 2);
    expect(grantFor(1, DEFAULT_BUDGET, 10, 9, []).ms).toBe(6);
  });

  it('takes the first step, which has no interval, for one of 60 Hz', () => {
    expect(grantFor(1, withBudget(DEFAULT_BUDGET, { ms: 1000 }), 0, 5, []).ms).toBeCloseTo(10);
  });

  it('grants what the adaptive budget says by default', () => {
    expect(grantFor(1, DEFAULT_BUDGET, 1000 / 60, 3.5, []).ms).toBe(3.5);
  });

  it('stops everything with an empty grant', () => {
    expect(emptyGrant(3)).toEqual({ frame: 3, decodeTokens: 0, prefillTokens: 0, ms: 0, runnable: [] });
  });
});

describe('withBudget', () => {
  it('changes only what is given', () => {
    expect(withBudget(DEFAULT_BUDGET, { decodeTokens: 1 })).toEqual({ ...DEFAULT_BUDGET, decodeTokens: 1 });
  });

  it.each([
    { ms: -1 },
    { ms: 'fast' as unknown as number },
    { decodeTokens: Number.NaN },
    { prefillTokens: '4' as unknown as number },
  ])('rejects %o with a RangeError that names the field', (change) => {
    expect(() => withBudget(DEFAULT_BUDGET, change)).toThrow(RangeError);
    expect(() => withBudget(DEFAULT_BUDGET, change)).toThrow(`budget.${Object.keys(change)[0]}`);
  });
});
