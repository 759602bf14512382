import type * as Phaser from 'phaser';
import type { LoadProgress } from 'phaser-parley';
import { listen } from '../listen.js';
import { transferOf } from '../models/model-transfer.js';
import { megabytes, transferText } from '../models/model-words.js';
import { isStored } from '../settings/settings.js';
import { onSettings, settingsOf } from '../settings/settings-keeper.js';
import { barFill } from './bar-fill.js';
import { label } from './label.js';
import { COLORS } from './style.js';
import { toast } from './toast.js';

const MIN_WIDTH = 92;
const INSET = 4;
/** From the bar to the edge of its board. */
const PADDING = 7;
const TEXT_Y = 15;
const NO_MODEL = 'They are short of words tonight.';
/** Characters of the name of a model that comes. */
const MOST_NAME = 28;
/** A player is told the size of what is more than this, in bytes. */
const LARGE = 20e6;

/** The upper left corner of the board, or with `corner` its lower right one. */
export interface BarPlace {
  readonly x: number;
  readonly y: number;
  readonly corner?: boolean;
}

/** Says how far the model is that is loaded, or that comes to the device, and goes away when it is there; people speak their authored lines until then. */
export class ModelBar {
  readonly #scene: Phaser.Scene;
  #place: BarPlace;
  readonly #board: Phaser.GameObjects.NineSlice;
  readonly #frame: Phaser.GameObjects.NineSlice;
  readonly #fill: Phaser.GameObjects.NineSlice;
  readonly #text: Phaser.GameObjects.BitmapText;
  readonly #container: Phaser.GameObjects.Container;
  #share = 0;
  /** It tells of a model that comes, not of the one that is loaded. */
  #ofTransfer = false;

  constructor(scene: Phaser.Scene, place: BarPlace) {
    this.#scene = scene;
    this.#place = place;
    this.#board = scene.add.nineslice(0, 0, 'ui', 'panel-plain', 24, 24, 8, 8, 8, 8).setOrigin(0);
    this.#frame = scene.add.nineslice(PADDING, PADDING, 'ui', 'bar-frame', 24, 14, 6, 6, 6, 6).setOrigin(0);
    this.#fill = barFill(scene, PADDING + INSET, PADDING + INSET);
    this.#text = label(scene, PADDING, PADDING + TEXT_Y, '', { color: COLORS.bright });
    this.#container = scene.add
      .container(0, 0, [this.#board, this.#frame, this.#fill, this.#text])
      .setScrollFactor(0, 0, true)
      .setDepth(9000);
    const { events, modelState } = scene.parley;
    listen(scene, events, 'worker-lost', ({ final }: { final: boolean }) => {
      if (final) toast(scene, NO_MODEL);
    });
    this.#container.setVisible(false);
    if (modelState !== 'ready' && modelState !== 'none') {
      this.#sayOfModel(modelState === 'failed' ? NO_MODEL : 'Waking the village…');
    }
    listen(scene, events, 'model-progress', (progress: LoadProgress) => this.#progress(progress));
    listen(scene, events, 'model-ready', () => this.#ready());
    listen(scene, events, 'model-error', () => this.#sayOfModel(NO_MODEL));
    onSettings(scene, ({ model }) => {
      if (model === 'off' && !this.#ofTransfer) this.#container.setVisible(false);
    });
    listen(scene, transferOf(scene.game), ['change', 'progress'], () => this.#showTransfer());
    this.#showTransfer();
  }

  /** In pixels of the screen. */
  get covered(): readonly Phaser.Geom.Rectangle[] {
    return this.#container.visible ? [this.#board.getBounds()] : [];
  }

  /** Stands there from now on. */
  set top(y: number) {
    if (y === this.#place.y) return;
    this.#place = { ...this.#place, y };
    this.#container.setY(y);
  }

  #progress({ loadedBytes, totalBytes }: LoadProgress): void {
    if (!totalBytes) return;
    this.#share = Math.min(1, loadedBytes / totalBytes);
    const from = isStored(settingsOf(this.#scene).model) ? 'From this device' : 'Bundled with the game';
    const size = totalBytes > LARGE ? `\n${from}: ${megabytes(totalBytes)}` : '';
    this.#sayOfModel(`Waking the village… ${Math.floor(this.#share * 100)} %${size}`);
  }

  #ready(): void {
    this.#share = 1;
    if (!this.#scene.parley.enabled) return;
    this.#sayOfModel('Everyone is awake.');
    this.#scene.tweens.add({
      targets: this.#container,
      alpha: 0,
      delay: 1600,
      duration: 500,
      onComplete: () => {
        this.#container.setVisible(false).setAlpha(1);
        this.#showTransfer();
      },
    });
  }

  #sayOfModel(text: string): void {
    if (!this.#scene.parley.enabled) return;
    this.#ofTransfer = false;
    this.#say(text);
  }

  /** Behind the model that is loaded: two boards would be one too many. */
  #showTransfer(): void {
    const { enabled, modelState } = this.#scene.parley;
    if (enabled && modelState === 'loading') return;
    const { current } = transferOf(this.#scene.game);
    if (current?.progress) {
      const { name, progress } = current;
      const { loadedBytes, totalBytes } = progress;
      const shown = name.length > MOST_NAME ? `${name.slice(0, MOST_NAME)}…` : name;
      this.#ofTransfer = true;
      this.#share = totalBytes ? Math.min(1, loadedBytes / totalBytes) : 0;
      this.#say(`${shown}\n${transferText(progress)}`);
    } else if (this.#ofTransfer) {
      this.#ofTransfer = false;
      this.#container.setVisible(false);
    }
  }

  /** The board is as large as its words. */
  #say(text: string): void {
    this.#scene.tweens.killTweensOf(this.#container);
    this.#container.setVisible(true).setAlpha(1);
    this.#text.setText(text);
    const width = Math.max(MIN_WIDTH, Math.ceil(this.#text.width));
    const height = TEXT_Y + Math.ceil(this.#text.height);
    this.#frame.setSize(width, 14);
    this.#fill.setSize(Math.max(1, Math.round((width - 2 * INSET) * this.#share)), 6);
    this.#board.setSize(width + 2 * PADDING, height + 2 * PADDING);
    const { x, y, corner = false } = this.#place;
    this.#container.setPosition(corner ? x - width - 2 * PADDING : x, corner ? y - height - 2 * PADDING : y);
  }
}
