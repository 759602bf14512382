import { describe, expect, it } from 'vitest';
import { figure, milliseconds, perSecond } from '../../../plugin/inspector/format.js';
import { percentile } from '../../../plugin/inspector/percentile.js';
import { problemText } from '../../../plugin/inspector/problem-text.js';
import { tabFor } from '../../../plugin/inspector/tab-keys.js';

describe('percentile', () => {
  it('is the nearest rank', () => {
    const values = [1, 2, 3, 4];
    expect([0, 0.25, 0.26, 0.5, 0.99, 1].map((share) => percentile(values, share))).toEqual([
      1, 1, 2, 2, 4, 4,
    ]);
    expect(percentile([], 0.5)).toBe(0);
  });
});

describe('figures', () => {
  it('have one decimal where that says something', () => {
    expect([0, 3, 4.25, 99.96, 100.4, Number.POSITIVE_INFINITY].map(figure)).toEqual([
      '0',
      '3',
      '4.3',
      '100.0',
      '100',
      '∞',
    ]);
    expect(milliseconds(undefined)).toBe('–');
    expect(perSecond(30, 1500)).toBe('20 tok/s');
    expect(perSecond(0, 0)).toBe('–');
  });
});

describe('tabFor', () => {
  it('goes around by arrow keys, and to the ends', () => {
    expect(tabFor('ArrowRight', 4, 5)).toBe(0);
    expect(tabFor('ArrowLeft', 0, 5)).toBe(4);
    expect(tabFor('Home', 3, 5)).toBe(0);
    expect(tabFor('End', 3, 5)).toBe(4);
    expect(tabFor('a', 3, 5)).toBeUndefined();
  });
});

describe('problemText', () => {
  it('has code, message and remedy in one line', () => {
    const problem = {
      time: 0,
      level: 'error',
      code: 'gguf-truncated',
      message: 'Got 3 bytes.',
      hint: 'Load it again.',
    } as const;
    expect(problemText([problem])).toBe(
      '1970-01-01T00:00:00.000Z error gguf-truncated: Got 3 bytes. Load it again.\n',
    );
    expect(problemText([])).toBe('Nothing went wrong so far.\n');
  });
});
