import type * as Phaser from 'phaser';
import type { Rect } from './css-rect.js';
import { placeOverGame } from './dom-place.js';
import { onEachFrame, onSceneEnd } from './frames.js';
import { isSendKey, KeyGate } from './key-gate.js';
import { textDirection } from './text-direction.js';
import { cssColor, DEFAULT_FACE } from './theme.js';
import { TypedEmitter } from './typed-emitter.js';

export interface DialogueInputOptions {
  /** Read by screen readers. Default 'Say something'. */
  readonly label?: string;
  /** Default 'Say something…'. */
  readonly placeholder?: string;
  /** Characters; the dialogue takes at most 500, the default. */
  readonly maxLength?: number;
  /** Where it stands, in pixels of the game; asked each frame while it is open. Default: along the bottom edge. */
  readonly place?: () => Rect;
  readonly fontFamily?: string;
  /** Pixels of the game. Default 16. */
  readonly fontSize?: number;
  readonly color?: number;
  /** Default a light panel; `transparent` over a panel that the game draws. */
  readonly background?: string;
}

export type DialogueInputEvents = {
  /** A line that is not empty, trimmed. */
  submit: [text: string];
  /** Enter in an empty field. */
  enter: [];
  /** Escape. */
  cancel: [];
  change: [text: string];
  /** An arrow key in an empty field: -1 up, 1 down. */
  move: [step: -1 | 1];
};

/** Below this iOS zooms the page when a field gets the focus. */
const LEAST_TOUCH_FONT_PX = 16;

/**
 * A text field over the game, with the browser's own editing: IME, touch keyboards, clipboard. While it has the focus
 * the keys are its own: no key reaches the game, and its key captures eat no spaces.
 */
export class DialogueInput extends TypedEmitter<DialogueInputEvents> {
  /** The DOM element, for styling. */
  readonly element: HTMLInputElement;
  readonly #scene: Phaser.Scene;
  readonly #options: DialogueInputOptions;
  readonly #gate = new KeyGate();
  readonly #offs: (() => void)[];
  #open = false;

  constructor(scene: Phaser.Scene, options: DialogueInputOptions = {}) {
    super();
    this.#scene = scene;
    this.#options = options;
    this.element = this.#createElement();
    const parent = scene.sys.game.canvas.parentElement ?? document.body;
    parent.append(this.element);
    this.#offs = [onEachFrame(scene, () => this.#place()), onSceneEnd(scene, () => this.destroy())];
  }

  get isOpen(): boolean {
    return this.#open;
  }

  get value(): string {
    return this.element.value;
  }

  set value(text: string) {
    this.element.value = text;
    this.#setDirection();
  }

  /** Shows the field. @param focus false leaves the focus to the game, e.g. where it would open a touch keyboard */
  open(focus = true): void {
    this.#open = true;
    this.element.hidden = false;
    this.#place();
    if (focus) this.focus();
  }

  /** Hides the field and gives the keys back to the game. */
  close(): void {
    this.#open = false;
    this.element.blur();
    this.element.hidden = true;
    this.value = '';
  }

  focus(): void {
    // Some games open the field in the handler of the key that says so: that key's character is not text.
    this.#gate.open(globalThis.event instanceof KeyboardEvent && globalThis.event.type === 'keydown');
    this.element.focus({ preventScroll: true });
  }

  get focused(): boolean {
    return document.activeElement === this.element;
  }

  override destroy(): void {
    for (const off of this.#offs) off();
    this.element.remove();
    this.removeAllListeners();
  }

  #createElement(): HTMLInputElement {
    const { label, placeholder, maxLength, color, background, fontFamily } = this.#options;
    const input = document.createElement('input');
    input.type = 'text';
    input.className = 'parley-input';
    input.hidden = true;
    input.maxLength = maxLength ?? 500;
    input.autocomplete = 'off';
    input.spellcheck = false;
    input.enterKeyHint = 'send';
    input.placeholder = placeholder ?? 'Say something…';
    input.dir = textDirection(input.placeholder);
    input.setAttribute('aria-label', label ?? 'Say something');
    const { style } = input;
    style.position = 'absolute';
    style.boxSizing = 'border-box';
    style.margin = '0';
    style.padding = '0 0.6em';
    style.border = '0';
    style.borderRadius = '0.5em';
    style.outlineOffset = '-2px';
    style.zIndex = '10';
    style.fontFamily = fontFamily ?? DEFAULT_FACE.fontFamily;
    style.color = cssColor(color ?? DEFAULT_FACE.color);
    style.background = background ?? 'rgb(255 248 236 / 0.97)';
    input.addEventListener('keydown', (event) => this.#onKeyDown(event));
    input.addEventListener('keyup', (event) => {
      event.stopPropagation();
      this.#gate.keyUp(event.code);
    });
    input.addEventListener('keypress', (event) => event.stopPropagation());
    input.addEventListener('beforeinput', (event) => {
      if (!this.#gate.mayInsert()) event.preventDefault();
    });
    input.addEventListener('input', () => {
      this.#setDirection();
      this.emit('change', input.value);
    });
    input.addEventListener('focus', () => this.#releaseGameKeys());
    return input;
  }

  #onKeyDown(event: KeyboardEvent): void {
    // Phaser listens on the window: it would take spaces and arrows away, and walk while the player types.
    event.stopPropagation();
    if (!this.#gate.keyDown(event.code, event.repeat)) {
      event.preventDefault();
      return;
    }
    // Safari says 229 for the key that ends a composition.
    if (event.isComposing || event.keyCode === 229) return;
    const text = this.element.value.trim();
    if (isSendKey(event)) {
      event.preventDefault();
      this.value = '';
      if (text === '') this.emit('enter');
      else this.emit('submit', text);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.emit('cancel');
    } else if (text === '' && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      this.emit('move', event.key === 'ArrowUp' ? -1 : 1);
    }
  }

  /** The browser's own choice looks at the value alone: a placeholder from right to left would stand on the left. */
  #setDirection(): void {
    const { element } = this;
    element.dir = element.value === '' ? textDirection(element.placeholder) : 'auto';
  }

  /** Their key-up will go to the field: a key held now would stay down for the game. */
  #releaseGameKeys(): void {
    for (const scene of this.#scene.sys.game.scene.getScenes(false)) scene.input?.keyboard?.resetKeys();
  }

  #place(): void {
    if (!this.#open) return;
    const { game } = this.#scene.sys;
    const rect = this.#options.place?.() ?? bottomEdge(game.scale.width, game.scale.height);
    const { scale } = placeOverGame(this.element, game, rect);
    const touch = matchMedia('(pointer: coarse)').matches;
    const fontSize = (this.#options.fontSize ?? DEFAULT_FACE.fontSize) * scale;
    this.element.style.fontSize = `${touch ? Math.max(LEAST_TOUCH_FONT_PX, fontSize) : fontSize}px`;
  }
}

function bottomEdge(width: number, height: number): Rect {
  const fieldWidth = Math.min(480, width - 24);
  return { x: (width - fieldWidth) / 2, y: height - 44, width: fieldWidth, height: 32 };
}
