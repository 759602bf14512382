import { DialogueInput } from 'phaser-parley';
import { label } from '../hud/label.js';
import { BOX_STYLE, FIELD_STYLE } from '../hud/style.js';
import { heightOf, Menu } from '../menu/menu.js';
import { OverlayScene } from '../menu/overlay-scene.js';
import { addPanel, addVeil } from '../menu/panel.js';
import type { MenuRow } from '../menu/rows.js';
import { transferOf } from '../models/model-transfer.js';

const FIELD_HEIGHT = 17;
const GAP = 6;
/** Two lines. */
const TEXT_HEIGHT = 34;
const MOST_CHARACTERS = 2000;
const WHAT = 'The address of a model: a GGUF file of the Llama kind.';
const NOT_ONE = 'This is no address of a file: one begins with https://.';

/** Asks for the address of a model. */
export class ModelAddressScene extends OverlayScene {
  /** Stays when the screen turns. */
  #typed = '';

  constructor() {
    super('model-address');
  }

  protected override build(): void {
    addVeil(this);
    const size = { width: 264, height: TEXT_HEIGHT + FIELD_HEIGHT + GAP + heightOf(2) };
    const room = addPanel(this, 'From an address', size, () => this.close());
    const text = label(this, room.x, room.y, WHAT, { maxWidth: room.width });
    const input = new DialogueInput(this, {
      ...BOX_STYLE.input,
      label: 'Address of a model',
      placeholder: 'https://',
      maxLength: MOST_CHARACTERS,
      sendButton: false,
      place: () => ({ x: room.x, y: room.y + TEXT_HEIGHT, width: room.width, height: FIELD_HEIGHT }),
    });
    const { element } = input;
    Object.assign(element.style, FIELD_STYLE);
    Object.assign(element, { inputMode: 'url', autocapitalize: 'off', enterKeyHint: 'go' });
    input.value = this.#typed;
    const load = (typed: string) => {
      const url = urlOf(typed.trim());
      if (url) this.#load(url);
      else {
        text.setText(NOT_ONE);
        input.value = typed;
        input.focus();
      }
    };
    const rows: MenuRow[] = [
      { kind: 'button', label: 'Load it', act: () => load(input.value) },
      { kind: 'button', label: 'Back', act: () => this.close() },
    ];
    const top = TEXT_HEIGHT + FIELD_HEIGHT + GAP;
    const menu = new Menu(this, rows, { ...room, y: room.y + top, height: room.height - top }, this.focused);
    input.on('change', (typed) => {
      this.#typed = typed;
    });
    input.on('submit', load);
    input.on('enter', () => menu.confirm());
    input.on('move', (step) => menu.move(step));
    input.on('cancel', () => this.close());
    input.open();
  }

  protected override leave(): void {
    this.#typed = '';
    super.leave();
  }

  #load(url: string): void {
    this.close();
    transferOf(this.game).download({ urls: [url] });
  }
}

/** An address without its scheme is taken for one of the web. */
function urlOf(text: string): string | undefined {
  // Some browsers take spaces for part of a name.
  if (text === '' || /\s/.test(text)) return undefined;
  try {
    const url = new URL(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`);
    return /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
