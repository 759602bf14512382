import type {
  EngineEvents,
  EngineStatistics,
  Grant,
  KernelBuild,
  LoadModelRequest,
  LoadProgress,
  ModelInfo,
} from '../../engine/index.js';
import type { EnginePort, ListedDocStore } from '../engine-port.js';
import type { ReducedMotion } from '../ui/motion.js';
import type { Theme } from '../ui/theme.js';
import type { ConfirmDownload } from './model-manager.js';

/** What the engine may spend in one game step. */
export interface Budget {
  /** Tokens that may be generated in one step. Default `Infinity`. */
  readonly decodeTokens: number;
  /** Prompt tokens that may be read in one step. Default `Infinity`. */
  readonly prefillTokens: number;
  /**
   * The worker's compute time in one step, in milliseconds; cut to 60 % of the step interval. `'adaptive'` watches the
   * frames: more while they come on time, less at once when one is late. Default `'adaptive'`.
   */
  readonly ms: number | 'adaptive';
}

/** What an engine tells about itself: its worker died or is back, what was spent under a grant, where saves go. */
export type GameEngineEvents = Pick<EngineEvents, 'lost' | 'restored' | 'use' | 'storage'>;

/** What the plugin asks of an engine beside the port; the worker engine fits it, and so does a remote one. */
export interface GameEngine extends ListedDocStore {
  loadModel(
    request: LoadModelRequest,
    onProgress?: (progress: LoadProgress) => void,
  ): Promise<EnginePort & { readonly info: ModelInfo }>;
  grant(grant: Grant): void;
  /** Set by an engine on another machine: where text goes. It is asked for its model at once, whatever is loaded. */
  readonly remote?: { readonly host: string };
  /** Requests are on their way; what the adaptive budget takes for the engine working. */
  readonly busy?: boolean;
  /** A sequence's KV cache as bytes, for saves that hold it. */
  readCache?(sequence: string): Promise<Uint8Array | undefined>;
  writeCache?(sequence: string, bytes: Uint8Array): Promise<void>;
  /** What it holds and does now, asked for by tools. */
  statistics?(): Promise<EngineStatistics>;
  /** Loads what `parley bake` made; engines without KV caches have no use for it. @param url absolute */
  addPrefix?(url: string): void;
  on<E extends keyof GameEngineEvents>(event: E, listener: GameEngineEvents[E]): () => void;
  dispose(): void;
}

export interface EngineSettings {
  readonly gameId: string;
  readonly workerUrl?: string;
}

/** The `data` of the plugin's entry in the game configuration. */
export interface ParleyOptions {
  /** Keeps the saves of games on one origin apart. Default: the directory of the page. */
  readonly gameId?: string;
  /** The save slot to begin with. Default `main`. */
  readonly slot?: string;
  /** Address of a model (or of its parts, in order, or of a stored one), loaded at once; relative to the page. */
  readonly model?: string | readonly string[];
  /** False: `load.npcModel` only registers, and `parley.loadModel(key)` starts the download. Default true. */
  readonly autoLoad?: boolean;
  /**
   * Asked before `parley.models.download` loads more than 20 MB, or what has an unknown size; false ends it with an
   * AbortError. Default: nobody is asked, since the game did so before it called.
   */
  readonly confirmDownload?: ConfirmDownload;
  readonly budget?: Partial<Budget>;
  /** One look for all bubbles and boxes. */
  readonly theme?: Theme;
  /** How fast lines are typed: 1 is normal, `Infinity` at once. */
  readonly textSpeed?: number;
  /** Whether bubbles and boxes keep still and show whole words at once. Default `'system'`. */
  readonly reducedMotion?: ReducedMotion;
  /** Context window in tokens. Default 1536, on phones 1024. */
  readonly nCtx?: number;
  readonly threads?: number;
  readonly build?: KernelBuild;
  /** Address of the worker script, where a content security policy forbids `blob:` workers. */
  readonly workerUrl?: string;
  /** Another engine in place of the worker: a remote server, or a script in a test. */
  readonly createEngine?: (settings: EngineSettings) => GameEngine;
}

const MAX_NAME_CHARS = 64;

/**
 * Names the game by the directory of its page, or by the end of a long one: many games share one origin on game
 * portals.
 */
export function pageGameId(pathname: string): string {
  const directory = pathname.slice(0, pathname.lastIndexOf('/') + 1) || '/';
  return encodeURIComponent(directory).slice(-MAX_NAME_CHARS);
}

/**
 * Checks a game, slot or character id, which become parts of keys.
 * @throws RangeError when empty, over 64 characters, or with a slash
 */
export function checkedName(what: string, name: string): string {
  if (typeof name !== 'string' || name === '' || name.length > MAX_NAME_CHARS || /[/\\]/.test(name)) {
    throw new RangeError(
      `${what}: got ${JSON.stringify(name)}, expected 1 to ${MAX_NAME_CHARS} characters without slashes`,
    );
  }
  return name;
}

/** @throws RangeError when it is not above 0 */
export function checkedTextSpeed(speed: number): number {
  if (!(speed > 0))
    throw new RangeError(`textSpeed: got ${speed}, expected more than 0; Infinity shows lines at once`);
  return speed;
}

/** @throws RangeError when it is none of the three */
export function checkedReducedMotion(setting: ReducedMotion): ReducedMotion {
  if (setting !== 'system' && typeof setting !== 'boolean')
    throw new RangeError(`reducedMotion: got ${JSON.stringify(setting)}, expected 'system', true or false`);
  return setting;
}
