import { graphemes } from './graphemes.js';

/** Width of a text in the units of the face. */
export type Measure = (text: string) => number;

const SPACE = /^\s/u;
const LETTER = /^\p{L}/u;
const OPENING = /^[\p{Ps}\p{Pi}]/u;
const CLOSING = /^[\p{Pe}\p{Pf}\p{Po}]/u;
/** Scripts that are written without spaces between words. */
const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * Breaks a text into lines, greedily. What was wrapped never moves when whole words follow: the lines of a prefix
 * that ends between words are a prefix of the lines of the whole. A word wider than a line is broken.
 * @param width of a line, in the units of `measure`
 */
export function wrapLines(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of unbreakableParts(paragraph)) {
      if (measure((line + word).trimEnd()) <= width) {
        line += word;
        continue;
      }
      if (line.trim() !== '') lines.push(line.trimEnd());
      line = word;
      while (measure(line.trimEnd()) > width) {
        const fitting = fittingStart(line, width, measure);
        if (fitting.length === line.length) break;
        lines.push(fitting);
        line = line.slice(fitting.length);
      }
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

/** Words with the spaces that follow them. */
function unbreakableParts(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let previous = '';
  for (const grapheme of graphemes(text)) {
    if (part !== '' && mayBreak(previous, grapheme)) {
      parts.push(part);
      part = '';
    }
    part += grapheme;
    previous = grapheme;
  }
  if (part !== '') parts.push(part);
  return parts;
}

function mayBreak(previous: string, next: string): boolean {
  if (SPACE.test(next)) return false;
  if (SPACE.test(previous)) return true;
  if (previous === '-' || previous === '—') return LETTER.test(next);
  if (UNSPACED.test(previous) || UNSPACED.test(next)) return !CLOSING.test(next) && !OPENING.test(previous);
  return false;
}

/** The longest start that fits; at least one grapheme, so that wrapping always ends. */
function fittingStart(word: string, width: number, measure: Measure): string {
  let fitting = '';
  for (const grapheme of graphemes(word)) {
    if (fitting !== '' && measure(fitting + grapheme) > width) break;
    fitting += grapheme;
  }
  return fitting;
}
