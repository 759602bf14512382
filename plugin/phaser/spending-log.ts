import type { Grant, GrantUse } from '../../engine/index.js';

/** Counts of what the worker spent, by game step. */
export interface Spending {
  /** Game steps that sent a grant. */
  readonly frames: number;
  /** Number of the last step's grant: that of `use.frame`. */
  readonly frame: number;
  /** Milliseconds that the last step granted. */
  readonly grantedMs: number;
  readonly decodeTokens: number;
  readonly prefillTokens: number;
  /** The most tokens that ended under one grant. */
  readonly mostDecodeTokens: number;
  readonly mostPrefillTokens: number;
  readonly lastUse: GrantUse | undefined;
}

/** Adds up the uses that the engine reports. */
export class SpendingLog {
  #frames = 0;
  #frame = 0;
  #grantedMs = 0;
  #decodeTokens = 0;
  #prefillTokens = 0;
  #mostDecodeTokens = 0;
  #mostPrefillTokens = 0;
  #lastUse: GrantUse | undefined;

  grantSent({ frame, ms }: Pick<Grant, 'frame' | 'ms'>): void {
    this.#frames++;
    this.#frame = frame;
    this.#grantedMs = ms;
  }

  add(use: GrantUse): void {
    this.#lastUse = use;
    this.#decodeTokens += use.decodeTokens;
    this.#prefillTokens += use.prefillTokens;
    this.#mostDecodeTokens = Math.max(this.#mostDecodeTokens, use.decodeTokens);
    this.#mostPrefillTokens = Math.max(this.#mostPrefillTokens, use.prefillTokens);
  }

  snapshot(): Spending {
    return {
      frames: this.#frames,
      frame: this.#frame,
      grantedMs: this.#grantedMs,
      decodeTokens: this.#decodeTokens,
      prefillTokens: this.#prefillTokens,
      mostDecodeTokens: this.#mostDecodeTokens,
      mostPrefillTokens: this.#mostPrefillTokens,
      lastUse: this.#lastUse,
    };
  }
}
