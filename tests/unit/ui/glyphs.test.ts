import { describe, expect, it } from 'vitest';
import { fitToGlyphs } from '../../../plugin/ui/glyphs.js';

const ascii = (codePoint: number) => codePoint >= 32 && codePoint < 127;

describe('fitToGlyphs', () => {
  it('keeps what the font has', () => {
    expect(fitToGlyphs('Aye, sailor!', ascii)).toBe('Aye, sailor!');
    expect(fitToGlyphs('“é”', () => true)).toBe('“é”');
  });

  it('writes typographic marks and accents plainly', () => {
    expect(fitToGlyphs('“It’s… naïve” — œuf\nø', ascii)).toBe('"It\'s... naive" - oeuf\no');
  });

  it('marks what it cannot show, one mark a grapheme', () => {
    expect(fitToGlyphs('海 👩‍👧', ascii)).toBe('? ?');
  });
});
