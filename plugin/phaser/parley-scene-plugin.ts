import * as Phaser from 'phaser';
import type { ModelInfo } from '../../engine/index.js';
import type { TypedEmitter } from '../ui/typed-emitter.js';
import type { ModelState } from './model-holder.js';
import type { NpcDialogue } from './npc-dialogue.js';
import type { Budget } from './options.js';
import type { ParleyApi } from './parley-api.js';
import type { ParleyEvents } from './parley-events.js';
import type { ParleyPlugin } from './parley-plugin.js';
import { parleyOf } from './plugin-key.js';
import type { Spending } from './spending-log.js';

/** `this.parley` of a scene: the game's plugin, and the characters that live in this scene. */
export class ParleyScenePlugin extends Phaser.Plugins.ScenePlugin implements ParleyApi {
  readonly #characters = new Set<NpcDialogue>();
  #parley!: ParleyPlugin;

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

  get ready(): Promise<ModelInfo | undefined> {
    return this.#parley.ready;
  }

  get budget(): Budget {
    return this.#parley.budget;
  }

  get spending(): Spending {
    return this.#parley.spending;
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

  save(): Promise<Uint8Array> {
    return this.#parley.save();
  }

  load(bytes: Uint8Array): Promise<void> {
    return this.#parley.load(bytes);
  }

  #onStart(): void {
    this.systems!.events.once(Phaser.Scenes.Events.SHUTDOWN, this.#onShutdown, this);
  }

  #onShutdown(): void {
    this.systems?.events.off(Phaser.Scenes.Events.SHUTDOWN, this.#onShutdown, this);
    for (const npc of [...this.#characters]) npc.destroy();
  }
}
