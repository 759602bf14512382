import type { EngineStatistics, ModelInfo, StorageState } from '../../engine/index.js';
import type { ReducedMotion } from '../ui/motion.js';
import type { Theme } from '../ui/theme.js';
import type { TypedEmitter } from '../ui/typed-emitter.js';
import type { ModelState } from './model-holder.js';
import type { ModelManager } from './model-manager.js';
import type { Budget } from './options.js';
import type { ParleyEvents } from './parley-events.js';
import type { Problem } from './problem-log.js';
import type { Spending } from './spending-log.js';

export interface SaveOptions {
  /** With the KV caches of the talks. Default false. */
  readonly caches?: boolean;
  /** Ids of the characters whose talks it holds. Default: all of the slot. */
  readonly characters?: readonly string[];
}

/** What scenes see as `this.parley`. */
export interface ParleyApi {
  readonly events: TypedEmitter<ParleyEvents>;
  /** False switches generation off: characters speak their authored lines. */
  enabled: boolean;
  /** The loaded model, or undefined. */
  readonly model: ModelInfo | undefined;
  readonly modelState: ModelState;
  /** Where what is said is sent to, such as `llm.example.org:8080`; undefined while all stays on this machine. */
  readonly remote: { readonly host: string } | undefined;
  /** Resolves with the model when it is ready, with undefined when it could not be loaded; never rejects. */
  readonly ready: Promise<ModelInfo | undefined>;
  /** Models that are kept on the player's device. */
  readonly models: ModelManager;
  readonly budget: Budget;
  /** What the worker spent so far. */
  readonly spending: Spending;
  /** Where saves go, and whether this page writes them or another tab of the game; undefined until known. */
  readonly storage: StorageState | undefined;
  /** What went wrong lately while the game went on, the oldest first. */
  readonly problems: readonly Problem[];
  /**
   * What the engine holds and does now: KV caches, requests, tokens and their time. One message to the worker, only
   * when asked; undefined while no model is ready, and of an engine that does not tell.
   */
  statistics(): Promise<EngineStatistics | undefined>;
  /** The save slot; setting another one makes live characters go on from its transcripts. */
  slot: string;
  /**
   * How fast all lines are typed, as the player likes it: 1 is normal, 2 twice as fast, `Infinity` at once. May be changed
   * at any time. @throws RangeError when it is not above 0
   */
  textSpeed: number;
  /**
   * Whether bubbles and boxes keep still and show whole words at once: as the system says (`'system'`), or as the
   * player of this game likes it. May be changed at any time. @throws RangeError when it is none of the three
   */
  reducedMotion: ReducedMotion;
  /** The look of bubbles and boxes that are made from now on. */
  theme: Theme;
  /** Changes what the engine may spend in one game step. @throws RangeError when a value is not at least 0 */
  setBudget(change: Partial<Budget>): void;
  /**
   * Loads a model in place of the last one.
   * @param keyOrUrl a key of `load.npcModel`, or the address of a model or of its parts, relative to the
   *   page, or that of a stored one (`StoredModel.url`)
   * @throws EngineError what was wrong with the file or the browser; `model-error` is emitted too
   */
  loadModel(keyOrUrl: string | readonly string[]): Promise<ModelInfo>;
  /** Begins a new game in a slot, by default the current one: its characters remember nothing. */
  newGame(slot?: string): Promise<void>;
  /**
   * All talks of the slot, as MessagePack: a few kB, and the talks are read again by the model when they go on. With
   * `caches` they go on at once, for about 12 kB a token.
   */
  save(options?: SaveOptions): Promise<Uint8Array>;
  /** Replaces all talks of the slot by those of a save. @throws DialogueError save-invalid; nothing is changed then */
  load(bytes: Uint8Array): Promise<void>;
}
