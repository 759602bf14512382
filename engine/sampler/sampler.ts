/** Draws tokens from logits: penalty, grammar and bans, temperature, top-k, top-p, min-p, then one random number. */
import type { Grammar, Sampling } from '../protocol.js';
import { BanList } from './ban-list.js';
import { exactExp } from './exact-math.js';
import { GrammarWalker } from './grammar.js';
import { randomAt } from './random.js';

/** Candidates this many temperatures below the best have a probability below 2^-24 and are dropped by rule. */
const WINDOW = 17;
/** How far the search for an admissible token goes at first when the temperature is 0, in logits. */
const GREEDY_WINDOW = 1;

export interface SamplerOptions {
  readonly sampling: Sampling;
  /** Unsigned 32-bit. */
  readonly seed: number;
  readonly grammar?: Grammar;
  readonly ban?: readonly string[];
  /** The bytes of a token; empty for control tokens. */
  readonly pieceBytes: (token: number) => Uint8Array;
  readonly vocabSize: number;
  readonly eogTokens: ReadonlySet<number>;
}

export interface Sampler {
  /** The next token. logits: f32[vocabSize], not changed. */
  sample(logits: Float32Array): number;
  /** Takes a token into the answer: for penalties, bans and the grammar. */
  accept(token: number): void;
}

/**
 * @throws RangeError a sampling field is out of range
 * @throws EngineError grammar-invalid
 */
export function createSampler(options: SamplerOptions): Sampler {
  return new SamplingChain(options);
}

class SamplingChain implements Sampler {
  readonly #options: SamplerOptions;
  readonly #temperature: number;
  readonly #walker: GrammarWalker | undefined;
  readonly #bans: BanList;
  readonly #seen = new Set<number>();
  readonly #decoder = new TextDecoder();
  readonly #scores: Float32Array;
  #draws = 0;

  constructor(options: SamplerOptions) {
    const { temperature = 0, topK = 0, topP = 1, minP = 0, repeatPenalty = 1 } = options.sampling;
    requireRange('temperature', temperature, 0, 10);
    requireRange('topK', topK, 0, Number.MAX_SAFE_INTEGER);
    requireRange('topP', topP, Number.MIN_VALUE, 1);
    requireRange('minP', minP, 0, 1);
    requireRange('repeatPenalty', repeatPenalty, 0.01, 100);
    this.#options = options;
    this.#temperature = temperature;
    this.#walker = options.grammar && GrammarWalker.start(options.grammar);
    this.#bans = new BanList(options.ban ?? []);
    this.#scores = new Float32Array(options.vocabSize);
  }

  sample(logits: Float32Array): number {
    const scores = this.#penalize(logits);
    const candidates = this.#candidates(scores);
    const { eogTokens } = this.#options;
    // A grammar that nothing in the vocabulary can follow: the turn ends.
    if (candidates.length === 0) return [...eogTokens][0] ?? 0;
    return this.#temperature === 0 ? candidates[0]! : this.#draw(candidates, scores);
  }

  accept(token: number): void {
    this.#seen.add(token);
    const bytes = this.#options.pieceBytes(token);
    this.#walker?.advance(bytes);
    this.#bans.accept(this.#decoder.decode(bytes));
  }

  #penalize(logits: Float32Array): Float32Array {
    const { repeatPenalty = 1 } = this.#options.sampling;
    this.#scores.set(logits);
    if (repeatPenalty !== 1) {
      for (const token of this.#seen) {
        const score = this.#scores[token]!;
        this.#scores[token] = score > 0 ? score / repeatPenalty : score * repeatPenalty;
      }
    }
    return this.#scores;
  }

  /** Admissible tokens, the best first, equals by id; those too unlikely ever to be drawn are left out. */
  #candidates(scores: Float32Array): number[] {
    const { topK = 0 } = this.#options.sampling;
    const wanted = this.#temperature === 0 ? 1 : topK > 0 ? topK : Number.POSITIVE_INFINITY;
    const open = this.#openTokens();
    let top = Number.NEGATIVE_INFINITY;
    for (let token = 0; token < scores.length; token++) {
      if (scores[token]! > top && open(token)) top = scores[token]!;
    }
    if (top === Number.NEGATIVE_INFINITY) return [];
    const window = WINDOW * this.#temperature;
    for (let width = Math.max(window, GREEDY_WINDOW); ; width *= 4) {
      const bottom = width > 1000 ? Number.NEGATIVE_INFINITY : top - width;
      const admitted = this.#admit(scores, bottom, open, wanted);
      const best = admitted[0];
      if (best === undefined) {
        if (bottom === Number.NEGATIVE_INFINITY) return [];
        continue;
      }
      const floor = scores[best]! - window;
      const enough = admitted.length >= wanted || floor >= bottom;
      const complete = enough ? admitted : this.#admit(scores, floor, open, wanted);
      return complete.filter((token) => scores[token]! >= floor);
    }
  }

  #admit(scores: Float32Array, bottom: number, open: (token: number) => boolean, wanted: number): number[] {
    const near: number[] = [];
    for (let token = 0; token < scores.length; token++) {
      if (scores[token]! >= bottom && open(token)) near.push(token);
    }
    near.sort((a, b) => scores[b]! - scores[a]! || a - b);
    const admitted: number[] = [];
    for (const token of near) {
      if (admitted.length >= wanted) break;
      if (this.#admits(token)) admitted.push(token);
    }
    return admitted;
  }

  /** A first, cheap look at a token: with a grammar, whether its first byte may come. */
  #openTokens(): (token: number) => boolean {
    const walker = this.#walker;
    if (!walker) return () => true;
    const { pieceBytes, eogTokens } = this.#options;
    const { firstBytes, canEnd } = walker;
    return (token) => {
      const first = pieceBytes(token)[0];
      return first === undefined ? canEnd && eogTokens.has(token) : firstBytes[first] === 1;
    };
  }

  #admits(token: number): boolean {
    const { pieceBytes, eogTokens } = this.#options;
    if (eogTokens.has(token)) return this.#walker?.canEnd ?? true;
    const bytes = pieceBytes(token);
    if (this.#bans.refuses(this.#decoder.decode(bytes))) return false;
    return this.#walker?.accepts(bytes) ?? true;
  }

  #draw(candidates: readonly number[], scores: Float32Array): number {
    const { topP = 1, minP = 0 } = this.#options.sampling;
    const best = scores[candidates[0]!]!;
    const weights = candidates.map((token) => exactExp((scores[token]! - best) / this.#temperature));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let kept = 0;
    let mass = 0;
    while (kept < weights.length && weights[kept]! >= minP && (kept === 0 || mass < topP * total)) {
      mass += weights[kept++]!;
    }
    let rest = randomAt(this.#options.seed, this.#draws++) * mass;
    for (let i = 0; i < kept - 1; i++) {
      rest -= weights[i]!;
      if (rest < 0) return candidates[i]!;
    }
    return candidates[kept - 1]!;
  }
}

function requireRange(name: string, value: number, min: number, max: number): void {
  if (!(value >= min && value <= max)) {
    throw new RangeError(`Got ${name} ${value}; expected ${min} to ${max}.`);
  }
}
