import * as Phaser from 'phaser';
import type { Rect } from '../ui/css-rect.js';
import { Approach, type Point } from './approach.js';
import type { NpcDialogue } from './npc-dialogue.js';
import { placeOf } from './place-of.js';
import { Presence, type PresenceOptions } from './presence.js';
import { presenceBody } from './presence-body.js';

/** Pixels of the world from which a character's answer is prepared. */
const PREPARE_DISTANCE = 160;
/** Between two looks at where the player is. */
const WATCH_MS = 100;
/** Pixels of the world from which the player hears who speaks. */
const EARSHOT = 160;
/** Behind a voice, before the next one begins of its own accord. */
const SILENCE_MS = 1500;

export interface WatchOptions extends PresenceOptions {
  /** Pixels of the world; the next answer of who stands farther is not prepared. Default 160. */
  readonly prepareDistance?: number;
}

export interface WatchHost {
  readonly characters: readonly NpcDialogue[];
  /** The player talks to someone. */
  readonly talking: boolean;
}

/** Watches where a player is for the characters of a scene. */
export class PlayerWatch {
  readonly #scene: Phaser.Scenes.Systems;
  readonly #host: WatchHost;
  readonly #player: Point;
  readonly #options: WatchOptions;
  readonly #approach: Approach<NpcDialogue>;
  readonly #presences = new Map<NpcDialogue, Presence>();
  #lastMs: number | undefined;
  /** When someone near the player was last heard. */
  #heardMs = Number.NEGATIVE_INFINITY;
  /** Whom the player walks toward, and what ends the preparation. */
  #expected: { readonly npc: NpcDialogue; readonly abort: AbortController } | undefined;

  /** @throws RangeError a distance or a pause is no number from 0 */
  constructor(scene: Phaser.Scenes.Systems, host: WatchHost, player: Point, options: WatchOptions) {
    const { prepareDistance = PREPARE_DISTANCE } = options;
    this.#scene = scene;
    this.#host = host;
    this.#player = player;
    this.#options = options;
    this.#approach = new Approach(prepareDistance);
    // What is wrong with the options is said here, not in a later frame.
    new Presence(options, presenceBody(undefined, options));
    scene.events.on(Phaser.Scenes.Events.UPDATE, this.#onUpdate, this);
  }

  /** What is seen of the player, in the world; undefined where that is only a point. */
  get bounds(): Rect | undefined {
    const { getBounds } = this.#player as Partial<Phaser.GameObjects.Sprite>;
    return getBounds?.call(this.#player);
  }

  /** Who stood near while the model was loading was not prepared. */
  modelReady(): void {
    this.#expected = undefined;
  }

  /** A character is gone. */
  forget(npc: NpcDialogue): void {
    this.#presences.delete(npc);
    if (this.#expected?.npc === npc) this.#expected = undefined;
  }

  destroy(): void {
    this.#expected?.abort.abort();
    for (const presence of this.#presences.values()) presence.end();
    this.#presences.clear();
    this.#scene.events.off(Phaser.Scenes.Events.UPDATE, this.#onUpdate, this);
  }

  #onUpdate(timeMs: number): void {
    const elapsedMs = this.#lastMs === undefined ? 0 : timeMs - this.#lastMs;
    if (this.#lastMs !== undefined && elapsedMs < WATCH_MS) return;
    this.#lastMs = timeMs;
    const places = this.#host.characters.map((npc) => [npc, placeOf(npc.sprite)] as const);
    this.#prepare(this.#approach.nearest(this.#player, places, elapsedMs));
    const voices = new Set(places.filter(([npc, at]) => this.#hears(npc, at)).map(([npc]) => npc));
    if (voices.size > 0) this.#heardMs = timeMs;
    for (const [npc, at] of places) {
      const spoken = timeMs - this.#heardMs < SILENCE_MS;
      this.#presenceOf(npc)?.update({
        nowMs: timeMs,
        dx: this.#player.x - at.x,
        dy: this.#player.y - at.y,
        talking: npc.talking,
        quiet: this.#host.talking,
        others: spoken && !(voices.size === 1 && voices.has(npc)),
      });
      // Who has just begun keeps the next one from it.
      if (!this.#hears(npc, at)) continue;
      voices.add(npc);
      this.#heardMs = timeMs;
    }
  }

  #hears(npc: NpcDialogue, { x, y }: Point): boolean {
    return npc.speaking && Math.hypot(this.#player.x - x, this.#player.y - y) <= EARSHOT;
  }

  #prepare(npc: NpcDialogue | undefined): void {
    if (npc === this.#expected?.npc) return;
    // What was computed for the one before stays in that one's cache.
    this.#expected?.abort.abort();
    this.#expected = npc && { npc, abort: new AbortController() };
    if (this.#expected) void this.#expected.npc.prefetch(this.#expected.abort.signal);
  }

  #presenceOf(npc: NpcDialogue): Presence | undefined {
    if (npc.presence === false) return undefined;
    let presence = this.#presences.get(npc);
    if (!presence) {
      const options = { ...this.#options, ...npc.presence };
      presence = new Presence(options, presenceBody(npc, options));
      this.#presences.set(npc, presence);
    }
    return presence;
  }
}
