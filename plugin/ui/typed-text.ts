import { graphemes } from './graphemes.js';
import { asLine, breakLines, type Measure } from './wrap.js';

export interface TypingStyle {
  /** Graphemes a second; `Infinity` shows whole words at once. */
  readonly graphemesPerSecond: number;
  /** Width of a line, in the units of `measure`. */
  readonly lineWidth: number;
  readonly measure: Measure;
  /** Rewrites all that arrived as it can be shown, before it is measured. */
  readonly fit?: (text: string) => string;
  /** Names the font that `fit` chose; with another one all lines are laid out anew. */
  readonly font?: () => string;
}

/** A full stop holds the typing for this many graphemes, a comma for less: speech has a rhythm. */
const PAUSES: Readonly<Record<string, number>> = { '.': 6, '!': 6, '?': 6, '…': 6, ',': 3, ';': 3, ':': 3 };
/** Those of other scripts; where no spaces are written they hold in the middle of a word too. */
const OTHER_PAUSES = new Map([
  ...Array.from('。！？؟۔।', (stop) => [stop, 6] as const),
  ...Array.from('、，；：،؛', (comma) => [comma, 3] as const),
]);
/** A backlog longer than this is typed faster, so that the text does not fall behind the voice. */
const COMFORTABLE_BACKLOG = 60;

/**
 * Types text out by grapheme while more of it arrives in whole words. The layout is always that of all words that
 * arrived, so a word never jumps to the next line while it is typed.
 */
export class TypedText {
  /** Multiplies the speed; above 1 no stop holds. For a key held down. */
  turbo = 1;
  /** Multiplies the speed as the player set it; `Infinity` shows whole words at once. */
  speed = 1;
  readonly #style: TypingStyle;
  #text = '';
  readonly #lines: string[] = [];
  /** What each line is made of: joined, all that arrived. */
  #parts: string[] = [];
  #font: string | undefined;
  /** The graphemes of all lines. */
  readonly #graphemes: string[] = [];
  /** Of each line, the index after its last grapheme. */
  readonly #lineEnds: number[] = [];
  #width = 0;
  #shown = 0;
  /** Graphemes due, with a fraction; negative during a pause. */
  #due = 0;

  constructor(style: TypingStyle) {
    this.#style = style;
  }

  /** All that arrived, not wrapped. */
  get text(): string {
    return this.#text;
  }

  /** The lines of all that arrived. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Width of the widest line. */
  get width(): number {
    return this.#width;
  }

  /** Graphemes typed so far. */
  get shown(): number {
    return this.#shown;
  }

  /** True when all that arrived is typed. */
  get caughtUp(): boolean {
    return this.#shown >= this.#graphemes.length;
  }

  /** Index of the line that is being typed; 0 while there is none. */
  get currentLine(): number {
    const index = this.#lineEnds.findIndex((end) => this.#shown <= end);
    return Math.max(0, index);
  }

  /** Adds released words, with the spaces between them. */
  append(words: string): void {
    if (words === '') return;
    this.#text = (this.#text + words).trimStart();
    this.#layOut(this.#style.fit?.(this.#text) ?? this.#text);
  }

  /**
   * Types for `ms`; returns whether what is shown changed.
   * @param untilLine stops at the end of the line before this one, for pages
   */
  advance(ms: number, untilLine = Number.POSITIVE_INFINITY): boolean {
    const end = this.#lineEnds[untilLine - 1] ?? this.#graphemes.length;
    const backlog = end - this.#shown;
    if (backlog <= 0) {
      this.#due = Math.min(this.#due, 0);
      return false;
    }
    const before = this.#shown;
    const hurry = Math.max(1, backlog / COMFORTABLE_BACKLOG);
    const perSecond = this.#style.graphemesPerSecond * this.speed * hurry * this.turbo;
    if (ms > 0) this.#due += (ms / 1000) * perSecond;
    while (this.#due >= 1 && this.#shown < end) {
      this.#shown++;
      this.#due -= 1;
      if (this.turbo <= 1) this.#due -= this.#pauseAfter(this.#shown - 1);
    }
    // What is left over is not saved up for words that come later.
    if (this.#shown >= end) this.#due = Math.min(this.#due, 0);
    return this.#shown !== before;
  }

  /** Shows all that arrived, up to a line, at once; returns whether what is shown changed. */
  finish(untilLine = Number.POSITIVE_INFINITY): boolean {
    const before = this.#shown;
    this.#shown = Math.max(before, this.#lineEnds[untilLine - 1] ?? this.#graphemes.length);
    this.#due = 0;
    return this.#shown !== before;
  }

  /** What is typed of a window of lines, joined by newlines. */
  window(firstLine: number, lineCount: number): string {
    const lines: string[] = [];
    for (let line = firstLine; line < Math.min(firstLine + lineCount, this.#lineEnds.length); line++) {
      const start = this.#lineEnds[line - 1] ?? 0;
      if (this.#shown <= start) break;
      lines.push(this.#graphemes.slice(start, Math.min(this.#shown, this.#lineEnds[line]!)).join(''));
    }
    return lines.join('\n');
  }

  /** Words that join a text move nothing but its last line. */
  #layOut(fitted: string): void {
    const { lineWidth, measure, font } = this.#style;
    const kept = this.#parts.slice(0, -1);
    const before = kept.join('');
    const settled = font?.() === this.#font && fitted.startsWith(before) ? kept : [];
    this.#font = font?.();
    const rest = breakLines(settled === kept ? fitted.slice(before.length) : fitted, lineWidth, measure);
    this.#parts = [...settled, ...rest];
    this.#lines.length = this.#lineEnds.length = settled.length;
    this.#graphemes.length = this.#lineEnds.at(-1) ?? 0;
    if (settled.length === 0) this.#width = 0;
    for (const line of rest.map(asLine)) {
      this.#lines.push(line);
      this.#graphemes.push(...graphemes(line));
      this.#lineEnds.push(this.#graphemes.length);
      this.#width = Math.max(this.#width, measure(line));
    }
  }

  #pauseAfter(index: number): number {
    const pause = OTHER_PAUSES.get(this.#graphemes[index]!);
    if (pause !== undefined) return pause;
    const next = this.#graphemes[index + 1];
    const endsWord = next === undefined || next === ' ' || this.#lineEnds.includes(index + 1);
    return endsWord ? (PAUSES[this.#graphemes[index]!] ?? 0) : 0;
  }
}
