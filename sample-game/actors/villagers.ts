import type * as Phaser from 'phaser';
import type { NpcDialogue } from 'phaser-parley';
import { BUBBLE_STYLE } from '../hud/style.js';
import { DEPTH } from '../world/scenery.js';
import { PIP_PATH, PLACES } from '../world/village-map.js';
import { type Facing, Walker } from './walker.js';

/** Everyone who talks; the id names persona, sprites and portraits. */
export const VILLAGERS = [
  { id: 'mira' },
  { id: 'bess' },
  { id: 'orrin' },
  { id: 'pip' },
  { id: 'sailor' },
] as const;

/** Pixels from foot to foot at which the player can talk, and is noticed. */
export const TALK_DISTANCE = 30;
const NOTICE_DISTANCE = 56;
const STROLL_SPEED = 34;
/** Milliseconds between two unprompted lines of one person. */
const BARK_PAUSE_MS = 16_000;

/** One of the village: walks or stands, turns to the player, calls out, and talks. */
export class Villager {
  readonly npc: NpcDialogue;
  readonly walker: Walker;
  readonly #home: { readonly x: number; readonly y: number };
  readonly #facing: Facing;
  readonly #path: readonly { x: number; y: number }[];
  #goal = 0;
  #restMs = 0;
  #barkMs: number;

  constructor(scene: Phaser.Scene, id: (typeof VILLAGERS)[number]['id'], index: number) {
    const place = PLACES[id];
    this.#home = place;
    this.#facing = place.facing;
    this.#path = id === 'pip' ? PIP_PATH : [];
    this.#barkMs = 4000 + index * 5000;
    this.walker = new Walker(scene, id, place.x, place.y, place.facing);
    this.walker.sprite.setImmovable(true);
    this.npc = scene.add.npcDialogue(this.walker.sprite, id, {
      bubble: { ...BUBBLE_STYLE, depth: DEPTH.hud },
      scene: () => 'It is dusk in the harbor.',
    });
  }

  /** @param busy the player talks to this one; @param quiet the player talks to anyone */
  update(deltaMs: number, player: Walker, busy: boolean, quiet: boolean): void {
    const distance = this.walker.distanceTo(player);
    if (busy || distance < NOTICE_DISTANCE) {
      this.walker.lookAt(player.x, player.y);
      this.walker.stand();
    } else if (this.#path.length > 0) {
      this.#stroll(deltaMs);
    } else {
      this.walker.face(this.#facing);
      this.walker.stand();
    }
    this.#barkMs -= deltaMs;
    if (this.#barkMs <= 0 && !quiet) {
      this.#barkMs = BARK_PAUSE_MS + Math.random() * BARK_PAUSE_MS;
      if (distance > TALK_DISTANCE) this.npc.bark();
    }
    this.walker.update();
  }

  /** From one point of the path to the next, with a rest at each. */
  #stroll(deltaMs: number): void {
    const { x, y } = this.#path[this.#goal] ?? this.#home;
    const [dx, dy] = [x - this.walker.x, y - this.walker.y];
    const length = Math.hypot(dx, dy);
    this.#restMs -= deltaMs;
    if (this.#restMs > 0) {
      this.walker.stand();
    } else if (length < 2) {
      this.#goal = (this.#goal + 1) % this.#path.length;
      this.#restMs = 1500 + Math.random() * 2500;
    } else {
      this.walker.walk((dx / length) * STROLL_SPEED, (dy / length) * STROLL_SPEED);
    }
  }
}
