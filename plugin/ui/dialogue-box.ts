import * as Phaser from 'phaser';
import type { NpcDialogue } from '../phaser/npc-dialogue.js';
import { type BoxLayout, layOutBox } from './box-layout.js';
import { type BoxStyle, boxStyle, type ResolvedBoxStyle } from './box-style.js';
import { ChoiceList } from './choice-list.js';
import { DialogueInput } from './dialogue-input.js';
import { FaceText } from './face-text.js';
import { onEachFrame, onSceneEnd } from './frames.js';
import type { LineView } from './line-view.js';
import { prefersReducedMotion } from './motion.js';
import { NextMark } from './next-mark.js';
import { Panel } from './panel.js';
import { Portrait } from './portrait.js';
import { viewOf } from './speech-bubble.js';
import { ThinkingDots } from './thinking-dots.js';
import { TypedEmitter } from './typed-emitter.js';
import { TypedText } from './typed-text.js';
import { screenToWorld } from './view-space.js';

export type DialogueBoxEvents = {
  open: [npc: NpcDialogue];
  close: [npc: NpcDialogue];
  /** The player said this. */
  submit: [text: string];
  choose: [id: string];
};

/** A box at the bottom of the screen: name, portrait by emotion, text by pages, choices, and a field for free text. */
export class DialogueBox extends TypedEmitter<DialogueBoxEvents> implements LineView {
  readonly input: DialogueInput;
  /** The box's display objects; for cameras that should ignore them. */
  readonly container: Phaser.GameObjects.Container;
  readonly #scene: Phaser.Scene;
  readonly #style: ResolvedBoxStyle;
  readonly #panel: Panel;
  readonly #plate: Panel;
  readonly #name: FaceText;
  readonly #face: FaceText;
  readonly #portrait: Portrait;
  readonly #dots: ThinkingDots;
  readonly #next: NextMark;
  readonly #choices: ChoiceList;
  readonly #still = prefersReducedMotion();
  readonly #offs: (() => void)[] = [];
  /** Text of the suggested choices, by id. */
  readonly #suggested = new Map<string, string>();
  #npc: NpcDialogue | undefined;
  #typed: TypedText;
  #layout: BoxLayout;
  #page = 0;
  #waiting = false;
  #turbo = 1;
  /** Tells the script that its line was read. */
  #read: (() => void) | undefined;

  constructor(scene: Phaser.Scene, style?: BoxStyle) {
    super();
    this.#scene = scene;
    this.#style = boxStyle(style);
    this.#panel = new Panel(scene, this.#style.panel);
    this.#plate = new Panel(scene, this.#style.namePanel);
    this.#name = new FaceText(scene, this.#style.nameFace);
    this.#face = new FaceText(scene, this.#style.face);
    this.#portrait = new Portrait(scene, this.#style);
    this.#dots = new ThinkingDots(scene, this.#style.face.color, this.#still);
    this.#next = new NextMark(scene, this.#style.face.color, this.#still);
    this.#choices = new ChoiceList(scene, this.#style.choices, (id) => this.#choose(id));
    this.container = scene.add
      .container(0, 0, [
        ...this.#panel.objects,
        ...this.#portrait.objects,
        ...this.#plate.objects,
        ...this.#name.objects,
        ...this.#face.objects,
        this.#dots.object,
        this.#next.object,
        this.#choices.container,
      ])
      .setDepth(this.#style.depth)
      .setScrollFactor(0, 0, true)
      .setVisible(false);
    this.#layout = this.#layOut();
    this.#typed = this.#newText();
    this.input = new DialogueInput(scene, {
      ...this.#style.input,
      place: () => this.#layout.input ?? this.#layout.text,
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
    return this.#face.shown.replaceAll('\n', ' ');
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
    npc.once('destroy', this.#release, this);
    this.#name.show(this.#name.fit(npc.persona.identity.name));
    this.#portrait.setCharacter(npc);
    this.#layout = this.#layOut();
    this.container.setVisible(true);
    this.emit('open', npc);
    if (!npc.greet()) this.#showChoices();
    this.#openInput(npc);
  }

  /** Ends the talk; the farewell, if there is one, goes to the bubble. */
  close(): void {
    const npc = this.#npc;
    if (!npc) return;
    this.#release();
    npc.view = npc.bubble;
    npc.leave();
  }

  begin(): void {
    this.#reset();
    this.#waiting = true;
  }

  emotion(label: string): void {
    this.#portrait.show(label);
  }

  text(words: string): void {
    this.#typed.append(words);
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

  /** Shows the rest of the page, the next page, or a script's next line; false when there is none. */
  advance(): boolean {
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

  /** Multiplies the typing speed, e.g. while a key is held; 1 is normal. */
  setTurbo(factor: number): void {
    this.#turbo = factor;
    this.#typed.turbo = factor;
  }

  override destroy(): void {
    this.#release();
    for (const off of this.#offs) off();
    this.input.destroy();
    this.container.destroy();
    this.removeAllListeners();
  }

  #listen(): void {
    const { input } = this.#scene;
    const onKey = (event: KeyboardEvent) => this.#onKey(event);
    input.keyboard?.on(Phaser.Input.Keyboard.Events.ANY_KEY_DOWN, onKey);
    const onPointer = (pointer: Phaser.Input.Pointer) => this.#onPointer(pointer);
    input.on(Phaser.Input.Events.POINTER_UP, onPointer);
    this.#offs.push(
      onEachFrame(this.#scene, (delta) => this.#onFrame(delta)),
      onSceneEnd(this.#scene, () => this.destroy()),
      () => input.keyboard?.off(Phaser.Input.Keyboard.Events.ANY_KEY_DOWN, onKey),
      () => input.off(Phaser.Input.Events.POINTER_UP, onPointer),
    );
    this.input.on('submit', (text) => this.#say(text));
    this.input.on('enter', () => this.#confirm());
    this.input.on('cancel', () => this.close());
    this.input.on('move', (step) => this.#choices.move(step));
  }

  #onKey(event: KeyboardEvent): void {
    // The key that opened the box may still be on its way to other listeners.
    if (!this.#npc || event.repeat) return;
    if (/^[1-9]$/.test(event.key)) this.#choices.pickNumber(Number(event.key));
    else if (event.key === 'Escape') this.close();
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      this.#choices.move(event.key === 'ArrowUp' ? -1 : 1);
    } else if (event.key === 'Enter' || event.key === ' ') this.#confirm();
  }

  #onPointer(pointer: Phaser.Input.Pointer): void {
    const { x, y, width, height } = this.#layout.panel;
    const camera = this.#scene.cameras.main;
    const inside = (value: number, start: number, size: number) => value >= start && value < start + size;
    if (!this.#npc || !inside(pointer.x - camera.x, x, width) || !inside(pointer.y - camera.y, y, height))
      return;
    this.advance();
  }

  #confirm(): void {
    if (this.advance()) return;
    const { selected } = this.#choices;
    if (selected) this.#choose(selected.id);
    else if (this.input.isOpen) this.input.focus();
  }

  #say(text: string): void {
    this.#suggested.clear();
    this.#choices.set([], this.#layout.choices);
    this.emit('submit', text);
    this.#npc?.ask(text);
  }

  #choose(id: string): void {
    const suggested = this.#suggested.get(id);
    if (suggested !== undefined) {
      this.#say(suggested);
      return;
    }
    this.#choices.set([], this.#layout.choices);
    this.emit('choose', id);
    this.#npc?.choose(id);
  }

  #showChoices(): void {
    const npc = this.#npc;
    if (!npc) return;
    const authored = npc.choices();
    this.#choices.set(authored, this.#layout.choices);
    if (this.#style.suggest && authored.length === 0 && npc.freeTalk) void this.#suggest(npc);
  }

  /** Only where nothing else stands: rows that move under a pointer are picked by mistake. */
  async #suggest(npc: NpcDialogue): Promise<void> {
    const lines = await npc.suggest();
    if (lines.length === 0 || this.#npc !== npc || this.#choices.choices.length > 0) return;
    this.#suggested.clear();
    const choices = lines.map((text, i) => ({ id: `suggested-${i}`, text }));
    for (const { id, text } of choices) this.#suggested.set(id, text);
    this.#choices.set(choices, this.#layout.choices);
  }

  /** Takes the box away without a farewell: the character may be gone already. */
  #release(): void {
    const npc = this.#npc;
    if (!npc) return;
    this.#npc = undefined;
    npc.off('done', this.#showChoices, this);
    npc.off('choices', this.#showChoices, this);
    npc.off('destroy', this.#release, this);
    this.#reset();
    this.#choices.set([], this.#layout.choices);
    this.container.setVisible(false);
    this.input.close();
    this.emit('close', npc);
  }

  /** The field is there while the player may say anything. */
  #openInput(npc: NpcDialogue): void {
    const open = this.#style.freeText && npc.freeTalk;
    if (open === this.input.isOpen) return;
    if (open) this.input.open(this.#style.autoFocus);
    else this.input.close();
  }

  #reset(): void {
    this.#read?.();
    this.#read = undefined;
    this.#typed = this.#newText();
    this.#page = 0;
    this.#waiting = false;
    this.#face.show('');
  }

  #newText(): TypedText {
    const typed = new TypedText({
      lineWidth: this.#layout.text.width,
      measure: this.#face.measure,
      fit: this.#face.fit,
      graphemesPerSecond: this.#still ? Number.POSITIVE_INFINITY : this.#style.graphemesPerSecond,
    });
    typed.turbo = this.#turbo;
    return typed;
  }

  #layOut(): BoxLayout {
    const { margin, padding, maxWidth, maxLines, freeText, inputHeight, portraitSize } = this.#style;
    return layOutBox(this.#scene.cameras.main, {
      margin,
      padding,
      maxWidth,
      maxLines,
      lineHeight: this.#face.lineHeight,
      inputHeight: freeText ? inputHeight : 0,
      portrait: this.#portrait.present ? portraitSize : 0,
      rtl: this.#name.direction === 'rtl',
    });
  }

  #onFrame(deltaMs: number): void {
    if (!this.#npc) return;
    this.#openInput(this.#npc);
    const camera = this.#scene.cameras.main;
    const view = { ...viewOf(camera), scrollX: 0, scrollY: 0 };
    const corner = screenToWorld(view, { x: 0, y: 0 });
    this.container.setPosition(corner.x, corner.y).setScale(1 / view.zoom);
    this.#layout = this.#layOut();
    this.#draw();
    const { maxLines } = this.#style;
    const firstLine = this.#page * maxLines;
    this.#typed.advance(deltaMs, firstLine + maxLines);
    this.#face.show(this.#typed.window(firstLine, maxLines));
    const { text, mark } = this.#layout;
    this.#dots.setVisible(this.#waiting);
    if (this.#waiting) this.#dots.draw(text.x, text.y + this.#face.lineHeight / 2, deltaMs);
    const more =
      this.#typed.lines.length > firstLine + maxLines && this.#typed.currentLine >= firstLine + maxLines - 1;
    const read = this.#read !== undefined && this.#typed.caughtUp;
    this.#next.draw(mark.x, mark.y, deltaMs, more || read);
  }

  #draw(): void {
    const { panel, portrait, text } = this.#layout;
    this.#panel.draw(panel.x, panel.y, panel.width, panel.height);
    this.#portrait.draw(portrait);
    this.#face.place(text.x, text.y, text.width);
    const { padding } = this.#style;
    const plateWidth = Math.ceil(this.#name.measure(this.#name.shown)) + 2 * padding;
    const plateHeight = Math.ceil(this.#name.lineHeight) + 8;
    const plateY = panel.y - plateHeight + 6;
    const plateX =
      this.#name.direction === 'rtl' ? panel.x + panel.width - padding - plateWidth : panel.x + padding;
    this.#plate.draw(plateX, plateY, plateWidth, plateHeight);
    this.#name.place(plateX + padding, plateY + 4, plateWidth - 2 * padding);
  }
}
