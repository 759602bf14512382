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
import { pictureHeight } from '../view.js';
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
    const deck = deckOf(this.scale);
    if (deck) addDeck(this, deck);
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
    if (fate) this.#shown = this.#drawFate(fate);
    else if (this.#page === pages) this.#shown = this.#drawTime();
    else if (this.#page === pages + 1) {
      addVeil(this);
      rollCredits(this, () => this.#leave());
    } else this.#leave();
    if (this.#shown) this.#turn = this.time.delayedCall(PAGE_MS, () => this.#next());
  }

  #drawFate({ id, name, text }: Fate): Phaser.GameObjects.Container {
    const width = Math.min(300, this.scale.width - 12);
    const [x, y] = this.#corner(width, 78);
    const face = this.add.image(x + 14, y + 15, 'portraits', `${id}-happy`).setOrigin(0);
    return this.add.container(0, 0, [
      this.add.nineslice(x, y, 'ui', 'panel-wood', width, 78, 13, 13, 13, 13).setOrigin(0),
      face,
      this.add.image(x + 9, y + 10, 'ui', 'portrait-frame').setOrigin(0),
      label(this, x + 76, y + 11, name, { color: COLORS.name }),
      label(this, x + 76, y + 25, text, { maxWidth: width - 88 }),
    ]);
  }

  #drawTime(): Phaser.GameObjects.Container {
    const text = label(this, 0, 0, this.#timeText(), {
      color: COLORS.bright,
    });
    const width = Math.ceil(text.width) + 40;
    const [x, y] = this.#corner(width, 42);
    const panel = this.add.nineslice(x, y, 'ui', 'panel-wood', width, 42, 13, 13, 13, 13).setOrigin(0);
    return this.add.container(0, 0, [panel, text.setPosition(x + 20, y + 13)]);
  }

  #timeText(): string {
    return `You found Tomas in ${playedText(playedMs(this))}.`;
  }

  /** Of a board at the lower edge of the picture. */
  #corner(width: number, height: number): [x: number, y: number] {
    const view = { width: this.scale.width, height: this.scale.height };
    return [Math.round((view.width - width) / 2), pictureHeight(view) - height - 6];
  }

  #leave(): void {
    this.scene.stop('backdrop');
    this.scene.start('title');
  }
}
