import { graphemes } from './graphemes.js';

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

/** Rewrites a text with the glyphs that a bitmap font has; what it cannot show at all becomes `?`. */
export function fitToGlyphs(text: string, has: (codePoint: number) => boolean): string {
  let fitted = '';
  for (const grapheme of graphemes(text)) {
    const candidates = [grapheme, PLAIN[grapheme], withoutMarks(grapheme), '?'];
    const fitting = candidates.find(
      (candidate) =>
        candidate && Array.from(candidate).every((char) => char === '\n' || has(char.codePointAt(0)!)),
    );
    fitted += fitting ?? '';
  }
  return fitted;
}

function withoutMarks(grapheme: string): string {
  return grapheme.normalize('NFD').replace(/\p{M}/gu, '');
}
