import * as Phaser from 'phaser';
import { listen } from '../listen.js';

/** Pixels a second. */
const SPEED = 78;
/** A pointer this near to the player's feet has been reached. */
const REACHED = 1;

type Keys = Record<'up' | 'down' | 'left' | 'right' | 'w' | 'a' | 's' | 'd', Phaser.Input.Keyboard.Key>;

/** Arrow keys, WASD, a stick (the scene's event `stick`), or a held pointer to walk to: mouse and touch alike. */
export class Controls {
  readonly #scene: Phaser.Scene;
  readonly #keys: Keys | undefined;
  readonly #stick = new Phaser.Math.Vector2();
  #target: Phaser.Math.Vector2 | undefined;

  constructor(scene: Phaser.Scene) {
    this.#scene = scene;
    const keys = scene.input.keyboard?.addKeys({
      up: 'UP',
      down: 'DOWN',
      left: 'LEFT',
      right: 'RIGHT',
      w: 'W',
      a: 'A',
      s: 'S',
      d: 'D',
    });
    this.#keys = keys as Keys | undefined;
    listen(scene, scene.events, 'stick', (x: number, y: number) => this.#stick.set(x, y));
  }

  /** Walks toward a point of the world until it is reached or a key is pressed. */
  walkTo(x: number, y: number): void {
    this.#target = new Phaser.Math.Vector2(x, y);
  }

  stop(): void {
    this.#target = undefined;
  }

  /** The velocity wanted now, in pixels a second, for feet at x, y. @param deltaMs until it is asked for again, about */
  velocity(x: number, y: number, deltaMs: number): Phaser.Math.Vector2 {
    const keys = this.#keys;
    const held = (...list: (Phaser.Input.Keyboard.Key | undefined)[]) => list.some((key) => key?.isDown);
    const wanted = new Phaser.Math.Vector2(
      Number(held(keys?.right, keys?.d)) - Number(held(keys?.left, keys?.a)),
      Number(held(keys?.down, keys?.s)) - Number(held(keys?.up, keys?.w)),
    );
    if (wanted.lengthSq() === 0) wanted.copy(this.#stick);
    let speed = SPEED;
    if (wanted.lengthSq() > 0) this.#target = undefined;
    else if (this.#target) {
      const pointer = this.#scene.input.activePointer;
      if (pointer.isDown) this.#target.set(pointer.worldX, pointer.worldY);
      wanted.set(this.#target.x - x, this.#target.y - y);
      if (wanted.length() < REACHED) {
        // A pointer that is held may lead on from here.
        if (!pointer.isDown) this.#target = undefined;
        wanted.reset();
      }
      // A slow frame must not carry the player past it, and back with the next one.
      speed = Math.min(SPEED, (wanted.length() * 1000) / deltaMs);
    }
    return wanted.lengthSq() > 0 ? wanted.normalize().scale(speed) : wanted;
  }
}
