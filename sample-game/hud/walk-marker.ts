import type * as Phaser from 'phaser';
import { reducedMotion } from '../settings/settings-keeper.js';
import { COLORS } from './style.js';

/** Pixels from the middle to the corners: the ground is seen from above at a slant. Wide around somebody's feet. */
const REACH = { x: 6, y: 4 };
const WIDE_REACH = { x: 9, y: 6 };
const FADE_MS = 260;

/** Four corners where a walk ends; they close in, stay while it lasts, and fade. */
export class WalkMarker {
  readonly #scene: Phaser.Scene;
  readonly #picture: Phaser.GameObjects.Graphics;
  #shown = false;
  #reach = REACH;

  /** @param depth over the evening, which would dim them, and so over who stands there */
  constructor(scene: Phaser.Scene, depth: number) {
    this.#scene = scene;
    this.#picture = scene.add.graphics().setDepth(depth).setAlpha(0);
  }

  /** @param at undefined: nobody walks anywhere */
  show(at: { readonly x: number; readonly y: number } | undefined): void {
    if (at) this.#picture.setPosition(Math.round(at.x), Math.round(at.y) - 1);
    if ((at !== undefined) === this.#shown) return;
    if (at) this.begin();
    else {
      this.#shown = false;
      this.#scene.tweens.add({ targets: this.#picture, alpha: 0, duration: FADE_MS });
    }
  }

  /** Another walk begins: the corners close in anew. @param around somebody */
  begin(around = false): void {
    this.#reach = around ? WIDE_REACH : REACH;
    this.#shown = true;
    this.#scene.tweens.killTweensOf(this.#picture);
    this.#picture.setAlpha(1);
    this.#scene.tweens.addCounter({
      from: reducedMotion(this.#scene) ? 0 : 3,
      to: 0,
      duration: FADE_MS,
      // Whole pixels only, or the art would blur.
      onUpdate: (tween) => this.#draw(Math.round(tween.getValue() ?? 0)),
    });
  }

  #draw(wider: number): void {
    const picture = this.#picture.clear();
    const [x, y] = [this.#reach.x + wider, this.#reach.y + wider];
    for (const [color, down] of [
      [COLORS.ink, 1],
      [COLORS.bright, 0],
    ] as const) {
      picture.fillStyle(color, down ? 0.6 : 1);
      for (const [sx, sy] of [
        [-1, -1],
        [1, -1],
        [-1, 1],
        [1, 1],
      ] as const) {
        picture.fillRect(sx < 0 ? -x : x - 3, sy * y + down, 3, 1);
        picture.fillRect(sx < 0 ? -x : x - 1, (sy < 0 ? -y : y - 1) + down, 1, 2);
      }
    }
  }
}
