import * as Phaser from 'phaser';
import type { Line } from 'phaser-parley';
import { Trail } from '../actors/trail.js';
import type { Villager } from '../actors/villagers.js';
import type { VillageScene } from '../scenes/village-scene.js';
import { epilogue } from './ending.js';
import { onFlag } from './flags.js';

/** Pixels between brother and sister at which they see each other. */
const REUNION_DISTANCE = 52;
/** Pixels that a follower stays behind. */
const FOLLOW_DISTANCE = 22;
/** To read a line of the last scene. */
const READING_MS = 2600;
const FADE_MS = 1400;

/** Who says what when they meet. */
const REUNION: readonly (readonly [id: string, line: Line])[] = [
  ['mira', { text: 'You great soft-headed plank!', emotion: 'angry' }],
  ['tomas', { text: 'I missed you too. Mind the leg. Mind the… ow.', emotion: 'happy' }],
  ['mira', { text: 'Two nights, Tomas! …Is that the lamp? Did you do that?', emotion: 'surprised' }],
  ['tomas', { text: 'We all did. Look at her go round.', emotion: 'proud' }],
];

/** What the talks set in motion: Tomas at the door, Mira on the way, and the end. */
export class Story {
  readonly #scene: VillageScene;
  readonly #trail = new Trail();
  #ending = false;

  constructor(scene: VillageScene) {
    this.#scene = scene;
    if (this.#is('door.open')) scene.addVillager('tomas');
    onFlag(scene, 'door.open', (open) => {
      if (open) scene.addVillager('tomas');
    });
  }

  /** No one walks or talks while the end plays. */
  get ending(): boolean {
    return this.#ending;
  }

  /** Once a frame. */
  update(): void {
    const { player } = this.#scene;
    this.#trail.add(player.x, player.y);
    const mira = this.#villager('mira');
    if (!mira || this.#ending || !this.#is('mira.follows')) return;
    mira.follow(this.#trail.behind(FOLLOW_DISTANCE));
    const tomas = this.#villager('tomas');
    if (tomas && mira.walker.distanceTo(tomas.walker) < REUNION_DISTANCE) void this.#reunion(mira, tomas);
  }

  async #reunion(mira: Villager, tomas: Villager): Promise<void> {
    this.#ending = true;
    const scene = this.#scene;
    const { registry } = scene;
    mira.follow(undefined);
    mira.walker.lookAt(tomas.walker.x, tomas.walker.y);
    tomas.walker.lookAt(mira.walker.x, mira.walker.y);
    scene.events.emit('reunion');
    for (const [id, line] of REUNION) {
      const { npc } = id === 'mira' ? mira : tomas;
      await npc.say(line, { overheard: true });
      await new Promise((resolve) => scene.time.delayedCall(READING_MS, resolve));
      // They stand close: the next bubble would lie over this one.
      npc.bubble?.clear();
    }
    registry.set('quest.solved', true);
    registry.set('mira.follows', false);
    const fates = epilogue(scene.villagers.map(({ npc }) => npc));
    scene.cameras.main.fadeOut(FADE_MS, 0x26, 0x1d, 0x40);
    scene.cameras.main.once(Phaser.Cameras.Scene2D.Events.FADE_OUT_COMPLETE, () => {
      scene.scene.start('ending', { fates });
    });
  }

  #villager(id: string): Villager | undefined {
    return this.#scene.villagers.find(({ npc }) => npc.id === id);
  }

  #is(key: string): boolean {
    return this.#scene.registry.get(key) === true;
  }
}
