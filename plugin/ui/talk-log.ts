import { type Measure, wrapLines } from './wrap.js';

export interface LoggedTurn {
  readonly speaker: string;
  readonly text: string;
}

export interface LogStyle {
  /** Lines that are seen at once. */
  readonly maxLines: number;
  /** In the units of `measure`. */
  readonly lineWidth: number;
  readonly measure: Measure;
  /** Rewrites a text as it can be shown, before it is measured. */
  readonly fit: (text: string) => string;
}

/** What was said, to scroll back in. Turns are laid out when they are first seen: a talk may be long. */
export class TalkLog {
  readonly #turns: readonly LoggedTurn[];
  readonly #style: LogStyle;
  /** From the newest line back. */
  readonly #lines: string[] = [];
  /** Turns that are laid out, from the newest back. */
  #laidOut = 0;
  #back = 0;

  /** @param turns the oldest first */
  constructor(turns: readonly LoggedTurn[], style: LogStyle) {
    this.#turns = turns;
    this.#style = style;
  }

  /** Lines between what is seen and the newest. */
  get back(): number {
    return this.#back;
  }

  /** How far back what is seen lies: 0 is the newest, 1 the oldest. Of turns not seen yet the length is a guess. */
  get share(): number {
    const { maxLines } = this.#style;
    const perTurn = this.#lines.length / Math.max(1, this.#laidOut);
    const total = this.#lines.length + (this.#turns.length - this.#laidOut) * perTurn;
    return total <= maxLines ? 0 : Math.min(1, this.#back / (total - maxLines));
  }

  /** Scrolls back by lines, forward where they are negative. Returns whether anything moved. */
  scroll(lines: number): boolean {
    const before = this.#back;
    const { maxLines } = this.#style;
    this.#layOut(before + lines + maxLines);
    const most = Math.max(0, this.#lines.length - maxLines);
    this.#back = Math.max(0, Math.min(before + lines, most));
    return this.#back !== before;
  }

  /** The lines that are seen, joined by newlines. */
  window(): string {
    const { maxLines } = this.#style;
    this.#layOut(this.#back + maxLines);
    return this.#lines
      .slice(this.#back, this.#back + maxLines)
      .reverse()
      .join('\n');
  }

  #layOut(lines: number): void {
    const { lineWidth, measure } = this.#style;
    while (this.#lines.length < lines && this.#laidOut < this.#turns.length) {
      const { speaker, text } = this.#turns.at(-1 - this.#laidOut++)!;
      const shown = this.#style.fit(`${speaker}: ${text}`);
      this.#lines.push(...wrapLines(shown, lineWidth, measure).reverse());
    }
  }
}
