import { describe, expect, it } from 'vitest';
import { Approach } from '../../../plugin/phaser/approach.js';

const PEOPLE = [
  ['mira', { x: 0, y: 0 }],
  ['orrin', { x: 300, y: 0 }],
  ['bess', { x: 140, y: 90 }],
] as const;

describe('Approach', () => {
  it('is for the nearest of those within the distance', () => {
    const approach = new Approach<string>(100);
    expect(approach.nearest({ x: 40, y: 0 }, PEOPLE, 150)).toBe('mira');
    expect(approach.nearest({ x: 140, y: 20 }, PEOPLE, 0)).toBe('bess');
    expect(approach.nearest({ x: 140, y: 300 }, PEOPLE, 0)).toBeUndefined();
  });

  it('is for the one that the player walks toward, not the one just left', () => {
    const approach = new Approach<string>(200);
    approach.nearest({ x: 100, y: 0 }, PEOPLE, 150);
    // 40 units in 150 ms: soon at x = 327.
    expect(approach.nearest({ x: 140, y: 0 }, PEOPLE, 150)).toBe('orrin');
    expect(approach.nearest({ x: 100, y: 0 }, PEOPLE, 150)).toBe('mira');
  });
});
