import * as Phaser from 'phaser';
import { addDeck, deckOf } from '../hud/deck.js';
import { label } from '../hud/label.js';
import { COLORS } from '../hud/style.js';
import { listen } from '../listen.js';
import { onPad } from '../menu/pad.js';
import { addVeil } from '../menu/panel.js';
import { announce } from '../menu/screen-reader.js';
import { playedMs } from '../saves/playing.js';
import { playedText } from '../saves/save-words.js';
import { playSound } from '../sound.js';
import type { Fate } from '../story/ending.js';
import { rollCredits } from './credits-roll.js';

export interface EndingData {
  /** One page each. */
  readonly fates: readonly Fate[];
}

const PAGE_MS = 9000;
const FADE_MS = 900;

/** The beam over the sea, what became of each, the credits, and back to the title. */
export class EndingScene extends Phaser.Scene {
  #fates: readonly Fate[] = [];
  #page = -1;
  #shown: Phaser.GameObjects.Container | undefined;
  #turn: Phaser.Time.TimerEvent | undefined;

  constructor() {
    super('ending');
  }

  create({ fates }: EndingData): void {
    this.#fates = fates;
    this.#page = -1;
    this.#shown = undefined;
    this.scene.launch('backdrop', { look: 'lighthouse' });
    this.scene.bringToTop();
    this.cameras.main.fadeIn(FADE_MS, 23, 18, 43);
    const next = () => this.#next();
    listen(this, this.input.keyboard!, ['keydown-ENTER', 'keydown-SPACE', 'keydown-RIGHT'], next);
    listen(this, this.input.keyboard!, 'keydown-ESC', () => this.#leave());
    this.input.on(Phaser.Input.Events.POINTER_UP, next);
    onPad(this, (button) => (button === 'cancel' ? this.#leave() : this.#next()));
    listen(this, this.scale, Phaser.Scale.Events.RESIZE, () => this.#draw());
    playSound(this, 'win');
    this.#next();
  }

  /** The next page; behind the last one the credits, and behind them the title. */
  #next(): void {
    this.#page++;
    this.#draw();
    const fate = this.#fates[this.#page];
    if (fate) announce(`${fate.name}: ${fate.text}`);
    else if (this.#page === this.#fates.length) announce(this.#timeText());
  }

  #draw(): void {
    this.#turn?.remove();
    this.#shown?.destroy();
    this.#shown = undefined;
    const fate = this.#fates[this.#page];
    const pages = this.#fates.length;
    if (this.#page > pages + 1) {
      this.#leave();
      return;
    }
    const deck = deckOf(this.scale);
    this.#shown = this.add.container(0, 0, deck && [addDeck(this, deck)]);
    if (this.#page > pages) {
      this.#shown.add([addVeil(this), rollCredits(this, () => this.#leave())]);
      return;
    }
    this.#shown.add(fate ? this.#drawFate(fate) : this.#drawTime());
    this.#turn = this.time.delayedCall(PAGE_MS, () => this.#next());
  }

  #drawFate({ id, name, text }: Fate): Phaser.GameObjects.GameObject[] {
    const { x, y, width, plate } = this.#board(300, 78);
    const face = this.add.image(x + 14, y + 15, 'portraits', `${id}-happy`).setOrigin(0);
    return [
      ...plate,
      face,
      this.add.image(x + 9, y + 10, 'ui', 'portrait-frame').setOrigin(0),
      label(this, x + 76, y + 11, name, { color: COLORS.name }),
      label(this, x + 76, y + 25, text, { maxWidth: width - 88 }),
    ];
  }

  #drawTime(): Phaser.GameObjects.GameObject[] {
    const text = label(this, 0, 0, this.#timeText(), {
      color: COLORS.bright,
    });
    const { x, y, width, plate } = this.#board(Math.ceil(text.width) + 40, 42);
    return [...plate, text.setPosition(Math.round(x + (width - text.width) / 2), y + 13)];
  }

  #timeText(): string {
    return `You found Tomas in ${playedText(playedMs(this))}.`;
  }

  /** What is read stands on the deck, or else on a board of its own at the picture's lower edge. */
  #board(
    wanted: number,
    height: number,
  ): { x: number; y: number; width: number; plate: readonly Phaser.GameObjects.GameObject[] } {
    const deck = deckOf(this.scale);
    if (deck) return { x: deck.x, y: deck.y, width: deck.width, plate: [] };
    const width = Math.min(wanted, this.scale.width - 12);
    const x = Math.round((this.scale.width - width) / 2);
    const y = this.scale.height - height - 6;
    const plate = this.add.nineslice(x, y, 'ui', 'panel-wood', width, height, 13, 13, 13, 13).setOrigin(0);
    return { x, y, width, plate: [plate] };
  }

  #leave(): void {
    this.scene.stop('backdrop');
    this.scene.start('title');
  }
}
