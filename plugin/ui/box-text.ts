import type { NpcDialogue } from '../phaser/npc-dialogue.js';
import type { ResolvedBoxStyle } from './box-style.js';
import type { FaceText } from './face-text.js';
import { readingMs } from './reading-time.js';
import { type LoggedTurn, TalkLog } from './talk-log.js';
import { TypedText } from './typed-text.js';

/** What measures and fits the words of the box. */
export type BoxFace = Pick<FaceText, 'measure' | 'fit' | 'font' | 'lineHeight'>;
/** Whose talk is scrolled back in. */
export type Talker = Pick<NpcDialogue, 'transcript' | 'persona'>;
export type BoxTextStyle = Pick<ResolvedBoxStyle, 'maxLines' | 'you' | 'graphemesPerSecond'>;

/** The words in a dialogue box: a line that is typed by pages, and what was said before it, to scroll back in. */
export class BoxText {
  readonly #style: BoxTextStyle;
  readonly #face: BoxFace;
  #lineWidth: number;
  #typed: TypedText;
  #page = 0;
  /** What is seen in place of the line, while it is scrolled back. */
  #log: TalkLog | undefined;
  /** What the player said to the line that is being spoken: it is in no transcript yet. */
  #said: string | undefined;
  /** Pixels of a drag that make no whole line yet. */
  #dragged = 0;
  /** How long the page has been there to be read. */
  #readMs = 0;
  /** Tells the script that its line was read. */
  #read: (() => void) | undefined;

  constructor(style: BoxTextStyle, face: BoxFace, lineWidth: number) {
    this.#style = style;
    this.#face = face;
    this.#lineWidth = lineWidth;
    this.#typed = this.#newText();
  }

  /** True while nothing of a line is here. */
  get isEmpty(): boolean {
    return this.#typed.text === '';
  }

  /** The lines that are seen, joined by newlines. */
  get window(): string {
    const { maxLines } = this.#style;
    return this.#log?.window() ?? this.#typed.window(this.#page * maxLines, maxLines);
  }

  /** Typed to its end, a page goes on: to the next one, or to a script's next line. */
  get goesOn(): boolean {
    const pageEnd = this.#pageEnd;
    const more = this.#typed.lines.length > pageEnd && this.#typed.currentLine >= pageEnd - 1;
    return more || (this.#read !== undefined && this.#typed.caughtUp);
  }

  get isScrolledBack(): boolean {
    return this.#log !== undefined;
  }

  /** Lines between what is seen and the newest one. */
  get scrolledBack(): number {
    return this.#log?.back ?? 0;
  }

  /** How far it is scrolled back, 0 to 1; undefined: not at all. */
  get share(): number | undefined {
    return this.#log?.share;
  }

  /** Lines of one step back: one of the last page stays, so that the eye finds where it was. */
  get pageStep(): number {
    return Math.max(1, this.#style.maxLines - 1);
  }

  /** Begins a line. What was there counts as read. */
  reset(): void {
    this.#read?.();
    this.#read = undefined;
    this.#log = undefined;
    this.#said = undefined;
    this.#readMs = 0;
    this.#typed = this.#newText();
    this.#page = 0;
  }

  append(words: string): void {
    this.#typed.append(words);
  }

  /** @param text what the player said to the line that comes */
  playerSaid(text: string): void {
    this.#said = text;
  }

  whenRead(): Promise<void> {
    return new Promise((resolve) => {
      this.#read = resolve;
    });
  }

  /**
   * Types for `ms`; returns whether what is seen changed.
   * @param speed as the player set it
   * @param turbo above 1 no stop holds
   */
  type(ms: number, speed: number, turbo: number): boolean {
    this.#typed.speed = speed;
    this.#typed.turbo = turbo;
    return this.#typed.advance(ms, this.#pageEnd);
  }

  /** Call each frame while a page goes on; returns whether there was time to read it. */
  wasReadFor(ms: number): boolean {
    this.#readMs += ms;
    return this.#readMs >= readingMs(this.window);
  }

  /** The newest line where it is scrolled back, else the rest of the page, the next page, or a script's next line. */
  advance(): boolean {
    this.#readMs = 0;
    if (this.toNewest()) return true;
    if (this.#typed.finish(this.#pageEnd)) return true;
    if (this.#typed.lines.length > this.#pageEnd) {
      this.#page++;
      return true;
    }
    const read = this.#read;
    this.#read = undefined;
    read?.();
    return read !== undefined;
  }

  /** Scrolls back by lines, forward where they are negative; returns whether anything is to be shown anew. */
  scrollBack(lines: number, talker: Talker): boolean {
    if (!this.#log && lines <= 0) return false;
    this.#log ??= this.#newLog(talker);
    this.#log.scroll(lines);
    return this.#log.back > 0 || this.toNewest();
  }

  /** Scrolls by a finger. @param dy pixels, downwards */
  drag(dy: number, talker: Talker): boolean {
    const { lineHeight } = this.#face;
    this.#dragged += dy;
    const lines = Math.trunc(this.#dragged / lineHeight);
    this.#dragged -= lines * lineHeight;
    return lines !== 0 && this.scrollBack(lines, talker);
  }

  /** Returns whether it was scrolled back. */
  toNewest(): boolean {
    if (!this.#log) return false;
    this.#log = undefined;
    this.#dragged = 0;
    this.#face.fit(this.#typed.text);
    return true;
  }

  /** The screen was turned: what was said is laid out for it, from its first page. */
  setLineWidth(lineWidth: number): void {
    if (lineWidth === this.#lineWidth) return;
    this.#lineWidth = lineWidth;
    const { text } = this.#typed;
    this.#typed = this.#newText();
    this.#typed.append(text);
    this.#typed.finish();
    this.#page = 0;
    this.#log = undefined;
  }

  /** The line behind the last one of the page. */
  get #pageEnd(): number {
    return (this.#page + 1) * this.#style.maxLines;
  }

  #newText(): TypedText {
    const face = this.#face;
    return new TypedText({
      lineWidth: this.#lineWidth,
      measure: face.measure,
      fit: face.fit,
      font: () => face.font,
      graphemesPerSecond: this.#style.graphemesPerSecond,
    });
  }

  #newLog({ transcript, persona }: Talker): TalkLog {
    const { maxLines, you } = this.#style;
    const turns: LoggedTurn[] = transcript.map(({ role, speaker, text }) => ({
      speaker: role === 'player' && speaker === 'Player' ? you : speaker,
      text,
    }));
    const said = transcript.findLast(({ role }) => role === 'player')?.text;
    if (this.#said !== undefined && this.#said !== said) {
      turns.push({ speaker: you, text: this.#said });
      const shown = this.#typed.window(0, this.#typed.lines.length).replaceAll('\n', ' ');
      if (shown !== '') turns.push({ speaker: persona.identity.name, text: shown });
    }
    return new TalkLog(turns, {
      maxLines,
      lineWidth: this.#lineWidth,
      measure: this.#face.measure,
      fit: this.#face.fit,
    });
  }
}
