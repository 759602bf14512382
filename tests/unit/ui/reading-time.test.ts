import { describe, expect, it } from 'vitest';
import { readingMs } from '../../../plugin/ui/reading-time.js';

describe('readingMs', () => {
  it('leaves a slow reader time, more for longer lines', () => {
    expect(readingMs('Aye.')).toBeGreaterThan(1000);
    // 200 words a minute are about 60 ms for each of five letters and a space.
    expect(readingMs('x'.repeat(120))).toBeGreaterThan(5000);
  });

  it('counts graphemes, not code units', () => {
    expect(readingMs('👩‍👧')).toBe(readingMs('a'));
  });
});
