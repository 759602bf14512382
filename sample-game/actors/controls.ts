import * as Phaser from 'phaser';
import { listen } from '../listen.js';
import { type FindWay, Walk } from './walk.js';
import type { Point } from './way-finder.js';

/** Pixels a second. */
const SPEED = 78;
/** A held pointer leads on once it has moved so far, in pixels, and so often: a way takes a while to find. */
const LEAD = 1;
const LEAD_PAUSE_MS = 100;

type Keys = Record<'up' | 'down' | 'left' | 'right' | 'w' | 'a' | 's' | 'd', Phaser.Input.Keyboard.Key>;

/** Arrow keys, WASD, a stick (the scene's event `stick`), or a pointer that is clicked or held to walk to: mouse and touch. */
export class Controls {
  readonly #scene: Phaser.Scene;
  readonly #keys: Keys | undefined;
  readonly #stick = new Phaser.Math.Vector2();
  readonly #find: FindWay;
  #walk: Walk | undefined;
  /** The point under the pointer that leads; undefined on the walk to a person. */
  #lead: Point | undefined;
  #sinceLeadMs = 0;

  constructor(scene: Phaser.Scene, find: FindWay) {
    this.#scene = scene;
    this.#find = find;
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

  /** Walks to a point of the world, around things, until a key is pressed. */
  walkTo(point: Point): void {
    this.#lead = { x: point.x, y: point.y };
    this.#sinceLeadMs = 0;
    this.#walk = new Walk(this.#find, this.#lead);
  }

  /** Walks up to somebody, who may walk on meanwhile. @param within pixels that are near enough */
  walkUpTo(person: Point, within: number): void {
    this.#lead = undefined;
    this.#walk = new Walk(this.#find, person, within);
  }

  /** Where the walk ends that a pointer began. */
  get goal(): Point | undefined {
    return this.#walk?.end;
  }

  stop(): void {
    this.#walk = undefined;
    this.#lead = undefined;
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
    if (wanted.lengthSq() > 0) {
      this.stop();
      return wanted.normalize().scale(SPEED);
    }
    this.#followPointer(deltaMs);
    const velocity = this.#walk?.velocity({ x, y }, SPEED, deltaMs);
    if (velocity) return wanted.set(velocity.x, velocity.y);
    this.#walk = undefined;
    // A pointer that is held may lead on from here.
    if (!this.#scene.input.activePointer.isDown) this.#lead = undefined;
    return wanted;
  }

  #followPointer(deltaMs: number): void {
    this.#sinceLeadMs += deltaMs;
    const { isDown, worldX, worldY } = this.#scene.input.activePointer;
    if (!isDown || !this.#lead || this.#sinceLeadMs < LEAD_PAUSE_MS) return;
    if (Math.hypot(worldX - this.#lead.x, worldY - this.#lead.y) > LEAD)
      this.walkTo({ x: worldX, y: worldY });
  }
}
