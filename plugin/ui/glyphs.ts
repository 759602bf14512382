import { graphemes } from './graphemes.js';

const UNKNOWN = '?';
/** Line breaks and soft hyphens, which wrapping takes away. */
const KEPT = '\n\u00ad';

/** What models write and small bitmap fonts lack. */
const PLAIN: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '\u00a0': ' ',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
};

/** Whether a bitmap font has the letters of a text, with or without their marks. */
export function hasLetters(text: string, has: (codePoint: number) => boolean): boolean {
  return graphemes(text).every((grapheme) => !/^\p{L}/u.test(grapheme) || fitted(grapheme, has) !== UNKNOWN);
}

/** Rewrites a text with the glyphs that a bitmap font has; what it cannot show at all becomes `?`. */
export function fitToGlyphs(text: string, has: (codePoint: number) => boolean): string {
  return graphemes(text)
    .map((grapheme) => fitted(grapheme, has))
    .join('');
}

function fitted(grapheme: string, has: (codePoint: number) => boolean): string {
  const candidates = [grapheme, PLAIN[grapheme], withoutMarks(grapheme), UNKNOWN];
  const fitting = candidates.find(
    (candidate) =>
      candidate && Array.from(candidate).every((char) => KEPT.includes(char) || has(char.codePointAt(0)!)),
  );
  return fitting ?? '';
}

function withoutMarks(grapheme: string): string {
  return grapheme.normalize('NFD').replace(/\p{M}/gu, '');
}
