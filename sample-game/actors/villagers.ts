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
  { id: 'tomas' },
] as const;
export type VillagerId = (typeof VILLAGERS)[number]['id'];

/** Pixels from foot to foot at which the player can talk, and is noticed. */
export const TALK_DISTANCE = 30;
const NOTICE_DISTANCE = 56;
const STROLL_SPEED = 34;
/** Somewhat faster than the player, so as not to be left behind. */
const FOLLOW_SPEED = 90;
/** Least milliseconds between two unprompted lines of one person. */
const BARK_PAUSE_MS = 16_000;

/** One of the village: walks or stands, turns to the player, calls out, and talks. */
export class Villager {
  readonly npc: NpcDialogue;
  readonly walker: Walker;
  readonly #home: { readonly x: number; readonly y: number };
  readonly #facing: Facing;
  readonly #path: readonly { x: number; y: number }[];
  #goal = 0;
  /** Where somebody who follows wants to be. */
  #following: { readonly x: number; readonly y: number } | undefined;
  #restMs = 0;
  /** The player is near. */
  #noticed = false;
  #quiet = false;

  constructor(scene: Phaser.Scene, id: VillagerId) {
    const place = PLACES[id];
    this.#home = place;
    this.#facing = place.facing;
    this.#path = id === 'pip' ? PIP_PATH : [];
    this.walker = new Walker(scene, id, place.x, place.y, place.facing);
    this.walker.sprite.setImmovable(true);
    this.npc = scene.add.npcDialogue(this.walker.sprite, id, {
      bubble: { ...BUBBLE_STYLE, depth: DEPTH.hud },
      scene: () => 'It is dusk in the harbor.',
      presence: {
        talkDistance: TALK_DISTANCE,
        noticeDistance: NOTICE_DISTANCE,
        look: (dx, dy) => this.walker.lookAt(this.walker.x + dx, this.walker.y + dy),
        callOut: false,
        barkPauseMs: BARK_PAUSE_MS,
        quiet: () => this.#quiet,
      },
    });
    this.npc.on('notice', () => {
      this.#noticed = true;
    });
    this.npc.on('lose', () => {
      this.#noticed = false;
    });
  }

  /** @param busy the player talks to this one; @param quiet nobody calls out */
  update(deltaMs: number, busy: boolean, quiet: boolean): void {
    this.#quiet = quiet;
    if (this.#following && !busy) {
      this.#walkTo(this.#following, FOLLOW_SPEED);
    } else if (busy || this.#noticed) {
      this.walker.stand();
    } else if (this.#path.length > 0) {
      this.#stroll(deltaMs);
    } else {
      this.walker.face(this.#facing);
      this.walker.stand();
    }
    this.walker.update();
  }

  /** Walks to a point until told otherwise. @param point undefined: stays from now on where it is */
  follow(point: { readonly x: number; readonly y: number } | undefined): void {
    this.#following = point;
  }

  #walkTo({ x, y }: { readonly x: number; readonly y: number }, speed: number): void {
    const [dx, dy] = [x - this.walker.x, y - this.walker.y];
    const length = Math.hypot(dx, dy);
    if (length < 2) this.walker.stand();
    else this.walker.walk((dx / length) * speed, (dy / length) * speed);
  }

  /** From one point of the path to the next, with a rest at each. */
  #stroll(deltaMs: number): void {
    const point = this.#path[this.#goal] ?? this.#home;
    this.#restMs -= deltaMs;
    if (this.#restMs > 0) {
      this.walker.stand();
    } else if (Math.hypot(point.x - this.walker.x, point.y - this.walker.y) < 2) {
      this.#goal = (this.#goal + 1) % this.#path.length;
      this.#restMs = 1500 + Math.random() * 2500;
    } else {
      this.#walkTo(point, STROLL_SPEED);
    }
  }
}
