/** The words of a line that say what it is about, and their stems. */
import { stemmer } from 'stemmer';
import { oncePerText } from '../once-per.js';

const STOP_WORDS = new Set(
  `a about am an and any are aren as at be been but by can could couldn did didn do does doesn don for from get had has have he
her here him his how i if in is isn it its know me my no not of on or our she now please should so some tell than that the their
them then there they this to us was wasn we were what when where which who whose why will with won would wouldn you
your`.split(/\s+/),
);
const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)?/gu;
/** Scripts that put no spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const segmenter =
  typeof Intl.Segmenter === 'function' ? new Intl.Segmenter(undefined, { granularity: 'word' }) : undefined;

/** All words in small letters, without what follows an apostrophe. */
export function plainWords(text: string): string[] {
  const found = (text.normalize('NFKC').match(WORD) ?? []).map((word) =>
    word.replace(/['’].*$/u, '').toLowerCase(),
  );
  return found.flatMap((word) => (UNSPACED.test(word) ? segments(word) : [word]));
}

/** Words without those that any sentence has. */
export function contentWords(text: string): string[] {
  return plainWords(text).filter((word) => !STOP_WORDS.has(word));
}

/** A talk has few words, and asks for them again and again. */
const MAX_STEMS = 4096;

/** English words of one origin have one stem: "fishing" and "fishes". */
export const stemOf = oncePerText(stemmer, MAX_STEMS);

/** The stems of all words between single spaces, so that a phrase is found in it as whole words in any form. */
export function stemmed(text: string): string {
  return ` ${plainWords(text).map(stemOf).join(' ')} `;
}

function segments(text: string): string[] {
  if (!segmenter) return Array.from(text);
  return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}
