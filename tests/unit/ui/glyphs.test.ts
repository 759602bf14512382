import { describe, expect, it } from 'vitest';
import { fitToGlyphs, hasLetters } from '../../../plugin/ui/glyphs.js';

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

describe('hasLetters', () => {
  it('is true for letters that the font has, with or without their marks', () => {
    expect(hasLetters('Naïve, “e\u0301” — ß 👩‍👧 ☺️ 5!', ascii)).toBe(true);
  });

  it('is false for a letter of another script', () => {
    expect(hasLetters('An eel, 海', ascii)).toBe(false);
    expect(hasLetters('שלום', ascii)).toBe(false);
  });
});
