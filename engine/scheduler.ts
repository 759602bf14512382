/**
 * Decides which generation runs next, and stops when the frame's grant is spent.
 * Work is done one layer at a time: a deadline, a cancel or a player's turn is honoured within one layer.
 */
import type { Generation } from './generation.js';
import { type Forward, MAX_LOGITS } from './model/forward.js';
import type { Grant, GrantUse, Priority, WorkDone } from './protocol.js';

/** The worker returns to its event loop at least this often, but for the layer in hand; less often with no game beside it. */
const SLICE_MS = { timed: 2, unlimited: 8 };

const RANK: Record<Priority, number> = { player: 0, npc: 1, background: 2 };

/** Nothing runs before the first grant. */
const NO_GRANT: Grant = { frame: -1, decodeTokens: 0, prefillTokens: 0, ms: 0, runnable: [] };

export interface SchedulerOptions {
  readonly forward: Forward;
  /** Rows of a prompt chunk at most: smaller ones give way sooner, larger ones are faster where time is unlimited. */
  readonly chunkRows: { readonly timed: number; readonly unlimited: number };
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Calls back from the event loop after other messages were handled. */
  readonly defer: (callback: () => void) => void;
  /** Lets a generation that prefills go on from what another one has computed of the same tokens. */
  readonly share: (generation: Generation) => void;
  /** Makes the generation's next `count` positions writable; false when memory must be waited for. */
  readonly reserve: (generation: Generation, count: number) => boolean;
  /** Takes the memory of all other running generations, which start over; used when nothing else can go on. */
  readonly reclaim: (generation: Generation) => void;
  /** Called whenever the work returns to the event loop: the slice or the grant is spent, or nothing may run. */
  readonly onYield: () => void;
}

interface Share {
  readonly generation: Generation;
  readonly rows: number;
  /** Its last row gives a new token. */
  readonly samples: boolean;
}

interface Batch {
  readonly shares: readonly Share[];
  readonly decodeTokens: number;
  readonly prefillTokens: number;
  readonly rank: number;
  stepsLeft: number;
  /** Computed so far, in milliseconds. */
  ms: number;
}

export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #waiting = new Set<Generation>();
  #grant: Grant = NO_GRANT;
  #use = { decodeTokens: 0, prefillTokens: 0, ms: 0 };
  #batch: Batch | undefined;
  #scheduled = false;
  readonly #work = { decodeTokens: 0, decodeMs: 0, prefillTokens: 0, prefillMs: 0 };

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  /** Adds a generation behind those of the same priority. */
  add(generation: Generation): void {
    this.#waiting.add(generation);
    this.#wake();
  }

  /** Takes a generation out; a batch that it is part of is dropped and made again without it. */
  cancel(generation: Generation, error: unknown): void {
    generation.cancel(error);
    this.#remove(generation);
    this.#wake();
  }

  /** Replaces the last grant; what was left of it is gone. */
  grant(grant: Grant): void {
    this.#grant = grant;
    this.#use = { decodeTokens: 0, prefillTokens: 0, ms: 0 };
    this.#wake();
  }

  /** What was spent under the present grant. */
  get use(): GrantUse {
    return { frame: this.#grant.frame, ...this.#use };
  }

  /** What was computed so far, batches that were dropped left out. */
  get work(): WorkDone {
    return { ...this.#work };
  }

  /** Nothing may run, even if there were time. */
  get atRest(): boolean {
    return ![...this.#waiting].some((generation) => this.#isRunnable(generation));
  }

  #remove(generation: Generation): void {
    this.#waiting.delete(generation);
    if (this.#batch?.shares.some((share) => share.generation === generation)) this.#batch = undefined;
  }

  #wake(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#options.defer(() => {
      this.#scheduled = false;
      this.#runSlice();
    });
  }

  /** Runs layers until the slice or the grant ends or nothing may run. */
  #runSlice(): void {
    const { now } = this.#options;
    const start = now();
    const sliceMs = this.#unlimited ? SLICE_MS.unlimited : SLICE_MS.timed;
    const spentBefore = this.#use.ms;
    let spent = 0;
    while (this.#mayContinue()) {
      // Called for before the work: a browser takes 100 µs to deliver a message to a worker that was busy when it came.
      this.#wake();
      const batch = this.#batch!;
      const over = this.#step(batch);
      const before = spent;
      spent = now() - start;
      batch.ms += spent - before;
      if (over) this.#count(batch);
      this.#use.ms = spentBefore + spent;
      if (spent >= sliceMs) break;
    }
    this.#options.onYield();
  }

  /** Keeps or makes a batch that the grant allows to go on now. */
  #mayContinue(): boolean {
    if (this.#use.ms >= this.#grant.ms) return false;
    if (this.#batch && !this.#stillWanted(this.#batch)) this.#batch = undefined;
    this.#batch ??= this.#makeBatch();
    // The last step would end its tokens in this frame.
    return this.#batch !== undefined && (this.#batch.stepsLeft > 1 || this.#affordable(this.#batch));
  }

  #affordable(batch: Batch): boolean {
    return batch.decodeTokens <= this.#decodeLeft && batch.prefillTokens <= this.#prefillLeft;
  }

  /** A batch is dropped when a part of it may not run, outranked, or never affordable under the present grant. */
  #stillWanted(batch: Batch): boolean {
    const { decodeTokens, prefillTokens } = this.#grant;
    if (batch.decodeTokens > decodeTokens && decodeTokens > 0) return false;
    if (batch.prefillTokens > prefillTokens && prefillTokens > 0) return false;
    if (!batch.shares.every(({ generation }) => this.#isRunnable(generation))) return false;
    for (const generation of this.#waiting) {
      if (RANK[generation.priority] < batch.rank && this.#isRunnable(generation)) return false;
    }
    return true;
  }

  #isRunnable(generation: Generation): boolean {
    const { runnable } = this.#grant;
    if (runnable === 'all') return true;
    const { key } = generation.session;
    return runnable.some((name) => (name.endsWith('/') ? key.startsWith(name) : key === name));
  }

  get #unlimited(): boolean {
    return this.#grant.ms === Number.POSITIVE_INFINITY;
  }

  get #decodeLeft(): number {
    return this.#grant.decodeTokens - this.#use.decodeTokens;
  }

  get #prefillLeft(): number {
    return this.#grant.prefillTokens - this.#use.prefillTokens;
  }

  /** One row of each talk that decodes, and a chunk of one prompt, all of the highest priority that may run. */
  #makeBatch(): Batch | undefined {
    const runnable = [...this.#waiting].filter((generation) => this.#isRunnable(generation));
    const rank = Math.min(...runnable.map(({ priority }) => RANK[priority]));
    const shares: Share[] = [];
    let starved: Generation | undefined;
    let decodeLeft = Math.min(this.#decodeLeft, MAX_LOGITS);
    const { timed, unlimited } = this.#options.chunkRows;
    const chunkRows = this.#unlimited ? unlimited : timed;
    let prefillLeft = Math.min(this.#prefillLeft, chunkRows);
    for (const generation of runnable) {
      if (RANK[generation.priority] !== rank) continue;
      if (!generation.decoding) this.#options.share(generation);
      const rows = affordableRows(generation, decodeLeft, prefillLeft);
      if (rows < 1) continue;
      if (!this.#options.reserve(generation, rows)) {
        // The one that has come furthest: starting it over would cost the most, and so one always ends.
        if (!starved || generation.session.kv.length > starved.session.kv.length) starved = generation;
        continue;
      }
      const samples = generation.samplesAfter(rows);
      if (samples) decodeLeft -= 1;
      if (!generation.decoding) prefillLeft = 0;
      shares.push({ generation, rows, samples });
    }
    if (shares.length === 0) {
      if (!starved) return undefined;
      this.#options.reclaim(starved);
      return this.#makeBatch();
    }
    this.#options.forward.begin(shares.flatMap(({ generation, rows }) => generation.rows(rows)));
    return {
      shares,
      decodeTokens: shares.filter(({ samples }) => samples).length,
      prefillTokens: shares.reduce((sum, { generation, rows }) => sum + (generation.decoding ? 0 : rows), 0),
      rank,
      stepsLeft: this.#options.forward.steps,
      ms: 0,
    };
  }

  /** @throws what a kernel threw, whereupon all work is dropped: what a trap left half done must not become words */
  #forward(): boolean {
    try {
      return this.#options.forward.step();
    } catch (error) {
      this.#batch = undefined;
      this.#waiting.clear();
      throw error;
    }
  }

  /** The time of a batch that does both is shared by its rows. */
  #count({ shares, ms, decodeTokens, prefillTokens }: Batch): void {
    const rows = shares.reduce((sum, share) => sum + share.rows, 0);
    const prefillMs = (ms * prefillTokens) / rows;
    this.#work.prefillTokens += prefillTokens;
    this.#work.prefillMs += prefillMs;
    this.#work.decodeTokens += prefillTokens === rows ? 0 : decodeTokens;
    this.#work.decodeMs += ms - prefillMs;
  }

  /** Whether the batch is over. */
  #step(batch: Batch): boolean {
    batch.stepsLeft--;
    if (!this.#forward()) return false;
    this.#batch = undefined;
    this.#use.decodeTokens += batch.decodeTokens;
    this.#use.prefillTokens += batch.prefillTokens;
    let logits = 0;
    for (const { generation, rows, samples } of batch.shares) {
      try {
        generation.advance(rows, samples ? this.#options.forward.logits(logits++) : undefined);
      } catch (error) {
        generation.cancel(error);
      }
      // Served last: equals take turns.
      this.#waiting.delete(generation);
      if (!generation.finished) this.#waiting.add(generation);
    }
    return true;
  }
}

/** Rows of a generation's next step that the grant has room for; a row that samples costs a decode token too. */
function affordableRows(generation: Generation, decodeLeft: number, prefillLeft: number): number {
  if (generation.decoding) return decodeLeft >= 1 ? 1 : 0;
  const rows = Math.floor(Math.min(generation.pending, prefillLeft));
  return rows >= 1 && generation.samplesAfter(rows) && decodeLeft < 1 ? rows - 1 : rows;
}
