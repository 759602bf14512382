/** The engine in Node on the bundled model, with what tests of it need. */
import { openModelFile, readKernels, UNLIMITED_GRANT } from '../../cli/node-engine.js';
import { poolThreads } from '../../cli/node-threads.js';
import { EngineHost } from '../../engine/host.js';
import type { ModelDownload } from '../../engine/model-file/download.js';
import type {
  GenerateRequest,
  GenerateResult,
  Grant,
  GrantUse,
  LoadModelRequest,
  Message,
  ModelInfo,
  Piece,
  WorkerMessage,
} from '../../engine/protocol.js';
import { MemoryFiles } from '../../engine/store/memory-files.js';
import { CrashSafeStore, type Store } from '../../engine/store/store.js';
import { KERNEL_FOLDER } from './kernel-memory.js';

export const MODEL_PATH = 'assets/models/parley-135m.Q4_0.gguf';

export interface FixtureOptions extends Partial<Omit<LoadModelRequest, 'urls'>> {
  readonly store?: Store;
  /** Default: real time, the event loop and an unlimited grant. */
  readonly manual?: ManualTime;
  /** What stands at addresses that are no paths. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

/** A clock that ticks each time it is read, and an event loop that a test turns by hand: the same in every run. */
export class ManualTime {
  #ms = 0;
  readonly #deferred: (() => void)[] = [];
  readonly #msPerRead: number;

  constructor(msPerRead = 0.1) {
    this.#msPerRead = msPerRead;
  }

  now = (): number => {
    this.#ms += this.#msPerRead;
    return this.#ms;
  };

  defer = (callback: () => void): void => {
    this.#deferred.push(callback);
  };

  /** Runs what was deferred until nothing is left, or `turns` callbacks; then lets promises settle. */
  async drain(turns = Number.POSITIVE_INFINITY): Promise<void> {
    for (let i = 0; i < turns; i++) {
      const callback = this.#deferred.shift();
      if (!callback) break;
      callback();
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A request on its way. */
export interface Started {
  readonly id: number;
  readonly result: Promise<GenerateResult>;
}

export class EngineFixture {
  readonly host: EngineHost;
  readonly store: Store;
  /** What each request streamed, by id. */
  readonly pieces = new Map<number, Piece[]>();
  readonly uses: GrantUse[] = [];
  info!: ModelInfo;
  #nextId = 1;
  /** Called for each message of the host. */
  onMessage: (message: WorkerMessage) => void = () => undefined;

  constructor(host: (post: (message: WorkerMessage) => void) => EngineHost, store: Store) {
    this.store = store;
    this.host = host((message) => {
      if (message.type === 'frame') {
        this.uses.push(...message.use);
        for (const { id, chunk } of message.chunks) {
          this.pieces.set(id, [...(this.pieces.get(id) ?? []), ...chunk.pieces]);
        }
      }
      this.onMessage(message);
    });
  }

  start(request: Partial<GenerateRequest> & Pick<GenerateRequest, 'messages'>): Started {
    const id = this.#nextId++;
    const result = this.host.generate(id, { ...DEFAULT_REQUEST, ...request }).then((done) => done.result);
    result.catch(() => undefined);
    return { id, result };
  }

  generate(request: Partial<GenerateRequest> & Pick<GenerateRequest, 'messages'>): Promise<GenerateResult> {
    return this.start(request).result;
  }

  async prefill(sequence: string, messages: readonly Message[]): Promise<void> {
    await this.host.prefill(this.#nextId++, { sequence, messages, priority: 'npc' });
  }

  /** What a request has streamed so far. */
  streamed(id: number): Piece[] {
    return this.pieces.get(id) ?? [];
  }

  /** Resolves when a request has streamed `count` tokens. */
  async untilStreamed(id: number, count: number): Promise<void> {
    while (this.streamed(id).length < count) await new Promise((resolve) => setImmediate(resolve));
  }
}

const DEFAULT_REQUEST: Omit<GenerateRequest, 'messages'> = {
  sequence: 'slot/mira/1',
  priority: 'player',
  sampling: {},
  seed: 1,
  maxTokens: 24,
  stop: [],
};

/** A host without a model. */
export async function startEngine({
  store,
  manual,
  files = {},
}: FixtureOptions = {}): Promise<EngineFixture> {
  const binaries = await readKernels(KERNEL_FOLDER);
  const kept = store ?? new CrashSafeStore(new MemoryFiles());
  const host = (post: (message: WorkerMessage) => void) =>
    new EngineHost({
      gameId: 'tests',
      binaries,
      openStore: async () => kept,
      openModel: (urls) => openAddress(files, urls),
      startThread: poolThreads(KERNEL_FOLDER),
      post,
      now: manual?.now ?? (() => performance.now()),
      defer: manual?.defer ?? ((callback) => setImmediate(callback)),
    });
  return new EngineFixture(host, kept);
}

/** A host with the bundled model; without manual time everything may run at once. */
export async function loadEngine(options: FixtureOptions = {}): Promise<EngineFixture> {
  const { store: _store, manual, files: _files, ...request } = options;
  const engine = await startEngine(options);
  // Measuring builds takes turns of the event loop, which nobody turns while the model loads.
  const build = manual ? { build: 'relaxed' as const } : {};
  engine.info = await engine.host.loadModel({ urls: [MODEL_PATH], ...build, ...request });
  if (!manual) engine.host.grant(UNLIMITED_GRANT);
  return engine;
}

async function openAddress(
  files: Readonly<Record<string, Uint8Array>>,
  urls: readonly string[],
): Promise<ModelDownload> {
  const bytes = files[urls[0]!];
  if (!bytes) return openModelFile(urls);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes!.length; at += 1 << 20) yield bytes!.subarray(at, at + (1 << 20));
  }
  return { chunks: chunks(), totalBytes: bytes.length };
}

/** A grant without limits but those given. */
export function grantOf(frame: number, limits: Partial<Grant> = {}): Grant {
  return { ...UNLIMITED_GRANT, frame, ...limits };
}
