import { describe, expect, it } from 'vitest';
import { checkedName, checkedReducedMotion, pageGameId } from '../../../plugin/phaser/options.js';

describe('pageGameId', () => {
  it('is the directory of the page, as one path part', () => {
    expect(pageGameId('/games/saltmere/index.html')).toBe('%2Fgames%2Fsaltmere%2F');
    expect(pageGameId('/games/saltmere/')).toBe('%2Fgames%2Fsaltmere%2F');
    expect(pageGameId('')).toBe('%2F');
  });

  it('is the end of a long path', () => {
    const id = pageGameId(`/html/${'long-folder/'.repeat(20)}saltmere/index.html`);
    expect(id).toHaveLength(64);
    expect(id).toMatch(/saltmere%2F$/);
  });

  it('keeps apart what differs only in where the slash is', () => {
    expect(pageGameId('/a/b/')).not.toBe(pageGameId('/a-b/'));
  });
});

describe('checkedName', () => {
  it('passes usual names', () => {
    expect(checkedName('slot', 'main 2')).toBe('main 2');
  });

  it.each(['', 'a/b', 'a\\b', 'x'.repeat(65), 7 as unknown as string])(
    'rejects %o with a RangeError',
    (name) => {
      expect(() => checkedName('slot', name)).toThrow(RangeError);
    },
  );
});

describe('checkedReducedMotion', () => {
  it.each(['system', true, false] as const)('passes %o', (setting) => {
    expect(checkedReducedMotion(setting)).toBe(setting);
  });

  it.each<unknown>(['reduced', undefined, 1])('rejects %o with a RangeError', (setting) => {
    expect(() => checkedReducedMotion(setting as boolean)).toThrow(RangeError);
  });
});
