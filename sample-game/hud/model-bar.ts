import type * as Phaser from 'phaser';
import type { LoadProgress } from 'phaser-parley';
import { label } from './label.js';
import { COLORS } from './style.js';
import { toast } from './toast.js';

const WIDTH = 92;
const INSET = 4;
const NO_MODEL = 'They are short of words tonight.';
/** A player is told the size of what is more than this, in bytes. */
const LARGE = 20e6;

export interface BarPlace {
  readonly x: number;
  readonly y: number;
  /** Ends at `x` instead of beginning there, and grows upwards. */
  readonly corner?: boolean;
}

/** Says how far the model is, and goes away when it is there; people speak their authored lines until then. */
export class ModelBar {
  readonly #scene: Phaser.Scene;
  readonly #container: Phaser.GameObjects.Container;
  readonly #fill: Phaser.GameObjects.Image;
  readonly #text: Phaser.GameObjects.BitmapText;
  readonly #plate: Phaser.GameObjects.NineSlice;
  readonly #corner: boolean;
  readonly #y: number;

  constructor(scene: Phaser.Scene, { x, y, corner = false }: BarPlace) {
    this.#scene = scene;
    this.#corner = corner;
    this.#y = y;
    const left = corner ? -WIDTH : 0;
    this.#plate = scene.add.nineslice(0, -6, 'ui', 'panel-plain', 24, 42, 8, 8, 8, 8).setOrigin(0);
    const frame = scene.add.nineslice(left, 0, 'ui', 'bar-frame', WIDTH, 14, 6, 6, 6, 6).setOrigin(0);
    this.#fill = scene.add
      .image(left + INSET, INSET, 'ui', 'bar-fill')
      .setOrigin(0)
      .setDisplaySize(1, 6);
    this.#text = label(scene, 0, 15, '', { color: COLORS.bright, shadow: true });
    this.#container = scene.add
      .container(x, y, [this.#plate, frame, this.#fill, this.#text])
      .setScrollFactor(0, 0, true);
    this.#container.setDepth(9000);
    const { events, modelState } = scene.parley;
    events.on('worker-lost', this.#lost, this);
    scene.events.once('shutdown', () => events.off('worker-lost', this.#lost, this));
    if (modelState === 'ready' || modelState === 'none' || !scene.parley.enabled) {
      this.#container.setVisible(false);
      return;
    }
    if (modelState === 'failed') this.#failed();
    else this.#say('Waking the village…');
    events.on('model-progress', this.#progress, this);
    events.on('model-ready', this.#ready, this);
    events.on('model-error', this.#failed, this);
    scene.events.once('shutdown', () => {
      events.off('model-progress', this.#progress, this);
      events.off('model-ready', this.#ready, this);
      events.off('model-error', this.#failed, this);
    });
  }

  #progress({ loadedBytes, totalBytes }: LoadProgress): void {
    const share = totalBytes ? Math.min(1, loadedBytes / totalBytes) : 0;
    this.#fill.setDisplaySize(Math.max(1, Math.round((WIDTH - 2 * INSET) * share)), 6);
    const size =
      totalBytes && totalBytes > LARGE ? `\nBundled with the game: ${Math.round(totalBytes / 1e6)} MB` : '';
    this.#say(totalBytes ? `Waking the village… ${Math.floor(share * 100)} %${size}` : 'Waking the village…');
  }

  #ready(): void {
    this.#fill.setDisplaySize(WIDTH - 2 * INSET, 6);
    this.#say('Everyone is awake.');
    this.#scene.tweens.add({
      targets: this.#container,
      alpha: 0,
      delay: 1600,
      duration: 500,
      onComplete: () => this.#container.setVisible(false).setAlpha(1),
    });
  }

  #failed(): void {
    this.#say(NO_MODEL);
  }

  #lost({ final }: { readonly final: boolean }): void {
    if (final) toast(this.#scene, NO_MODEL);
  }

  #say(text: string): void {
    this.#text.setText(text);
    const width = Math.ceil(this.#text.width);
    if (this.#corner) this.#text.setX(-width);
    const wide = Math.max(WIDTH, width);
    this.#plate.setX(this.#corner ? -wide - 7 : -7).setSize(wide + 14, 28 + Math.ceil(this.#text.height));
    // Its lower edge stays where it is.
    this.#container.setY(this.#y - (this.#corner ? Math.ceil(this.#text.height) - 14 : 0));
  }
}
