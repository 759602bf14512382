import { describe, expect, it } from 'vitest';
import { isStill } from '../../../plugin/ui/motion.js';

describe('isStill', () => {
  it('is what the game says', () => {
    expect(isStill(true)).toBe(true);
    expect(isStill(false)).toBe(false);
  });

  it('asks the system, and moves where there is none to ask', () => {
    expect(isStill('system')).toBe(false);
  });
});
