import type * as Phaser from 'phaser';

const PERIOD_MS = 700;

/** A small triangle that bobs where more pages follow. */
export class NextMark {
  readonly object: Phaser.GameObjects.Graphics;
  readonly #still: () => boolean;
  #timeMs = 0;

  constructor(scene: Phaser.Scene, color: number, still: () => boolean) {
    this.#still = still;
    this.object = scene.make
      .graphics({}, false)
      .fillStyle(color, 1)
      .fillTriangle(-6, -4, 6, -4, 0, 4)
      .setVisible(false);
  }

  draw(x: number, y: number, deltaMs: number, visible: boolean): void {
    this.#timeMs = visible ? this.#timeMs + deltaMs : 0;
    const bob = this.#still() ? 0 : Math.round(2 * Math.sin((this.#timeMs / PERIOD_MS) * 2 * Math.PI));
    this.object.setVisible(visible).setPosition(x, y + bob);
  }
}
