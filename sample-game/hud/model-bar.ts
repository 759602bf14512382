import type * as Phaser from 'phaser';
import type { LoadProgress } from 'phaser-parley';
import { COLORS } from './style.js';
import { toast } from './toast.js';

const WIDTH = 92;
const INSET = 4;
const NO_MODEL = 'They are short of words tonight.';

/** Says how far the model is, and goes away when it is there; people speak their authored lines until then. */
export class ModelBar {
  readonly #scene: Phaser.Scene;
  readonly #container: Phaser.GameObjects.Container;
  readonly #fill: Phaser.GameObjects.Image;
  readonly #text: Phaser.GameObjects.BitmapText;

  constructor(scene: Phaser.Scene) {
    this.#scene = scene;
    const frame = scene.add.nineslice(0, 0, 'ui', 'bar-frame', WIDTH, 14, 6, 6, 6, 6).setOrigin(0);
    this.#fill = scene.add.image(INSET, INSET, 'ui', 'bar-fill').setOrigin(0).setDisplaySize(1, 6);
    this.#text = scene.add
      .bitmapText(0, 15, 'saltmere', '', 14)
      .setTint(COLORS.bright)
      .setDropShadow(1, 1, COLORS.ink, 1);
    this.#container = scene.add.container(6, 6, [frame, this.#fill, this.#text]).setScrollFactor(0, 0, true);
    this.#container.setDepth(9000);
    const { events, modelState } = scene.parley;
    events.on('worker-lost', this.#lost, this);
    scene.events.once('shutdown', () => events.off('worker-lost', this.#lost, this));
    if (modelState === 'ready') {
      this.#container.setVisible(false);
      return;
    }
    this.#say('Waking the village…');
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
    this.#say(totalBytes ? `Waking the village… ${Math.floor(share * 100)} %` : 'Waking the village…');
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
  }
}
