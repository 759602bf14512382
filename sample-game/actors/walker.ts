import type * as Phaser from 'phaser';
import { reducedMotion } from '../settings/settings-keeper.js';
import { DEPTH } from '../world/scenery.js';
import { FEET } from '../world/walls.js';

export type Facing = 'down' | 'left' | 'right' | 'up';

const FACINGS: readonly Facing[] = ['down', 'left', 'right', 'up'];
const FRAME = { width: 24, height: 32, footY: 30 };

/** Makes the walking and standing animations of everyone in the sheet. */
export function createPeopleAnimations(scene: Phaser.Scene, names: readonly string[]): void {
  for (const name of names) {
    for (const facing of FACINGS) {
      const walk = `${name}-walk-${facing}`;
      const idle = `${name}-idle-${facing}`;
      const frames = (prefix: string, end: number) =>
        scene.anims.generateFrameNames('characters', { prefix: `${prefix}-`, start: 0, end });
      scene.anims.create({ key: walk, frames: frames(walk, 3), frameRate: 7, repeat: -1 });
      scene.anims.create({ key: idle, frames: frames(idle, 1), frameRate: 1.6, repeat: -1 });
    }
  }
}

/** A person on the ground: a sprite with a shadow that walks, stands and looks. */
export class Walker {
  readonly sprite: Phaser.Physics.Arcade.Sprite;
  readonly #name: string;
  readonly #shadow: Phaser.GameObjects.Image;
  #facing: Facing;

  constructor(scene: Phaser.Scene, name: string, x: number, y: number, facing: Facing) {
    this.#name = name;
    this.#facing = facing;
    this.#shadow = scene.add.image(x + 3, y - 1, 'props', 'shadow-character').setDepth(DEPTH.shadow);
    this.sprite = scene.physics.add.sprite(x, y, 'characters', `${name}-idle-${facing}-0`);
    this.sprite.setCollideWorldBounds(true);
    const body = this.sprite.body as Phaser.Physics.Arcade.Body;
    body
      .setSize(FEET.left + FEET.right, FEET.up + FEET.down)
      .setOffset(FRAME.width / 2 - FEET.left, FRAME.footY - FEET.up);
    this.stand();
  }

  get x(): number {
    return this.sprite.x;
  }

  get y(): number {
    return this.sprite.y;
  }

  /** Which way it looks. */
  get facing(): Facing {
    return this.#facing;
  }

  /** Walks with a velocity in pixels a second; stands where it is zero. */
  walk(velocityX: number, velocityY: number): void {
    if (velocityX === 0 && velocityY === 0) {
      this.stand();
      return;
    }
    this.sprite.setVelocity(velocityX, velocityY);
    this.#facing =
      Math.abs(velocityX) > Math.abs(velocityY)
        ? velocityX < 0
          ? 'left'
          : 'right'
        : velocityY < 0
          ? 'up'
          : 'down';
    this.sprite.play(`${this.#name}-walk-${this.#facing}`, true);
  }

  stand(): void {
    const idle = `${this.#name}-idle-${this.#facing}`;
    this.sprite.setVelocity(0, 0);
    if (reducedMotion(this.sprite.scene)) this.sprite.stop().setFrame(`${idle}-0`);
    else this.sprite.play(idle, true);
  }

  /** Turns to a point. */
  lookAt(x: number, y: number): void {
    const [dx, dy] = [x - this.x, y - this.y];
    this.#facing = Math.abs(dx) > Math.abs(dy) ? (dx < 0 ? 'left' : 'right') : dy < 0 ? 'up' : 'down';
  }

  face(facing: Facing): void {
    this.#facing = facing;
  }

  /** Keeps depth and shadow with the feet; call once a frame. */
  update(): void {
    this.sprite.setDepth(this.y);
    this.#shadow.setPosition(Math.round(this.x) + 3, Math.round(this.y) - 1);
  }

  distanceTo(other: Walker): number {
    return Math.hypot(this.x - other.x, this.y - other.y);
  }
}
