import * as Phaser from 'phaser';
import type { NpcDialogue } from '../phaser/npc-dialogue.js';
import type { ParleyPlugin } from '../phaser/parley-plugin.js';
import { parleyOf } from '../phaser/plugin-key.js';
import { BoxKeys } from './box-keys.js';
import { type BoxLayout, layOutBox } from './box-layout.js';
import { BoxParts } from './box-parts.js';
import { type BoxStyle, boxStyle, type ResolvedBoxStyle } from './box-style.js';
import { ChoiceList, type ListedChoice } from './choice-list.js';
import { type CornerButton, cornerButtonsWidth } from './corner-buttons.js';
import { DialogueInput } from './dialogue-input.js';
import { coveredByKeyboard } from './dom-place.js';
import { onEachFrame, onSceneEnd } from './frames.js';
import type { LineView } from './line-view.js';
import { isStill } from './motion.js';
import { Press } from './press.js';
import { readingMs } from './reading-time.js';
import { type LoggedTurn, TalkLog } from './talk-log.js';
import { leastTouch } from './touch.js';
import { onSeenPart } from './touch-keyboard.js';
import { TypedEmitter } from './typed-emitter.js';
import { TypedText } from './typed-text.js';

export type DialogueBoxEvents = {
  open: [npc: NpcDialogue];
  close: [npc: NpcDialogue];
  /** The player said this. */
  submit: [text: string];
  choose: [id: string];
};

/** How much faster a line is typed while a key or the box is held. */
const HOLD_TURBO = 6;

/**
 * A box at the bottom of the screen: name, portrait by emotion, text by pages that can be scrolled back, choices, and a
 * field for free text.
 */
export class DialogueBox extends TypedEmitter<DialogueBoxEvents> implements LineView {
  readonly input: DialogueInput;
  /** The box's display objects; for cameras that should ignore them. */
  readonly container: Phaser.GameObjects.Container;
  /** Pages, and lines of a script, follow each other once there was time to read them. */
  autoAdvance: boolean;
  readonly #scene: Phaser.Scene;
  readonly #style: ResolvedBoxStyle;
  readonly #parts: BoxParts;
  readonly #keys: BoxKeys;
  readonly #press: Press;
  readonly #parley: ParleyPlugin;
  readonly #choices: ChoiceList;
  readonly #offs: (() => void)[] = [];
  /** The choices that the model suggested; an author's may have any id. */
  #suggested: readonly ListedChoice[] = [];
  #npc: NpcDialogue | undefined;
  #typed: TypedText;
  #layout: BoxLayout;
  #page = 0;
  #waiting = false;
  #turbo = 1;
  /** What is seen in place of the line, while it is scrolled back. */
  #log: TalkLog | undefined;
  /** What the player said to the line that is being spoken: it is in no transcript yet. */
  #said: string | undefined;
  /** Pixels of a drag that make no whole line yet. */
  #dragged = 0;
  /** The layout or what is shown is out of date. */
  #stale = true;
  #shownMs = 0;
  #viewWidth = 0;
  #viewHeight = 0;
  /** Tells the script that its line was read. */
  #read: (() => void) | undefined;

  constructor(scene: Phaser.Scene, style?: BoxStyle) {
    super();
    this.#scene = scene;
    this.#parley = parleyOf(scene.sys.game);
    this.#style = boxStyle(style, this.#parley.theme);
    this.autoAdvance = this.#style.autoAdvance;
    this.#choices = new ChoiceList(scene, this.#style.choices, (choice) => this.#choose(choice));
    this.#parts = new BoxParts(
      scene,
      this.#style,
      () => this.#still,
      this.#choices.container,
      (button) => this.#onButton(button),
    );
    this.container = this.#parts.container;
    this.#layout = this.#layOut();
    this.#typed = this.#newText();
    this.input = new DialogueInput(scene, {
      ...this.#style.input,
      place: () => this.#layout.input ?? this.#layout.text,
    });
    this.#press = new Press(scene, {
      area: () => (this.#npc ? this.#layout.panel : undefined),
      tap: () => this.advance(),
      drag: (dy) => this.#onDrag(dy),
      wheel: (dy) => this.scrollBack(dy > 0 ? -1 : 1),
    });
    const box = this;
    this.#keys = new BoxKeys(scene, this.input, {
      get isOpen() {
        return box.isOpen;
      },
      confirm: () => this.#confirm(),
      close: () => this.close(),
      move: (step) => this.#choices.move(step),
      pick: (number) => this.#choices.pickNumber(number),
      page: (step) => this.scrollBack(-step * this.#pageStep),
    });
    this.#listen();
  }

  /** The character that the box shows. */
  get npc(): NpcDialogue | undefined {
    return this.#npc;
  }

  get isOpen(): boolean {
    return this.#npc !== undefined;
  }

  /** What is on the screen now, without line breaks. */
  get shownText(): string {
    return this.#parts.face.shown.replaceAll('\n', ' ');
  }

  /** Begins a talk in the box: the character greets, and its lines go here instead of to its bubble. */
  open(npc: NpcDialogue): void {
    if (this.#npc === npc) return;
    this.close();
    this.#npc = npc;
    npc.view?.clear();
    npc.view = this;
    npc.on('done', this.#showChoices, this);
    npc.on('choices', this.#showChoices, this);
    npc.on('utterance', this.#openInput, this);
    npc.on('leave', this.#release, this);
    npc.once('destroy', this.#release, this);
    this.#parts.name.show(this.#parts.name.fit(npc.persona.identity.name));
    this.#parts.portrait.setCharacter(npc);
    this.#stale = true;
    this.#refresh();
    this.#parts.showButtons(npc.transcript.length > 0);
    this.container.setVisible(true);
    this.emit('open', npc);
    if (!npc.greet()) this.#showChoices();
    this.#openInput();
  }

  /** Ends the talk; the farewell, if there is one, goes to the bubble. */
  close(): void {
    const npc = this.#npc;
    if (!npc) return;
    this.#release();
    npc.leave();
  }

  begin(): void {
    this.#reset();
    this.#waiting = true;
  }

  emotion(label: string): void {
    this.#parts.portrait.show(label);
    this.#stale = true;
  }

  text(words: string): void {
    this.#typed.append(words);
    this.#stale = true;
    if (this.#typed.text !== '') this.#waiting = false;
  }

  end(): void {
    this.#waiting = false;
  }

  whenRead(): Promise<void> {
    return new Promise((resolve) => {
      this.#read = resolve;
    });
  }

  clear(): void {
    this.#reset();
  }

  /**
   * Shows the newest line where the text is scrolled back, else the rest of the page, the next page, or a script's next
   * line; false when there is none.
   */
  advance(): boolean {
    this.#stale = true;
    this.#shownMs = 0;
    if (this.#log) {
      this.#toNewest();
      return true;
    }
    const pageEnd = (this.#page + 1) * this.#style.maxLines;
    if (this.#typed.finish(pageEnd)) return true;
    if (this.#typed.lines.length > pageEnd) {
      this.#page++;
      return true;
    }
    const read = this.#read;
    this.#read = undefined;
    read?.();
    return read !== undefined;
  }

  /** Lines between what is shown and the newest one. */
  get scrolledBack(): number {
    return this.#log?.back ?? 0;
  }

  /** Scrolls back in what was said, by lines; forward where they are negative. */
  scrollBack(lines: number): void {
    const npc = this.#npc;
    if (!npc || (!this.#log && lines <= 0)) return;
    const log = this.#log ?? this.#newLog(npc);
    log.scroll(lines);
    if (log.back === 0) {
      this.#toNewest();
      return;
    }
    this.#log = log;
    this.#stale = true;
  }

  /** Multiplies the typing speed, e.g. while a key of the game's is held; 1 is normal. */
  setTurbo(factor: number): void {
    this.#turbo = factor;
  }

  override destroy(): void {
    this.#release();
    for (const off of this.#offs) off();
    this.#press.destroy();
    this.#keys.destroy();
    this.input.destroy();
    this.container.destroy();
    this.removeAllListeners();
  }

  #listen(): void {
    const { scale } = this.#scene.sys.game;
    const layOut = () => {
      this.#stale = true;
    };
    scale.on(Phaser.Scale.Events.RESIZE, layOut);
    this.#offs.push(
      onEachFrame(this.#scene, (delta) => this.#onFrame(delta)),
      onSceneEnd(this.#scene, () => this.destroy()),
      onSeenPart(layOut),
      () => scale.off(Phaser.Scale.Events.RESIZE, layOut),
    );
    this.input.on('submit', (text) => this.#say(text));
    this.input.on('change', () => this.#toNewest());
  }

  get #still(): boolean {
    return isStill(this.#parley.reducedMotion);
  }

  /** A line of the last page stays, so that the eye finds where it was. */
  get #pageStep(): number {
    return Math.max(1, this.#style.maxLines - 1);
  }

  #onDrag(dy: number): void {
    this.#dragged += dy;
    const lines = Math.trunc(this.#dragged / this.#parts.face.lineHeight);
    this.#dragged -= lines * this.#parts.face.lineHeight;
    if (lines !== 0) this.scrollBack(lines);
  }

  #onButton(button: CornerButton): void {
    if (button === 'close') this.close();
    else this.scrollBack(this.#pageStep);
  }

  #confirm(): void {
    if (this.advance()) return;
    const { selected } = this.#choices;
    if (selected) this.#choose(selected);
    else if (this.input.isOpen) this.input.focus();
  }

  #say(text: string): void {
    this.#setChoices([]);
    this.emit('submit', text);
    this.#npc?.ask(text);
    this.#said = text;
  }

  #choose(choice: ListedChoice): void {
    if (this.#suggested.includes(choice)) {
      this.#say(choice.text);
      return;
    }
    this.#setChoices([]);
    this.emit('choose', choice.id);
    this.#npc?.choose(choice.id);
    this.#said = choice.text;
  }

  #showChoices(): void {
    const npc = this.#npc;
    if (!npc) return;
    const authored = npc.choices();
    this.#setChoices(authored);
    this.#openInput();
    this.#parts.showButtons(npc.transcript.length > 0);
    this.#stale = true;
    if (this.#style.suggest && authored.length === 0 && npc.freeTalk) void this.#suggest(npc);
  }

  /** Only where nothing else stands: rows that move under a pointer are picked by mistake. */
  async #suggest(npc: NpcDialogue): Promise<void> {
    const lines = await npc.suggest();
    if (lines.length === 0 || this.#npc !== npc || this.#choices.choices.length > 0) return;
    const choices = lines.map((text) => ({ id: text, text }));
    this.#setChoices(choices);
    this.#suggested = choices;
  }

  #setChoices(choices: readonly ListedChoice[]): void {
    this.#suggested = [];
    this.#choices.set(choices, this.#layout.choices, leastTouch(this.#scene.sys.game));
  }

  /** Takes the box away without a farewell: it goes to the bubble, or the character is gone already. */
  #release(): void {
    const npc = this.#npc;
    if (!npc) return;
    this.#npc = undefined;
    npc.off('done', this.#showChoices, this);
    npc.off('choices', this.#showChoices, this);
    npc.off('utterance', this.#openInput, this);
    npc.off('leave', this.#release, this);
    npc.off('destroy', this.#release, this);
    if (npc.view === this) npc.view = npc.bubble;
    this.#reset();
    this.#setChoices([]);
    this.container.setVisible(false);
    this.input.close();
    this.emit('close', npc);
  }

  /** The field is there while the player may say anything; what was typed waits. */
  #openInput(): void {
    const npc = this.#npc;
    const open = npc !== undefined && this.#style.freeText && npc.freeTalk;
    if (open === this.input.isOpen) return;
    if (open) this.input.open(this.#style.autoFocus);
    else this.input.close(true);
  }

  #reset(): void {
    this.#read?.();
    this.#read = undefined;
    this.#log = undefined;
    this.#said = undefined;
    this.#keys.release();
    this.#shownMs = 0;
    this.#typed = this.#newText();
    this.#page = 0;
    this.#waiting = false;
    this.#stale = true;
    this.#parts.face.show('');
  }

  #newText(): TypedText {
    return new TypedText({
      lineWidth: this.#layout.text.width,
      measure: this.#parts.face.measure,
      fit: this.#parts.face.fit,
      font: () => this.#parts.face.font,
      graphemesPerSecond: this.#style.graphemesPerSecond,
    });
  }

  /** The screen was turned: what was said is laid out for it, from its first page. */
  #layOutText(): void {
    const { text } = this.#typed;
    this.#typed = this.#newText();
    this.#typed.append(text);
    this.#typed.finish();
    this.#page = 0;
    this.#log = undefined;
  }

  #newLog(npc: NpcDialogue): TalkLog {
    const { maxLines, you } = this.#style;
    const turns: LoggedTurn[] = npc.transcript.map(({ role, speaker, text }) => ({
      speaker: role === 'player' && speaker === 'Player' ? you : speaker,
      text,
    }));
    const said = npc.transcript.findLast(({ role }) => role === 'player')?.text;
    if (this.#said !== undefined && this.#said !== said) {
      turns.push({ speaker: you, text: this.#said });
      const shown = this.#typed.window(0, this.#typed.lines.length).replaceAll('\n', ' ');
      if (shown !== '') turns.push({ speaker: npc.persona.identity.name, text: shown });
    }
    return new TalkLog(turns, {
      maxLines,
      lineWidth: this.#layout.text.width,
      measure: this.#parts.face.measure,
      fit: this.#parts.face.fit,
    });
  }

  #toNewest(): void {
    if (!this.#log) return;
    this.#log = undefined;
    this.#dragged = 0;
    this.#stale = true;
    this.#parts.face.fit(this.#typed.text);
  }

  #layOut(): BoxLayout {
    const { margin, padding, maxWidth, maxLines, freeText, inputHeight, portraitSize, corner, buttons } =
      this.#style;
    const camera = this.#scene.cameras.main;
    const { width } = camera;
    const least = leastTouch(this.#scene.sys.game);
    const button = buttons ? Math.max(corner.size, least) : 0;
    return layOutBox(
      { width, height: camera.height - coveredByKeyboard(camera) },
      {
        margin,
        padding,
        maxWidth,
        maxLines,
        lineHeight: this.#parts.face.lineHeight,
        inputHeight: freeText ? Math.max(inputHeight, least) : 0,
        portrait: this.#parts.portrait.present ? portraitSize : 0,
        button,
        buttonsWidth: cornerButtonsWidth(button),
        rtl: this.#parts.rtl,
      },
    );
  }

  #onFrame(deltaMs: number): void {
    if (!this.#npc) return;
    const camera = this.#scene.cameras.main;
    if (camera.width !== this.#viewWidth || camera.height !== this.#viewHeight) this.#stale = true;
    this.#parts.keepOnScreen(camera);
    this.#press.update(deltaMs);
    const { maxLines } = this.#style;
    const firstLine = this.#page * maxLines;
    const typed = this.#typed;
    typed.speed = this.#still ? Number.POSITIVE_INFINITY : this.#parley.textSpeed;
    typed.turbo = this.#turbo * (this.#keys.held || this.#press.held ? HOLD_TURBO : 1);
    if (typed.advance(deltaMs, firstLine + maxLines) || this.#stale) this.#refresh();
    const { text, mark } = this.#layout;
    const waiting = this.#waiting && !this.#log;
    this.#parts.dots.setVisible(waiting);
    if (waiting) this.#parts.dots.draw(text.x, text.y + this.#parts.face.lineHeight / 2, deltaMs);
    const more = typed.lines.length > firstLine + maxLines && typed.currentLine >= firstLine + maxLines - 1;
    const read = this.#read !== undefined && typed.caughtUp;
    this.#parts.next.draw(mark.x, mark.y, deltaMs, (more || read) && !this.#log);
    if (more || read) this.#goOnByItself(deltaMs);
  }

  #goOnByItself(deltaMs: number): void {
    if (!this.autoAdvance || this.#log) return;
    this.#shownMs += deltaMs;
    if (this.#shownMs >= readingMs(this.#parts.face.shown)) this.advance();
  }

  /** Lays out and shows anew what changed. */
  #refresh(): void {
    if (this.#stale) {
      this.#stale = false;
      const camera = this.#scene.cameras.main;
      this.#viewWidth = camera.width;
      this.#viewHeight = camera.height;
      const before = this.#layout;
      this.#layout = this.#layOut();
      if (before.text.width !== this.#layout.text.width) this.#layOutText();
      this.#parts.draw(this.#layout, this.#log?.share);
      if (before.choices.bottom !== this.#layout.choices.bottom || before.panel.x !== this.#layout.panel.x) {
        const suggested = this.#suggested;
        this.#setChoices(this.#choices.choices);
        this.#suggested = suggested;
      }
    }
    const { maxLines } = this.#style;
    this.#parts.face.show(this.#log?.window() ?? this.#typed.window(this.#page * maxLines, maxLines));
  }
}
