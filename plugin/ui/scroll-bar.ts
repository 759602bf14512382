import type * as Phaser from 'phaser';

const WIDTH = 2;
const THUMB_SHARE = 0.3;

/** A thin bar beside a text that is scrolled back. */
export class ScrollBar {
  readonly object: Phaser.GameObjects.Graphics;
  readonly #color: number;

  constructor(scene: Phaser.Scene, color: number) {
    this.#color = color;
    this.object = scene.make.graphics({}, false).setVisible(false);
  }

  /** @param share 0: at the newest, at the bottom; 1: at the oldest */
  draw(x: number, y: number, height: number, share: number): void {
    const thumb = Math.round(height * THUMB_SHARE);
    this.object
      .clear()
      .fillStyle(this.#color, 0.25)
      .fillRect(x, y, WIDTH, height)
      .fillStyle(this.#color, 1)
      .fillRect(x, Math.round(y + (1 - share) * (height - thumb)), WIDTH, thumb);
  }
}
