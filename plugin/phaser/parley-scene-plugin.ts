import * as Phaser from 'phaser';
import type { ModelInfo, StorageState } from '../../engine/index.js';
import type { TypedEmitter } from '../ui/typed-emitter.js';
import { Approach, type Point } from './approach.js';
import type { ModelState } from './model-holder.js';
import type { NpcDialogue } from './npc-dialogue.js';
import type { Budget } from './options.js';
import type { ParleyApi, SaveOptions } from './parley-api.js';
import type { ParleyEvents } from './parley-events.js';
import type { ParleyPlugin } from './parley-plugin.js';
import { parleyOf } from './plugin-key.js';
import type { Spending } from './spending-log.js';

/** Pixels of the world from which a character is prepared. */
const WATCH_DISTANCE = 160;
/** Between two looks at where the player is. */
const WATCH_MS = 150;

interface Watch {
  readonly player: Point;
  readonly approach: Approach<NpcDialogue>;
  lastMs: number | undefined;
  /** Whom the player walks toward, and what ends the preparation. */
  expected: { readonly npc: NpcDialogue; readonly abort: AbortController } | undefined;
}

/** `this.parley` of a scene: the game's plugin, and the characters that live in this scene. */
export class ParleyScenePlugin extends Phaser.Plugins.ScenePlugin implements ParleyApi {
  readonly #characters = new Set<NpcDialogue>();
  #parley!: ParleyPlugin;
  #watch: Watch | undefined;

  override boot(): void {
    this.#parley = parleyOf(this.systems!.game);
    const { events } = this.systems!;
    events.on(Phaser.Scenes.Events.START, this.#onStart, this);
    events.once(Phaser.Scenes.Events.DESTROY, this.destroy, this);
    // Installed into a scene that runs already: its START has passed.
    if (this.systems!.settings.status >= Phaser.Scenes.START) this.#onStart();
  }

  /** The characters alive in this scene. */
  get characters(): readonly NpcDialogue[] {
    return [...this.#characters];
  }

  /**
   * Watches whom a player walks toward, and prepares that character's next answer with what is left of the budget, so
   * that it comes at once. Until the scene ends, or another player is watched.
   * @param player the sprite that walks; in the same space as the characters' sprites
   * @param distance in pixels of the world; farther ones are not prepared
   */
  watchPlayer(player: Point, distance = WATCH_DISTANCE): void {
    this.#unwatch();
    this.#watch = { player, approach: new Approach(distance), lastMs: undefined, expected: undefined };
    this.systems!.events.on(Phaser.Scenes.Events.UPDATE, this.#onUpdate, this);
    this.events.on('model-ready', this.#onModelReady, this);
  }

  /** Lets the character die with the scene. */
  adopt(npc: NpcDialogue): void {
    this.#characters.add(npc);
    npc.once('destroy', () => this.#characters.delete(npc));
  }

  override destroy(): void {
    this.#onShutdown();
    this.systems?.events.off(Phaser.Scenes.Events.START, this.#onStart, this);
    super.destroy();
  }

  get events(): TypedEmitter<ParleyEvents> {
    return this.#parley.events;
  }

  get enabled(): boolean {
    return this.#parley.enabled;
  }

  set enabled(enabled: boolean) {
    this.#parley.enabled = enabled;
  }

  get model(): ModelInfo | undefined {
    return this.#parley.model;
  }

  get modelState(): ModelState {
    return this.#parley.modelState;
  }

  get remote(): { readonly host: string } | undefined {
    return this.#parley.remote;
  }

  get ready(): Promise<ModelInfo | undefined> {
    return this.#parley.ready;
  }

  get budget(): Budget {
    return this.#parley.budget;
  }

  get spending(): Spending {
    return this.#parley.spending;
  }

  get storage(): StorageState | undefined {
    return this.#parley.storage;
  }

  get slot(): string {
    return this.#parley.slot;
  }

  set slot(slot: string) {
    this.#parley.slot = slot;
  }

  setBudget(change: Partial<Budget>): void {
    this.#parley.setBudget(change);
  }

  loadModel(keyOrUrl: string | readonly string[]): Promise<ModelInfo> {
    return this.#parley.loadModel(keyOrUrl);
  }

  newGame(slot?: string): Promise<void> {
    return this.#parley.newGame(slot);
  }

  save(options?: SaveOptions): Promise<Uint8Array> {
    return this.#parley.save(options);
  }

  load(bytes: Uint8Array): Promise<void> {
    return this.#parley.load(bytes);
  }

  #onUpdate(timeMs: number): void {
    const watch = this.#watch!;
    const elapsedMs = watch.lastMs === undefined ? 0 : timeMs - watch.lastMs;
    if (watch.lastMs !== undefined && elapsedMs < WATCH_MS) return;
    watch.lastMs = timeMs;
    const places = [...this.#characters].map((npc) => {
      const { centerX: x, centerY: y } = npc.sprite.getBounds();
      return [npc, { x, y }] as const;
    });
    const npc = watch.approach.nearest(watch.player, places, elapsedMs);
    if (npc === watch.expected?.npc) return;
    // What was computed for the one before stays in that one's cache.
    watch.expected?.abort.abort();
    watch.expected = npc && { npc, abort: new AbortController() };
    if (watch.expected) void watch.expected.npc.prefetch(watch.expected.abort.signal);
  }

  /** Who stood near while the model was loading was not prepared. */
  #onModelReady(): void {
    this.#watch!.expected = undefined;
  }

  #unwatch(): void {
    if (!this.#watch) return;
    this.#watch.expected?.abort.abort();
    this.#watch = undefined;
    this.systems?.events.off(Phaser.Scenes.Events.UPDATE, this.#onUpdate, this);
    this.events.off('model-ready', this.#onModelReady, this);
  }

  #onStart(): void {
    this.systems!.events.once(Phaser.Scenes.Events.SHUTDOWN, this.#onShutdown, this);
  }

  #onShutdown(): void {
    this.systems?.events.off(Phaser.Scenes.Events.SHUTDOWN, this.#onShutdown, this);
    this.#unwatch();
    for (const npc of [...this.#characters]) npc.destroy();
  }
}
