import { graphemes, wordSegments } from './graphemes.js';

/** Width of a text in the units of the face. */
export type Measure = (text: string) => number;

/** Not the spaces that are there to keep words together. */
const SPACE = /^[^\S\u00a0\u202f\ufeff]/u;
const SOFT_HYPHEN = '\u00ad';
const ZERO_WIDTH_SPACE = '\u200b';
const LETTER = /^\p{L}/u;
/** What no line may end with: opening brackets, and signs that belong to the number behind them. */
const OPENING = /^[\p{Ps}\p{Pi}\p{Sc}]/u;
/** What no line may begin with: closing punctuation, and signs that lengthen, repeat or change what is before them. */
const CLOSING =
  /^[\p{Pe}\p{Pf}\p{Po}ーｰ々〻ヽヾゝゞ〜～ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿ]/u;
/** Scripts that are written without spaces and break between any two signs, with their punctuation. */
const IDEOGRAPHIC =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3001-\u303f\uff01-\uff65]/u;
/** Scripts that are written without spaces and break between words, which only a dictionary knows. */
const DICTIONARY = '\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const DICTIONARY_RUN = new RegExp(`[${DICTIONARY}][${DICTIONARY}\\p{M}]*`, 'gu');

/**
 * Breaks a text into lines, greedily. What was wrapped never moves when whole words follow: the lines of a prefix
 * that ends between words are a prefix of the lines of the whole. A word wider than a line is broken.
 * @param width of a line, in the units of `measure`
 */
export function wrapLines(text: string, width: number, measure: Measure): string[] {
  return breakLines(text, width, measure).map(asLine);
}

/** As `wrapLines`, with all that stands in the text: joined, the parts are the text again. `asLine` makes lines of them. */
export function breakLines(text: string, width: number, measure: Measure): string[] {
  const parts: string[] = [];
  for (const [index, paragraph] of text.split('\n').entries()) {
    if (index > 0) parts.push(`${parts.pop()}\n`);
    let line = '';
    for (const word of unbreakableParts(paragraph)) {
      if (measure(asLine(line + word)) <= width) {
        line += word;
        continue;
      }
      if (line.trim() !== '') {
        parts.push(line);
        line = '';
      }
      line += word;
      while (measure(asLine(line)) > width) {
        const fitting = fittingStart(line, width, measure);
        if (fitting.length === line.length) break;
        parts.push(fitting);
        line = line.slice(fitting.length);
      }
    }
    parts.push(line);
  }
  return parts;
}

/** A part of `breakLines` as it is seen. A soft hyphen is seen only where the line ends with it. */
export function asLine(text: string): string {
  return text
    .trimEnd()
    .replace(/\u00ad$/, '-')
    .replaceAll(SOFT_HYPHEN, '');
}

/** Words with the spaces that follow them. */
function unbreakableParts(text: string): string[] {
  const borders = dictionaryBorders(text);
  const parts: string[] = [];
  let part = '';
  let previous = '';
  let at = 0;
  for (const grapheme of graphemes(text)) {
    if (part !== '' && (mayBreak(previous, grapheme) || borders.has(at))) {
      parts.push(part);
      part = '';
    }
    part += grapheme;
    previous = grapheme;
    at += grapheme.length;
  }
  if (part !== '') parts.push(part);
  return parts;
}

function mayBreak(previous: string, next: string): boolean {
  if (SPACE.test(next)) return false;
  if (SPACE.test(previous) || previous === ZERO_WIDTH_SPACE) return true;
  if (previous === '-' || previous === '—' || previous === SOFT_HYPHEN) return LETTER.test(next);
  if (IDEOGRAPHIC.test(previous) || IDEOGRAPHIC.test(next))
    return !CLOSING.test(next) && !OPENING.test(previous);
  return false;
}

/** Where words begin inside of what is written without spaces; anywhere, in browsers without a dictionary. */
function dictionaryBorders(text: string): ReadonlySet<number> {
  const borders = new Set<number>();
  for (const { 0: run, index } of text.matchAll(DICTIONARY_RUN)) {
    let at = index;
    for (const word of wordSegments(run) ?? graphemes(run)) {
      if (at !== index) borders.add(at);
      at += word.length;
    }
  }
  return borders;
}

/** The longest start that fits; at least one grapheme, so that wrapping always ends. */
function fittingStart(word: string, width: number, measure: Measure): string {
  let fitting = '';
  for (const grapheme of graphemes(word)) {
    if (fitting !== '' && measure(asLine(fitting + grapheme)) > width) break;
    fitting += grapheme;
  }
  return fitting;
}
