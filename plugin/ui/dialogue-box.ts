import * as Phaser from 'phaser';
import type { NpcDialogue } from '../phaser/npc-dialogue.js';
import type { ParleyPlugin } from '../phaser/parley-plugin.js';
import { parleyOf } from '../phaser/plugin-key.js';
import { BoxKeys } from './box-keys.js';
import type { BoxLayout } from './box-layout.js';
import { BoxParts } from './box-parts.js';
import { type BoxStyle, boxStyle, type ResolvedBoxStyle } from './box-style.js';
import { BoxText } from './box-text.js';
import { ChoiceList, type ListedChoice } from './choice-list.js';
import type { CornerButton } from './corner-buttons.js';
import type { Rect } from './css-rect.js';
import { DialogueInput } from './dialogue-input.js';
import { onEachFrame, onSceneEnd } from './frames.js';
import { LikelyLine } from './likely-line.js';
import type { LineView } from './line-view.js';
import { isStill } from './motion.js';
import { Press } from './press.js';
import { leastTouch } from './touch.js';
import { onSeenPart } from './touch-keyboard.js';
import { TypedEmitter } from './typed-emitter.js';

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
  readonly #likely = new LikelyLine();
  /** The choices that the model suggested; an author's may have any id. */
  #suggested: readonly ListedChoice[] = [];
  readonly #text: BoxText;
  #npc: NpcDialogue | undefined;
  #layout: BoxLayout;
  #waiting = false;
  #turbo = 1;
  /** The layout or what is shown is out of date. */
  #stale = true;
  #viewWidth = 0;
  #viewHeight = 0;

  constructor(scene: Phaser.Scene, style?: BoxStyle) {
    super();
    this.#scene = scene;
    this.#parley = parleyOf(scene.sys.game);
    this.#style = boxStyle(style, this.#parley.theme);
    this.autoAdvance = this.#style.autoAdvance;
    this.#choices = new ChoiceList(scene, this.#style.choices, {
      pick: (choice) => this.#choose(choice),
      select: ({ text }) => this.#expect(text),
    });
    this.#parts = new BoxParts(
      scene,
      this.#style,
      () => this.#still,
      this.#choices.container,
      (button) => this.#onButton(button),
    );
    this.container = this.#parts.container;
    this.#layout = this.#parts.layOut(scene.cameras.main);
    this.#text = new BoxText(this.#style, this.#parts.face, this.#layout.text.width);
    this.input = new DialogueInput(scene, {
      ...this.#style.input,
      place: () => this.#layout.input ?? this.#layout.text,
    });
    this.#press = new Press(scene, {
      area: () => (this.#npc ? this.#pressed : undefined),
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
      page: (step) => this.scrollBack(-step * this.#text.pageStep),
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

  /** What panel and choices cover, in pixels of the main camera's view, the panel first; nothing while it is closed. */
  get covered(): readonly Rect[] {
    return this.#npc ? [this.#layout.panel, ...this.#choices.areas] : [];
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
    this.#parts.showButtons(npc.transcript.length > 0);
    this.container.setVisible(true);
    this.emit('open', npc);
    // Who was told may have made room for the box.
    this.#stale = true;
    this.#refresh();
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
    this.#text.append(words);
    this.#stale = true;
    if (!this.#text.isEmpty) this.#waiting = false;
  }

  end(): void {
    this.#waiting = false;
  }

  whenRead(): Promise<void> {
    return this.#text.whenRead();
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
    return this.#text.advance();
  }

  /** Lines between what is shown and the newest one. */
  get scrolledBack(): number {
    return this.#text.scrolledBack;
  }

  /** Scrolls back in what was said, by lines; forward where they are negative. */
  scrollBack(lines: number): void {
    if (this.#npc && this.#text.scrollBack(lines, this.#npc)) this.#stale = true;
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
    this.input.on('change', (text) => {
      if (this.#text.toNewest()) this.#stale = true;
      this.#expect(text);
    });
  }

  /** What goes on when pressed: the panel, without choices that stand in it. */
  get #pressed(): Rect {
    const { panel, choices } = this.#layout;
    const inside = choices.top > panel.y && this.#choices.choices.length > 0;
    return inside ? { ...panel, height: choices.top - panel.y } : panel;
  }

  get #still(): boolean {
    return isStill(this.#parley.reducedMotion);
  }

  #onDrag(dy: number): void {
    if (this.#npc && this.#text.drag(dy, this.#npc)) this.#stale = true;
  }

  #onButton(button: CornerButton): void {
    if (button === 'close') this.close();
    else this.scrollBack(this.#text.pageStep);
  }

  #confirm(): void {
    if (this.advance()) return;
    const { selected } = this.#choices;
    if (selected) this.#choose(selected);
    else if (this.input.isOpen) this.input.focus();
  }

  #say(text: string): void {
    this.#likely.stop();
    this.#setChoices([]);
    this.emit('submit', text);
    this.#npc?.ask(text);
    this.#text.playerSaid(text);
  }

  /** The player may say this next. */
  #expect(text: string): void {
    if (this.#npc) this.#likely.changed(this.#npc, text);
  }

  #choose(choice: ListedChoice): void {
    this.#likely.stop();
    if (this.#suggested.includes(choice)) {
      this.#say(choice.text);
      return;
    }
    this.#setChoices([]);
    this.emit('choose', choice.id);
    this.#npc?.choose(choice.id);
    this.#text.playerSaid(choice.text);
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
    this.#likely.stop();
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
    this.#text.reset();
    this.#keys.release();
    this.#waiting = false;
    this.#stale = true;
    this.#parts.face.show('');
  }

  #onFrame(deltaMs: number): void {
    if (!this.#npc) return;
    const camera = this.#scene.cameras.main;
    if (camera.width !== this.#viewWidth || camera.height !== this.#viewHeight) this.#stale = true;
    this.#parts.keepOnScreen(camera);
    this.#press.update(deltaMs);
    const line = this.#text;
    const speed = this.#still ? Number.POSITIVE_INFINITY : this.#parley.textSpeed;
    const turbo = this.#turbo * (this.#keys.held || this.#press.held ? HOLD_TURBO : 1);
    if (line.type(deltaMs, speed, turbo) || this.#stale) this.#refresh();
    const { text, mark } = this.#layout;
    const waiting = this.#waiting && !line.isScrolledBack;
    this.#parts.dots.setVisible(waiting);
    if (waiting) this.#parts.dots.draw(text.x, text.y + this.#parts.face.lineHeight / 2, deltaMs);
    const goesOn = line.goesOn && !line.isScrolledBack;
    this.#parts.next.draw(mark.x, mark.y, deltaMs, goesOn);
    if (goesOn && this.autoAdvance && line.wasReadFor(deltaMs)) this.advance();
  }

  /** Lays out and shows anew what changed. */
  #refresh(): void {
    if (this.#stale) {
      this.#stale = false;
      const camera = this.#scene.cameras.main;
      this.#viewWidth = camera.width;
      this.#viewHeight = camera.height;
      const before = this.#layout;
      this.#layout = this.#parts.layOut(camera);
      this.#text.setLineWidth(this.#layout.text.width);
      this.#parts.draw(this.#layout, this.#text.share);
      if (before.choices.bottom !== this.#layout.choices.bottom || before.panel.x !== this.#layout.panel.x) {
        const suggested = this.#suggested;
        this.#setChoices(this.#choices.choices);
        this.#suggested = suggested;
      }
    }
    this.#parts.face.show(this.#text.window);
  }
}
