/** A scene that keeps the renderer busy: many sprites that move in every frame, and the speakers among them. */
import * as Phaser from 'phaser';

export const SIZE = { width: 800, height: 450 };
export const SPRITES = 300;
const TEXTURE = 'dot';
const TEXTURE_SIZE = 16;
const SPEAKER_SCALE = 2;
/** Pixels a second. */
const SPEED = 60;

export class CrowdScene extends Phaser.Scene {
  readonly created: Promise<void>;
  #onCreated!: () => void;
  readonly #crowd: { readonly sprite: Phaser.GameObjects.Sprite; vx: number; vy: number }[] = [];

  constructor() {
    super('crowd');
    this.created = new Promise((resolve) => {
      this.#onCreated = resolve;
    });
  }

  create(): void {
    const radius = TEXTURE_SIZE / 2;
    const drawing = this.make.graphics({}, false);
    drawing.fillStyle(0xf2c14e).fillCircle(radius, radius, radius);
    drawing.generateTexture(TEXTURE, TEXTURE_SIZE, TEXTURE_SIZE);
    drawing.destroy();
    for (let i = 0; i < SPRITES; i++) {
      // The golden angle: all directions, the same in every run.
      const angle = i * 2.399963;
      const x = ((i * 97) % SIZE.width) + 0.5;
      const y = ((i * 61) % SIZE.height) + 0.5;
      const sprite = this.add.sprite(x, y, TEXTURE);
      this.#crowd.push({ sprite, vx: SPEED * Math.cos(angle), vy: SPEED * Math.sin(angle) });
    }
    this.#onCreated();
  }

  override update(_time: number, deltaMs: number): void {
    for (const one of this.#crowd) {
      const { sprite, vx, vy } = one;
      sprite.x += (vx * deltaMs) / 1000;
      sprite.y += (vy * deltaMs) / 1000;
      if (sprite.x < 0 !== vx > 0 && (sprite.x < 0 || sprite.x > SIZE.width)) one.vx = -vx;
      if (sprite.y < 0 !== vy > 0 && (sprite.y < 0 || sprite.y > SIZE.height)) one.vy = -vy;
    }
  }

  /** A sprite to speak, one of `count` beside each other. */
  addSpeaker(index: number, count: number): Phaser.GameObjects.Sprite {
    const x = ((index + 0.5) * SIZE.width) / count;
    return this.add.sprite(x, SIZE.height * 0.75, TEXTURE).setScale(SPEAKER_SCALE);
  }
}
