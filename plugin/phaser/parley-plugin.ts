import * as Phaser from 'phaser';
import {
  createEngine,
  createModelLibrary,
  type EngineStatistics,
  type ModelInfo,
  type StorageState,
} from '../../engine/index.js';
import { type CharacterOptions, onTold, type Persona, talkName, tell } from '../dialogue/index.js';
import { LiveRegion } from '../ui/live-region.js';
import type { ReducedMotion } from '../ui/motion.js';
import type { Theme } from '../ui/theme.js';
import { TypedEmitter } from '../ui/typed-emitter.js';
import { AdaptiveBudget } from './adaptive-budget.js';
import { DEFAULT_BUDGET, emptyGrant, grantFor, mostMs, withBudget } from './budget.js';
import { Cast, type CastMember } from './cast.js';
import { isPhone } from './device.js';
import { FallbackDocs } from './fallback-docs.js';
import { registerFileTypes } from './loader-files.js';
import { ModelHolder, type ModelState } from './model-holder.js';
import { ModelManager } from './model-manager.js';
import { type NpcDialogue, registerNpcDialogue } from './npc-dialogue.js';
import {
  type Budget,
  checkedName,
  checkedReducedMotion,
  checkedTextSpeed,
  type GameEngine,
  type ParleyOptions,
  pageGameId,
} from './options.js';
import type { ParleyApi, SaveOptions } from './parley-api.js';
import type { ParleyEvents } from './parley-events.js';
import { ParleyScenePlugin } from './parley-scene-plugin.js';
import { PersonaShelf } from './persona-shelf.js';
import { PARLEY_KEY } from './plugin-key.js';
import { type Problem, ProblemLog } from './problem-log.js';
import { readSave, writeSave } from './save-file.js';
import { readCaches, writeCaches } from './slot-caches.js';
import { SlotDocs } from './slot-docs.js';
import { type Spending, SpendingLog } from './spending-log.js';

/** Steps that still send a grant when the work has ended, for what ended meanwhile. */
const LAST_GRANTS = 3;
/** Between two grants at rest: a worker that died is noticed, and is back before it is needed. */
const HEARTBEAT_STEPS = 20;
/** A longer interval is no late frame but a pause. */
const LONGEST_FRAME_MS = 500;

/**
 * Once a game: owns the engine worker, the model, the save slot and the personas, and grants the worker its budget
 * at each game step. Scenes reach it as `this.parley`.
 */
export class ParleyPlugin extends Phaser.Plugins.BasePlugin implements ParleyApi {
  readonly events = new TypedEmitter<ParleyEvents>();
  readonly personas = new PersonaShelf();
  /** The live characters of the game. */
  readonly cast = new Cast<CastMember & { readonly npc: NpcDialogue }>();
  enabled = true;
  theme: Theme = {};
  #textSpeed = 1;
  #reducedMotion: ReducedMotion = 'system';
  #options: ParleyOptions = {};
  #budget: Budget = DEFAULT_BUDGET;
  #engine: GameEngine | undefined;
  #holder!: ModelHolder;
  #models!: ModelManager;
  #store!: FallbackDocs;
  #docs!: SlotDocs;
  #storage: StorageState | undefined;
  #liveRegion: LiveRegion | undefined;
  readonly #spending = new SpendingLog();
  readonly #problems = new ProblemLog();
  #offTold: () => void = () => undefined;
  readonly #adaptive = new AdaptiveBudget();
  #stepTime = Number.NEGATIVE_INFINITY;
  /** Steps since the engine was busy. */
  #restingSteps = 0;
  #frame = 0;
  #halted = false;

  override init(data?: ParleyOptions | null): void {
    // Phaser keeps a key for the whole page until a game is gone, and gives the next game nothing under it.
    Phaser.Plugins.PluginCache.removeCustom(PARLEY_KEY);
    const options = data ?? {};
    this.#options = options;
    this.theme = options.theme ?? {};
    this.textSpeed = options.textSpeed ?? 1;
    this.reducedMotion = options.reducedMotion ?? 'system';
    this.#budget = withBudget(DEFAULT_BUDGET, options.budget ?? {});
    this.#offTold = onTold((told) => this.#problems.told(told));
    this.events.on('model-error', (error) => this.#problems.modelFailed(error));
    this.events.on('worker-lost', (loss) => this.#problems.workerLost(loss));
    this.events.on('persona-error', (failure) => this.#problems.personaFailed(failure));
    this.events.on('storage', (storage) => this.#problems.storageIs(storage));
    this.#engine = this.#startEngine();
    this.#holder = new ModelHolder(this.#engine, this.#modelSettings(), {
      progress: (progress) => this.events.emit('model-progress', progress),
      ready: (info) => this.events.emit('model-ready', info),
      failed: (error) => this.#reportModelError(error),
      lost: (loss) => this.#reportLoss(loss),
    });
    this.#models = new ModelManager(createModelLibrary(this.#workerSettings()), options.confirmDownload);
    this.#store = new FallbackDocs(this.#engine, (message) => {
      console.warn(message);
      this.#problems.add({ level: 'warning', code: 'store-failed', message });
    });
    this.#docs = new SlotDocs(this.#store, checkedName('slot', options.slot ?? 'main'));
    this.#engine?.on('use', (use) => {
      this.#spending.add(use);
      this.events.emit('use', use);
    });
    this.#engine?.on('storage', (storage) => this.#onStorage(storage));
    this.#installInScenes();
    if (this.#engine?.remote) this.#loadQuietly([]);
    else if (options.model !== undefined) this.#loadQuietly([options.model].flat().map(absoluteUrl));
  }

  override start(): void {
    this.#halted = false;
    const { events } = this.game;
    events.on(Phaser.Core.Events.STEP, this.#onStep, this);
    events.on(Phaser.Core.Events.HIDDEN, this.#onHalt, this);
    events.on(Phaser.Core.Events.PAUSE, this.#onHalt, this);
    events.on(Phaser.Core.Events.VISIBLE, this.#onGoOn, this);
    events.on(Phaser.Core.Events.RESUME, this.#onGoOn, this);
    if (this.game.canvas) this.#onBooted();
    else events.once(Phaser.Core.Events.READY, this.#onBooted, this);
  }

  override stop(): void {
    const { events } = this.game;
    events.off(Phaser.Core.Events.STEP, this.#onStep, this);
    events.off(Phaser.Core.Events.HIDDEN, this.#onHalt, this);
    events.off(Phaser.Core.Events.PAUSE, this.#onHalt, this);
    events.off(Phaser.Core.Events.VISIBLE, this.#onGoOn, this);
    events.off(Phaser.Core.Events.RESUME, this.#onGoOn, this);
    events.off(Phaser.Core.Events.READY, this.#onBooted, this);
    this.#onHalt();
  }

  override destroy(): void {
    this.stop();
    this.#offTold();
    this.#liveRegion?.destroy();
    this.#holder.destroy();
    this.#models.destroy();
    this.#engine?.dispose();
    this.events.removeAllListeners();
    super.destroy();
  }

  get model(): ModelInfo | undefined {
    return this.#holder.info;
  }

  get modelState(): ModelState {
    return this.#holder.state;
  }

  get remote(): { readonly host: string } | undefined {
    return this.#engine?.remote;
  }

  get ready(): Promise<ModelInfo | undefined> {
    return this.#holder.settled;
  }

  get models(): ModelManager {
    return this.#models;
  }

  get budget(): Budget {
    return this.#budget;
  }

  get spending(): Spending {
    return this.#spending.snapshot();
  }

  /** True while the engine works on something. */
  get busy(): boolean {
    return this.#engine?.busy ?? false;
  }

  get textSpeed(): number {
    return this.#textSpeed;
  }

  set textSpeed(speed: number) {
    this.#textSpeed = checkedTextSpeed(speed);
  }

  get reducedMotion(): ReducedMotion {
    return this.#reducedMotion;
  }

  set reducedMotion(setting: ReducedMotion) {
    this.#reducedMotion = checkedReducedMotion(setting);
  }

  get storage(): StorageState | undefined {
    return this.#storage;
  }

  get problems(): readonly Problem[] {
    return this.#problems.problems;
  }

  async statistics(): Promise<EngineStatistics | undefined> {
    return this.#holder.port ? this.#engine?.statistics?.() : undefined;
  }

  get slot(): string {
    return this.#docs.slot;
  }

  set slot(slot: string) {
    if (checkedName('slot', slot) === this.#docs.slot) return;
    this.#openSlot(new SlotDocs(this.#store, slot));
  }

  setBudget(change: Partial<Budget>): void {
    this.#budget = withBudget(this.#budget, change);
  }

  loadModel(keyOrUrl: string | readonly string[]): Promise<ModelInfo> {
    const known = typeof keyOrUrl === 'string' ? this.#holder.urlsOf(keyOrUrl) : undefined;
    return this.#holder.load(known ?? [keyOrUrl].flat().map(absoluteUrl));
  }

  async newGame(slot: string = this.slot): Promise<void> {
    await this.#replaceSlot(checkedName('slot', slot), new Map());
  }

  async save({ caches = false, characters }: SaveOptions = {}): Promise<Uint8Array> {
    const all = await this.#docs.all();
    const wanted = characters && new Set(characters.map(talkName));
    const docs = wanted ? new Map([...all].filter(([name]) => wanted.has(name))) : all;
    return writeSave(docs, caches ? await readCaches(this.#engine, this.slot, docs) : new Map());
  }

  async load(bytes: Uint8Array): Promise<void> {
    const save = readSave(bytes);
    await writeCaches(this.#engine, this.slot, save);
    await this.#replaceSlot(this.slot, save.docs);
  }

  /** Registers a model for `loadModel`; the first one of a game is loaded at once unless `autoLoad` is off. */
  registerModel(key: string, urls: readonly string[]): void {
    this.#holder.register(key, urls);
    if (this.#options.autoLoad !== false && this.#holder.state === 'none') this.#loadQuietly(urls);
  }

  /** Hands a baked prefix to the engine, which loads it beside the game. @param url absolute */
  addPrefix(url: string): void {
    this.#engine?.addPrefix?.(url);
  }

  /** What a character of this game needs beside its persona and id; the slot is the current one. */
  characterHost(): Pick<CharacterOptions, 'slot' | 'engine' | 'engineReady' | 'docs'> {
    return {
      slot: this.slot,
      docs: this.#docs,
      engine: () => (this.enabled ? this.#holder.port : undefined),
      engineReady: async () => {
        if (!this.enabled || this.#holder.state === 'none') return undefined;
        await this.#holder.settled;
        return this.#holder.port;
      },
    };
  }

  /** Reads a spoken line to screen readers. @param lang of the line, where it is known */
  announce(persona: Persona, text: string, lang?: string): void {
    this.#liveRegion?.say(`${persona.identity.name}: ${text}`, lang);
  }

  /** @param time of requestAnimationFrame; `delta` is smoothed */
  #onStep(time: number, delta: number): void {
    const frame = ++this.#frame;
    const intervalMs = time - this.#stepTime;
    this.#stepTime = time;
    // The first step, or one behind a pause.
    if (intervalMs < LONGEST_FRAME_MS) {
      this.#adaptive.frame(intervalMs, this.#engine?.busy ?? false, mostMs(delta));
    }
    const grant =
      this.enabled && !this.#halted
        ? grantFor(frame, this.#budget, delta, this.#adaptive.ms, this.cast.runnable())
        : emptyGrant(frame);
    this.#spending.grantSent(grant);
    // A grant wakes the worker: while there is nothing to do it may sleep, but for a sign that it lives.
    this.#restingSteps = (this.#engine?.busy ?? true) ? 0 : this.#restingSteps + 1;
    const wanted = this.#restingSteps <= LAST_GRANTS || this.#restingSteps % HEARTBEAT_STEPS === 0;
    if (wanted) this.#engine?.grant(grant);
  }

  #onGoOn(): void {
    this.#halted = false;
  }

  /** The page is hidden or the game paused: nothing is spent, not what was granted last, nor if a step still comes. */
  #onHalt(): void {
    this.#halted = true;
    this.#engine?.grant(emptyGrant(++this.#frame));
  }

  #onBooted(): void {
    const parent = this.game.canvas.parentElement;
    if (!parent) return;
    this.#liveRegion ??= new LiveRegion(parent);
    // Phaser would put only the canvas into full screen, and leave the text field behind.
    this.game.scale.fullscreenTarget ??= parent;
  }

  #startEngine(): GameEngine | undefined {
    const gameId = checkedName('gameId', this.#options.gameId ?? pageGameId(location.pathname));
    const create = this.#options.createEngine ?? createEngine;
    try {
      return create({ gameId, ...this.#workerSettings() });
    } catch (error) {
      tell('warning', `the engine could not start, characters speak authored lines (${String(error)})`);
      return undefined;
    }
  }

  #workerSettings() {
    const { workerUrl } = this.#options;
    return workerUrl === undefined ? {} : { workerUrl: absoluteUrl(workerUrl) };
  }

  #modelSettings() {
    const { nCtx, threads, build } = this.#options;
    const phone = isPhone();
    return {
      ...(nCtx !== undefined ? { nCtx } : phone ? { nCtx: 1024 } : {}),
      ...(phone ? { kvBytes: 32 * 1024 * 1024 } : {}),
      ...(threads !== undefined ? { threads } : phone ? { threads: 1 } : {}),
      ...(build !== undefined ? { build } : {}),
    };
  }

  /** Scenes made later find the plugin by themselves; those that exist already must be given it. */
  #installInScenes(): void {
    const scenes = this.game.scene?.scenes ?? [];
    registerFileTypes(this.pluginManager, scenes);
    registerNpcDialogue(this.pluginManager);
    const install = (scene?: Phaser.Scene) =>
      this.pluginManager.installScenePlugin(`${PARLEY_KEY}Scene`, ParleyScenePlugin, 'parley', scene, true);
    if (scenes.length === 0) install();
    for (const scene of scenes) install(scene);
  }

  #loadQuietly(urls: readonly string[]): void {
    // The failure is reported by the model-error event.
    this.#holder.load(urls).catch(() => undefined);
  }

  #reportModelError(error: Error): void {
    const hint = 'hint' in error && typeof error.hint === 'string' ? ` ${error.hint}` : '';
    console.error(`Parley: the model could not be loaded. ${error.message}${hint}`);
    this.events.emit('model-error', error);
  }

  #onStorage(storage: StorageState): void {
    const takesOver = storage.writable && this.#storage?.writable === false;
    this.#storage = storage;
    this.events.emit('storage', storage);
    if (!takesOver) return;
    // The player may have talked on in the other tab.
    this.#docs.reread();
    this.cast.reopenSilent();
  }

  #reportLoss(loss: ParleyEvents['worker-lost'][0]): void {
    const next = loss.final ? 'characters go on with authored lines' : 'it is started again';
    console.warn(`Parley: the engine worker died (${loss.reason}); ${next}.`);
    this.events.emit('worker-lost', loss);
  }

  async #replaceSlot(slot: string, docs: ReadonlyMap<string, Uint8Array>): Promise<void> {
    const written = slot === this.slot ? this.#docs.close() : Promise.resolve();
    const next = new SlotDocs(this.#store, slot, docs, written);
    this.#openSlot(next);
    await next.opened();
  }

  #openSlot(docs: SlotDocs): void {
    this.#docs = docs;
    this.cast.reopenAll();
    this.events.emit('slot', docs.slot);
  }
}

function absoluteUrl(url: string): string {
  return new URL(url, document.baseURI).href;
}
