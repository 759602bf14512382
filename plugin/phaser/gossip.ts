import * as Phaser from 'phaser';
import { tell } from '../dialogue/index.js';
import { type GossipOptions, GossipSchedule } from './gossip-schedule.js';
import type { NpcDialogue } from './npc-dialogue.js';
import { placeOf } from './place-of.js';

/** Between two looks at who stands with whom. */
const LOOK_MS = 1000;

export interface GossipHost {
  readonly characters: readonly NpcDialogue[];
  /** The model is there and has nothing to do, and the player is in no talk. */
  readonly idle: boolean;
  /** Two have talked. */
  told(one: NpcDialogue, other: NpcDialogue): void;
}

/** Lets characters of a scene talk to each other while nobody else does. */
export class Gossip {
  readonly #scene: Phaser.Scenes.Systems;
  readonly #host: GossipHost;
  readonly #options: GossipOptions;
  readonly #schedule: GossipSchedule;
  #running: AbortController | undefined;
  #lookedMs = 0;

  /** @throws RangeError an option is out of its range */
  constructor(scene: Phaser.Scenes.Systems, host: GossipHost, options: GossipOptions) {
    this.#scene = scene;
    this.#host = host;
    this.#options = options;
    this.#schedule = new GossipSchedule(options);
    scene.events.on(Phaser.Scenes.Events.UPDATE, this.#onUpdate, this);
  }

  /** The player speaks: whoever gossips falls silent. */
  interrupt(): void {
    this.#running?.abort();
  }

  destroy(): void {
    this.interrupt();
    this.#scene.events.off(Phaser.Scenes.Events.UPDATE, this.#onUpdate, this);
  }

  #onUpdate(timeMs: number): void {
    if (timeMs - this.#lookedMs < LOOK_MS) return;
    this.#lookedMs = timeMs;
    if (this.#running || !this.#host.idle || this.#host.characters.some((npc) => npc.speaking)) return;
    const people = this.#host.characters.map((npc) => ({
      id: npc.id,
      npc,
      at: placeOf(npc.sprite),
      free: !npc.talking,
    }));
    const pair = this.#schedule.next(timeMs, people);
    if (pair) void this.#talk(pair[0].npc, pair[1].npc);
  }

  async #talk(one: NpcDialogue, other: NpcDialogue): Promise<void> {
    const abort = new AbortController();
    this.#running = abort;
    const { lines } = this.#options;
    const options = { signal: abort.signal, ...(lines === undefined ? {} : { lines }) };
    let spoke = false;
    const heard = () => {
      spoke = true;
    };
    one.once('utterance', heard);
    other.once('utterance', heard);
    try {
      // Either may have something to begin with.
      if (!(await one.talkTo(other, options)) && !spoke) await other.talkTo(one, options);
    } catch (error) {
      if (!abort.signal.aborted) tell('error', 'two characters could not talk to each other.', error);
    } finally {
      one.off('utterance', heard);
      other.off('utterance', heard);
      this.#running = undefined;
      if (spoke) {
        this.#schedule.ended(this.#lookedMs);
        this.#host.told(one, other);
      }
    }
  }
}
