/** What the threads of a pool share: a few words in the wasm memory, before the words of the job. */
import { JOB_WORDS } from './job.js';

/** Places in the control words, in three cache lines by who writes them and when; the job follows. */
export const CONTROL = {
  /** Parts finished since the start; wraps. */
  finished: 0,
  /** Threads in Atomics.wait on `ticket`. */
  sleepers: 16,
  /** 1 while the coordinator is in Atomics.wait on `finished`. */
  coordinatorWaits: 17,
  /** Not 0: threads end. */
  stop: 18,
  /**
   * Jobs started so far in the high 24 bits, parts of the present job that nobody has taken in the low 8. A part is taken
   * by compare-and-exchange, so a thread that overslept cannot take a part of a job whose description it has not read.
   */
  ticket: 32,
  /** Parts of the present job; part p is items p * items / parts .. (p + 1) * items / parts - 1. */
  parts: 33,
  items: 34,
  job: 36,
  /** The length of what a thread failed with, or 0, and its characters, a word each. */
  failure: 36 + JOB_WORDS,
} as const;

const MAX_FAILURE_CHARS = 120;

export const CONTROL_WORDS = CONTROL.failure + 1 + MAX_FAILURE_CHARS;
export const CONTROL_BYTES = CONTROL_WORDS * 4;

/** Parts of a job at most: what the ticket has room for. */
export const MAX_PARTS = 255;

/**
 * How long a thread spins before it sleeps: longer than what stands between two jobs of a token, shorter than what a
 * player's other tabs would notice.
 */
export const SPIN_MS = 0.1;

/** Leaves word of an error for the coordinator, which reads it once the job is over. */
export function writeFailure(words: Int32Array, error: unknown): void {
  const text = (String(error) || 'unknown').slice(0, MAX_FAILURE_CHARS);
  for (let i = 0; i < text.length; i++) words[CONTROL.failure + 1 + i] = text.charCodeAt(i);
  Atomics.store(words, CONTROL.failure, text.length);
}

/** What a thread failed with, or undefined. */
export function readFailure(words: Int32Array): string | undefined {
  const length = Atomics.load(words, CONTROL.failure);
  if (length === 0) return undefined;
  const begin = CONTROL.failure + 1;
  return String.fromCharCode(...words.subarray(begin, begin + length));
}

/** Spins until `changed` or SPIN_MS passed; the clock is read every 64 tries. */
export function spin(changed: () => boolean): boolean {
  for (let deadline = 0; ; ) {
    for (let i = 0; i < 64; i++) if (changed()) return true;
    const now = performance.now();
    if (deadline === 0) deadline = now + SPIN_MS;
    else if (now > deadline) return false;
  }
}

/** Takes parts of the present job and runs them until none is left; returns the ticket that said so. */
export function runParts(words: Int32Array, run: (begin: number, end: number) => void): number {
  for (;;) {
    const ticket = Atomics.load(words, CONTROL.ticket);
    const left = ticket & MAX_PARTS;
    if (left === 0) return ticket;
    // Read before the exchange: they are stable while a part of this ticket's job is left.
    const parts = words[CONTROL.parts]!;
    const items = words[CONTROL.items]!;
    if (Atomics.compareExchange(words, CONTROL.ticket, ticket, ticket - 1) !== ticket) continue;
    const part = parts - left;
    run(Math.floor((part * items) / parts), Math.floor(((part + 1) * items) / parts));
    Atomics.add(words, CONTROL.finished, 1);
    if (Atomics.load(words, CONTROL.coordinatorWaits) === 1) Atomics.notify(words, CONTROL.finished);
  }
}
