import * as Phaser from 'phaser';
import type { Rect } from './css-rect.js';
import { placeOverGame } from './dom-place.js';
import { onEachFrame, onSceneEnd } from './frames.js';
import { isSendKey, KeyGate } from './key-gate.js';
import { textDirection } from './text-direction.js';
import { cssColor, DEFAULT_FACE } from './theme.js';
import { isTouch, leastTouch } from './touch.js';
import { onSeenPart } from './touch-keyboard.js';
import { TypedEmitter } from './typed-emitter.js';

export interface DialogueInputOptions {
  /** Read by screen readers. Default 'Say something'. */
  readonly label?: string;
  /** Default 'Say something…'. */
  readonly placeholder?: string;
  /** Characters; the dialogue takes at most 500, the default. */
  readonly maxLength?: number;
  /** A button beside it that sends, for those without an Enter key. Default true. */
  readonly sendButton?: boolean;
  /** What the button is called for screen readers. Default 'Send'. */
  readonly sendLabel?: string;
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
  /** Page up or page down: -1 up, 1 down. */
  page: [step: -1 | 1];
  /** Enter is held in an empty field, and let go. */
  hold: [held: boolean];
};

/** Below this iOS zooms the page when a field gets the focus. */
const LEAST_TOUCH_FONT_PX = 16;

const DEFAULT_BACKGROUND = 'rgb(255 248 236 / 0.97)';
/** Of the field and its button. */
const FIELD_SHAPE: Partial<CSSStyleDeclaration> = {
  position: 'absolute',
  boxSizing: 'border-box',
  margin: '0',
  border: '0',
  borderRadius: '0.5em',
  zIndex: '10',
};

/**
 * A text field over the game, with the browser's own editing: IME, touch keyboards, clipboard. While it has the focus
 * the keys are its own: no key reaches the game, and its key captures eat no spaces.
 */
export class DialogueInput extends TypedEmitter<DialogueInputEvents> {
  /** The DOM element, for styling. */
  readonly element: HTMLInputElement;
  /** The button that sends, unless `sendButton: false`; takes corners and shadow from the field. */
  readonly sendButton: HTMLButtonElement | undefined;
  readonly #scene: Phaser.Scene;
  readonly #options: DialogueInputOptions;
  readonly #gate = new KeyGate();
  readonly #offs: (() => void)[];
  #open = false;
  /** What the field was placed for; nothing is measured again before it changes. */
  #placed: Rect | undefined;
  #held = false;

  constructor(scene: Phaser.Scene, options: DialogueInputOptions = {}) {
    super();
    this.#scene = scene;
    this.#options = options;
    this.element = this.#createElement();
    if (options.sendButton ?? true) this.sendButton = this.#createSendButton();
    const parent = scene.sys.game.canvas.parentElement ?? document.body;
    parent.append(this.element, ...(this.sendButton ? [this.sendButton] : []));
    const { scale } = scene.sys.game;
    const again = () => {
      this.#placed = undefined;
    };
    scale.on(Phaser.Scale.Events.RESIZE, again);
    this.#offs = [
      onEachFrame(scene, () => this.#place()),
      onSceneEnd(scene, () => this.destroy()),
      onSeenPart(again),
      () => scale.off(Phaser.Scale.Events.RESIZE, again),
    ];
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
    if (this.sendButton) this.sendButton.hidden = false;
    this.#placed = undefined;
    this.#place();
    if (focus) this.focus();
  }

  /** Hides the field and gives the keys back to the game. @param keepText what was typed is there when it opens again */
  close(keepText = false): void {
    this.#open = false;
    this.element.blur();
    this.element.hidden = true;
    if (this.sendButton) this.sendButton.hidden = true;
    if (!keepText) this.value = '';
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
    this.sendButton?.remove();
    this.removeAllListeners();
  }

  #createSendButton(): HTMLButtonElement {
    const { sendLabel, color, background } = this.#options;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'parley-send';
    button.hidden = true;
    button.setAttribute('aria-label', sendLabel ?? 'Send');
    const { style } = button;
    Object.assign(style, FIELD_SHAPE, { padding: '0', cursor: 'pointer', touchAction: 'manipulation' });
    style.color = cssColor(color ?? DEFAULT_FACE.color);
    style.background = background ?? DEFAULT_BACKGROUND;
    button.append(sendIcon());
    // The field keeps the focus, and a touch keyboard stays.
    button.addEventListener('pointerdown', (event) => event.preventDefault());
    button.addEventListener('mousedown', (event) => event.preventDefault());
    for (const type of ['keydown', 'keyup'] as const) {
      button.addEventListener(type, (event) => event.stopPropagation());
    }
    button.addEventListener('click', () => this.#send());
    return button;
  }

  #createElement(): HTMLInputElement {
    const { label, placeholder, maxLength, color, background, fontFamily } = this.#options;
    const input = document.createElement('input');
    input.type = 'text';
    input.className = 'parley-input';
    stylePlaceholders();
    input.hidden = true;
    input.maxLength = maxLength ?? 500;
    input.autocomplete = 'off';
    input.spellcheck = false;
    input.enterKeyHint = 'send';
    input.placeholder = placeholder ?? 'Say something…';
    input.dir = textDirection(input.placeholder);
    input.setAttribute('aria-label', label ?? 'Say something');
    const { style } = input;
    Object.assign(style, FIELD_SHAPE, { padding: '0 0.6em', outlineOffset: '-2px' });
    style.fontFamily = fontFamily ?? DEFAULT_FACE.fontFamily;
    style.color = cssColor(color ?? DEFAULT_FACE.color);
    style.background = background ?? DEFAULT_BACKGROUND;
    input.addEventListener('keydown', (event) => this.#onKeyDown(event));
    input.addEventListener('keyup', (event) => {
      event.stopPropagation();
      this.#gate.keyUp(event.code);
      if (event.key === 'Enter') this.#setHeld(false);
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
    input.addEventListener('blur', () => this.#setHeld(false));
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
      if (event.repeat) this.#setHeld(text === '');
      else if (text === '') this.emit('enter');
      else this.#send();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.emit('cancel');
    } else if (event.key === 'PageUp' || event.key === 'PageDown') {
      event.preventDefault();
      this.emit('page', event.key === 'PageUp' ? -1 : 1);
    } else if (text === '' && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      this.emit('move', event.key === 'ArrowUp' ? -1 : 1);
    }
  }

  #send(): void {
    const text = this.element.value.trim();
    this.value = '';
    if (text !== '') this.emit('submit', text);
  }

  #setHeld(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    this.emit('hold', held);
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
    const last = this.#placed;
    if (last && last.x === rect.x && last.y === rect.y && sameSize(last, rect)) return;
    this.#placed = rect;
    const least = leastTouch(game);
    const button = this.sendButton ? Math.max(rect.height, least) : 0;
    const gap = button > 0 ? Math.round(rect.height / 8) : 0;
    // Of the game's language: what is typed may be in any.
    const rtl = textDirection(this.element.placeholder) === 'rtl';
    const field = { ...rect, x: rtl ? rect.x + button + gap : rect.x, width: rect.width - button - gap };
    const { scale } = placeOverGame(this.element, game, field);
    const fontSize = (this.#options.fontSize ?? DEFAULT_FACE.fontSize) * scale;
    this.element.style.fontSize = `${isTouch() ? Math.max(LEAST_TOUCH_FONT_PX, fontSize) : fontSize}px`;
    if (!this.sendButton) return;
    placeOverGame(this.sendButton, game, {
      ...rect,
      x: rtl ? rect.x : rect.x + rect.width - button,
      width: button,
    });
    const { borderRadius, boxShadow } = this.element.style;
    Object.assign(this.sendButton.style, { borderRadius, boxShadow });
  }
}

function sameSize(a: Rect, b: Rect): boolean {
  return a.width === b.width && a.height === b.height;
}

let placeholdersStyled = false;

/** Placeholders in the field's own font and colour: browsers take a grey that dark themes swallow. */
function stylePlaceholders(): void {
  // Firefox below 101 keeps its grey.
  if (placeholdersStyled || !('adoptedStyleSheets' in document)) return;
  placeholdersStyled = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('.parley-input::placeholder { color: inherit; font: inherit; opacity: 0.65 }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** A paper plane. */
function sendIcon(): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('width', '50%');
  svg.setAttribute('fill', 'currentColor');
  svg.style.verticalAlign = 'middle';
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', 'M2 2l13 6-13 6v-5l7-1-7-1z');
  svg.append(path);
  return svg;
}

function bottomEdge(width: number, height: number): Rect {
  const fieldWidth = Math.min(480, width - 24);
  return { x: (width - fieldWidth) / 2, y: height - 44, width: fieldWidth, height: 32 };
}
