import * as Phaser from 'phaser';
import type { EngineStatistics, ModelInfo, StorageState } from '../../engine/index.js';
import type { Rect } from '../ui/css-rect.js';
import type { ReducedMotion } from '../ui/motion.js';
import type { SpeechBubble } from '../ui/speech-bubble.js';
import type { Theme } from '../ui/theme.js';
import type { TypedEmitter } from '../ui/typed-emitter.js';
import { seenRect, type View } from '../ui/view-space.js';
import type { Point } from './approach.js';
import { Gossip } from './gossip.js';
import type { GossipOptions } from './gossip-schedule.js';
import type { ModelState } from './model-holder.js';
import type { ModelManager } from './model-manager.js';
import type { NpcDialogue } from './npc-dialogue.js';
import type { Budget } from './options.js';
import type { ParleyApi, SaveOptions } from './parley-api.js';
import type { ParleyEvents } from './parley-events.js';
import type { ParleyPlugin } from './parley-plugin.js';
import { PlayerWatch, type WatchOptions } from './player-watch.js';
import { parleyOf } from './plugin-key.js';
import type { Problem } from './problem-log.js';
import type { Spending } from './spending-log.js';

/** `this.parley` of a scene: the game's plugin, and the characters that live in this scene. */
export class ParleyScenePlugin extends Phaser.Plugins.ScenePlugin implements ParleyApi {
  /**
   * Areas of the main camera's view, in its pixels, that bubbles cover only where there is no other room, such as the
   * game's own panels. Asked when a line begins. Until the scene ends.
   */
  keepClear: (() => readonly Rect[]) | undefined;
  readonly #characters = new Set<NpcDialogue>();
  #parley!: ParleyPlugin;
  #watch: PlayerWatch | undefined;
  #gossip: Gossip | undefined;

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
   * Lets the scene's characters mind the player: they notice and face who comes near, call out, bark, and end a talk that
   * the player walks out of (see `PresenceOptions`; a character's own `presence` comes before these). The next answer of
   * the one whom the player walks toward is prepared with what is left of the budget. Until the scene ends, or another
   * player is watched.
   * @param player the sprite that walks; in the same space as the characters' sprites
   * @throws RangeError a distance or a pause is no number from 0
   */
  watchPlayer(player: Point, options: WatchOptions = {}): void {
    this.#unwatch();
    this.#watch = new PlayerWatch(this.systems!, this.#host(), player, options);
    this.events.on('model-ready', this.#onModelReady, this);
  }

  /**
   * Lets characters who stand near each other talk while the model has nothing to do and the player is in no talk; false,
   * the default, ends it. Until the scene ends.
   * @throws RangeError an option is out of its range
   */
  set gossip(options: GossipOptions | boolean) {
    this.#gossip?.destroy();
    this.#gossip = undefined;
    if (options === false) return;
    this.#gossip = new Gossip(this.systems!, this.#host(), options === true ? {} : options);
  }

  get gossip(): boolean {
    return this.#gossip !== undefined;
  }

  /** What a bubble that is about to open keeps clear of: the player who is watched, other bubbles, `keepClear`. */
  areasToKeepClear(view: View, bubble: SpeechBubble): Rect[] {
    const player = this.#watch?.bounds;
    const bubbles = this.characters.map((npc) => (npc.bubble === bubble ? undefined : npc.bubble?.area));
    return [
      ...(player ? [seenRect(view, player)] : []),
      ...bubbles.filter((area) => area !== undefined),
      ...(this.keepClear?.() ?? []),
    ];
  }

  /** Lets the character die with the scene. */
  adopt(npc: NpcDialogue): void {
    this.#characters.add(npc);
    npc.on('talk', () => this.#gossip?.interrupt());
    npc.once('destroy', () => {
      this.#characters.delete(npc);
      this.#watch?.forget(npc);
    });
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

  get models(): ModelManager {
    return this.#parley.models;
  }

  get budget(): Budget {
    return this.#parley.budget;
  }

  get spending(): Spending {
    return this.#parley.spending;
  }

  get textSpeed(): number {
    return this.#parley.textSpeed;
  }

  set textSpeed(speed: number) {
    this.#parley.textSpeed = speed;
  }

  get reducedMotion(): ReducedMotion {
    return this.#parley.reducedMotion;
  }

  set reducedMotion(setting: ReducedMotion) {
    this.#parley.reducedMotion = setting;
  }

  get theme(): Theme {
    return this.#parley.theme;
  }

  set theme(theme: Theme) {
    this.#parley.theme = theme;
  }

  get storage(): StorageState | undefined {
    return this.#parley.storage;
  }

  get problems(): readonly Problem[] {
    return this.#parley.problems;
  }

  statistics(): Promise<EngineStatistics | undefined> {
    return this.#parley.statistics();
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

  /** What the watch and the gossip ask of the scene and the game. */
  #host() {
    const [characters, parley] = [this.#characters, this.#parley];
    return {
      get characters() {
        return [...characters];
      },
      get talking() {
        return [...characters].some((npc) => npc.talking);
      },
      told: (one: NpcDialogue, other: NpcDialogue) => void parley.events.emit('gossip', one, other),
      get idle() {
        return parley.enabled && parley.modelState === 'ready' && !parley.busy && !parley.cast.talking;
      },
    };
  }

  #onModelReady(): void {
    this.#watch?.modelReady();
  }

  #unwatch(): void {
    this.#watch?.destroy();
    this.#watch = undefined;
    this.events.off('model-ready', this.#onModelReady, this);
  }

  #onStart(): void {
    this.systems!.events.once(Phaser.Scenes.Events.SHUTDOWN, this.#onShutdown, this);
  }

  #onShutdown(): void {
    this.systems?.events.off(Phaser.Scenes.Events.SHUTDOWN, this.#onShutdown, this);
    this.#unwatch();
    this.gossip = false;
    this.keepClear = undefined;
    for (const npc of [...this.#characters]) npc.destroy();
  }
}
