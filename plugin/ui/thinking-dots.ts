import type * as Phaser from 'phaser';

const DOTS = 3;
const RADIUS = 3;
const GAP = 11;
const BOB = 3;
const PERIOD_MS = 900;

/** Three dots that bob one after another while the first word is awaited; still where motion is unwanted. */
export class ThinkingDots {
  static readonly width = (DOTS - 1) * GAP + 2 * RADIUS;
  readonly object: Phaser.GameObjects.Graphics;
  readonly #color: number;
  readonly #still: () => boolean;
  #timeMs = 0;

  constructor(scene: Phaser.Scene, color: number, still: () => boolean) {
    this.object = scene.make.graphics({}, false).setVisible(false);
    this.#color = color;
    this.#still = still;
  }

  setVisible(visible: boolean): void {
    if (visible && !this.object.visible) this.#timeMs = 0;
    this.object.setVisible(visible);
  }

  /** Draws the dots from `x` on, around the height `y`. */
  draw(x: number, y: number, deltaMs: number): void {
    this.#timeMs += deltaMs;
    this.object.clear();
    for (let dot = 0; dot < DOTS; dot++) {
      const phase = (this.#timeMs / PERIOD_MS - dot * 0.16) * 2 * Math.PI;
      const lift = this.#still() ? 0 : Math.max(0, Math.sin(phase));
      this.object
        .fillStyle(this.#color, 0.45 + 0.55 * lift)
        .fillCircle(x + RADIUS + dot * GAP, Math.round(y - lift * BOB), RADIUS);
    }
  }
}
