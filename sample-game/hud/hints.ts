import * as Phaser from 'phaser';
import { announce } from '../menu/screen-reader.js';
import { COLORS } from './style.js';

/** How to walk and talk, until the player has talked once. */
export class Hints {
  readonly #scene: Phaser.Scene;
  readonly #text: Phaser.GameObjects.BitmapText;
  #done = false;

  constructor(scene: Phaser.Scene) {
    this.#scene = scene;
    const talked = Object.keys(scene.registry.getAll()).some((key) => key.startsWith('met.'));
    const touch = window.matchMedia('(pointer: coarse)').matches;
    const words = touch ? 'Tap to walk. Tap someone to talk.' : 'Arrows or click to walk, E to talk';
    if (!talked) announce(words);
    this.#text = scene.add
      .bitmapText(0, 0, 'saltmere', words, 14)
      .setOrigin(0.5, 1)
      .setTint(COLORS.bright)
      .setDropShadow(1, 1, COLORS.ink, 1)
      .setScrollFactor(0, 0)
      .setDepth(9000)
      .setVisible(!talked);
    const place = () => {
      const { width, height } = scene.cameras.main;
      this.#text.setPosition(Math.round(width / 2), height - 6);
    };
    place();
    scene.scale.on(Phaser.Scale.Events.RESIZE, place);
    scene.events.once('shutdown', () => scene.scale.off(Phaser.Scale.Events.RESIZE, place));
  }

  /** The player knows how it goes. */
  talked(): void {
    if (this.#done) return;
    this.#done = true;
    this.#scene.tweens.add({
      targets: this.#text,
      alpha: 0,
      duration: 300,
      onComplete: () => this.#text.destroy(),
    });
  }
}
