import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StopMatcher } from '../../../engine/sampler/stop.js';

/** What is released when text comes in these pieces. */
function released(stops: readonly string[], pieces: readonly string[]): { text: string; stopped: boolean } {
  const matcher = new StopMatcher(stops);
  const text = pieces.map((piece) => matcher.push(piece).text).join('');
  return { text: text + matcher.end(), stopped: matcher.stopped };
}

describe('StopMatcher', () => {
  it('holds back what may begin a stop string, and releases it when it does not', () => {
    const matcher = new StopMatcher(['\nPlayer:']);
    expect(matcher.push('Aye.\nPl')).toEqual({ text: 'Aye.', stopped: false });
    expect(matcher.push('um')).toEqual({ text: '\nPlum', stopped: false });
    expect(matcher.push('.\nPlayer')).toEqual({ text: '.', stopped: false });
    expect(matcher.push(': Hi')).toEqual({ text: '', stopped: true });
    expect(matcher.push('more')).toEqual({ text: '', stopped: true });
    expect(matcher.end()).toBe('');
  });

  it('gives the held text at the end, once', () => {
    const matcher = new StopMatcher(['END']);
    expect(matcher.push('the EN').text).toBe('the ');
    expect(matcher.end()).toBe('EN');
    expect(matcher.end()).toBe('');
    expect(matcher.stopped).toBe(false);
  });

  it('ignores empty stop strings', () => {
    expect(released(['', 'x'], ['ab'])).toEqual({ text: 'ab', stopped: false });
  });

  it('stops at the string that is complete first, the longest of those that end together', () => {
    expect(released(['bcd', 'abcde'], ['abcde'])).toEqual({ text: 'a', stopped: true });
    expect(released(['c', 'bc', 'abc'], ['xabc'])).toEqual({ text: 'x', stopped: true });
  });

  it('releases the same whatever the pieces are, and nothing of a stop string', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });
    const stops = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 }), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(stops, fc.array(letters, { maxLength: 5 }), (stopStrings, pieces) => {
        const text = pieces.join('');
        const whole = released(stopStrings, pieces);
        expect(whole).toEqual(released(stopStrings, [...text]));
        expect(whole.stopped).toBe(stopStrings.some((stop) => text.includes(stop)));
        if (whole.stopped) expect(stopStrings.some((stop) => text.startsWith(whole.text + stop))).toBe(true);
        else expect(whole.text).toBe(text);
        expect(stopStrings.some((stop) => whole.text.includes(stop))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
