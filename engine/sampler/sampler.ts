/** Draws tokens from logits: bias and penalty, grammar and bans, temperature, top-k, top-p, min-p, then one random number. */
import type { Bias, Grammar, Sampling } from '../protocol.js';
import { BanList } from './ban-list.js';
import { CandidateQueue } from './candidates.js';
import { exactExp } from './exact-math.js';
import { GrammarWalker } from './grammar.js';
import { type PieceBytes, PieceTable } from './piece-table.js';
import { randomAt } from './random.js';

/** Candidates this many temperatures below the best have a probability below 2^-24 and are dropped by rule. */
const WINDOW = 17;
/** How far below the best score the search for an admissible token goes at first, in logits; then four times as far. */
const SEARCH_WIDTH = 4;
const MAX_SEARCH_WIDTH = 1000;

/** Classes of tokens beside their first byte, 0 to 255. */
const END_OF_TURN = 256;
const NO_TEXT = 257;
const CLASSES = 258;

const DEFAULTS: Required<Sampling> = {
  temperature: 0,
  topK: 0,
  topP: 1,
  minP: 0,
  repeatPenalty: 1,
  minTokens: 0,
};

export interface SamplerOptions {
  readonly sampling: Sampling;
  /** Unsigned 32-bit. */
  readonly seed: number;
  readonly grammar?: Grammar;
  /** Words that may not be completed in the answer, compared without case, where a word starts. */
  readonly ban?: readonly string[];
  readonly bias?: Bias;
  /** The bytes of a token; empty for control tokens. Pass the same function again: its table is made once. */
  readonly pieceBytes: PieceBytes;
  readonly vocabSize: number;
  readonly eogTokens: ReadonlySet<number>;
}

export interface Sampler {
  /**
   * The next token. An end-of-turn token where nothing may follow.
   * @param logits f32[vocabSize], not changed
   * @throws RangeError another number of logits
   */
  sample(logits: Float32Array): number;
  /** Takes a token into the answer: for penalties, bans and the grammar. */
  accept(token: number): void;
}

/**
 * A sampling chain; the same options and logits give the same tokens in every JavaScript engine.
 * @throws RangeError a sampling field is out of range
 * @throws EngineError grammar-invalid
 */
export function createSampler(options: SamplerOptions): Sampler {
  return new SamplingChain(options);
}

class SamplingChain implements Sampler {
  readonly #options: SamplerOptions;
  readonly #sampling: Required<Sampling>;
  readonly #walker: GrammarWalker | undefined;
  readonly #bans: BanList;
  /** Undefined where nothing looks at pieces. */
  readonly #pieces: PieceTable | undefined;
  /** The class of each token; without a grammar 0 for all that go on. */
  readonly #classes: Uint16Array;
  /** 1 for the classes that may come now. */
  readonly #openClasses = new Uint8Array(CLASSES).fill(1);
  /** Tokens whose logits are changed by `bias`. */
  readonly #biased: readonly number[];
  readonly #seen = new Set<number>();
  readonly #scores: Float32Array;
  readonly #queue: CandidateQueue;
  #draws = 0;
  #accepted = 0;

  constructor(options: SamplerOptions) {
    const { vocabSize, sampling } = options;
    this.#options = options;
    this.#sampling = { ...DEFAULTS, ...sampling };
    const { temperature, topK, topP, minP, repeatPenalty, minTokens } = this.#sampling;
    requireRange('temperature', temperature, 0, 10);
    requireRange('topK', topK, 0, Number.MAX_SAFE_INTEGER);
    requireRange('topP', topP, Number.MIN_VALUE, 1);
    requireRange('minP', minP, 0, 1);
    requireRange('repeatPenalty', repeatPenalty, 0.01, 100);
    requireRange('minTokens', minTokens, 0, Number.MAX_SAFE_INTEGER);
    this.#walker = options.grammar && GrammarWalker.start(options.grammar);
    this.#bans = new BanList(options.ban ?? []);
    const { bias } = options;
    this.#pieces =
      this.#walker || !this.#bans.empty || bias ? PieceTable.of(options.pieceBytes, vocabSize) : undefined;
    this.#biased = bias ? this.#pieces!.startingWith(new TextEncoder().encode(bias.text)) : [];
    this.#classes = new Uint16Array(vocabSize);
    if (this.#walker) this.#classify(this.#pieces!);
    for (const token of options.eogTokens) this.#classes[token] = END_OF_TURN;
    this.#scores = new Float32Array(vocabSize);
    this.#queue = new CandidateQueue(vocabSize);
  }

  sample(logits: Float32Array): number {
    const { vocabSize, eogTokens } = this.#options;
    if (logits.length !== vocabSize) {
      throw new RangeError(`Got ${logits.length} logits; expected ${vocabSize}.`);
    }
    this.#adjust(logits);
    this.#openNow();
    const best = this.#best();
    // A grammar or a ban that nothing in the vocabulary gets past: the turn ends.
    if (best === undefined) return [...eogTokens][0] ?? 0;
    return this.#sampling.temperature === 0 ? best : this.#draw(this.#scores[best]!);
  }

  accept(token: number): void {
    this.#seen.add(token);
    this.#accepted++;
    const bytes = this.#options.pieceBytes(token);
    this.#walker?.advance(bytes);
    if (!this.#bans.empty) this.#bans.accept(bytes);
  }

  #classify(pieces: PieceTable): void {
    const { bytes, starts } = pieces;
    for (let token = 0; token < this.#classes.length; token++) {
      const start = starts[token]!;
      this.#classes[token] = start === starts[token + 1] ? NO_TEXT : bytes[start]!;
    }
  }

  #adjust(logits: Float32Array): void {
    const { repeatPenalty } = this.#sampling;
    this.#scores.set(logits);
    for (const token of this.#biased) this.#scores[token]! += this.#options.bias!.logit;
    if (repeatPenalty === 1) return;
    for (const token of this.#seen) {
      const score = this.#scores[token]!;
      this.#scores[token] = score > 0 ? score / repeatPenalty : score * repeatPenalty;
    }
  }

  #openNow(): void {
    if (this.#walker) {
      this.#openClasses.set(this.#walker.firstBytes);
      this.#openClasses[NO_TEXT] = 0;
    }
    const mayEnd = this.#accepted >= this.#sampling.minTokens && (this.#walker?.canEnd ?? true);
    this.#openClasses[END_OF_TURN] = mayEnd ? 1 : 0;
  }

  /** Whether a token of an open class may come next. */
  readonly #admits = (token: number): boolean => {
    if (!this.#pieces || this.#options.eogTokens.has(token)) return true;
    const { bytes, starts } = this.#pieces;
    if (this.#walker && !this.#walker.accepts(bytes, starts[token], starts[token + 1])) return false;
    return this.#bans.empty || !this.#bans.refuses(token, this.#pieces);
  };

  /** The admissible token of the highest score, equals by id. */
  #best(): number | undefined {
    const scores = this.#scores;
    const classes = this.#classes;
    const open = this.#openClasses;
    let top: number | undefined;
    let topScore = Number.NEGATIVE_INFINITY;
    for (let token = 0; token < scores.length; token++) {
      if (scores[token]! > topScore && open[classes[token]!] === 1) {
        top = token;
        topScore = scores[token]!;
      }
    }
    if (top === undefined || this.#admits(top)) return top;
    for (let width = SEARCH_WIDTH; ; width *= 4) {
      const floor = width > MAX_SEARCH_WIDTH ? Number.NEGATIVE_INFINITY : topScore - width;
      this.#queue.fill(scores, floor, topScore, classes, open);
      const [best] = this.#takeAdmitted(1);
      if (best !== undefined || floor === Number.NEGATIVE_INFINITY) return best;
    }
  }

  #draw(bestScore: number): number {
    const { temperature, topK, topP, minP } = this.#sampling;
    const scores = this.#scores;
    const weigh = (token: number) =>
      scores[token] === bestScore ? 1 : exactExp((scores[token]! - bestScore) / temperature);
    this.#queue.fill(scores, bestScore - WINDOW * temperature, bestScore, this.#classes, this.#openClasses);
    let take = () => this.#queue.take();
    let total: number;
    if (topK > 0) {
      const tokens = this.#takeAdmitted(topK);
      total = tokens.reduce((sum, token) => sum + weigh(token), 0);
      take = taker(tokens);
    } else {
      if (this.#pieces) this.#queue.keep(this.#admits);
      total = this.#queue.sum(weigh);
    }
    if (topP < 1 || minP > 0) {
      const tokens: number[] = [];
      let mass = 0;
      for (let token = take(); token !== undefined; token = take()) {
        const weight = weigh(token);
        if (weight < minP) break;
        tokens.push(token);
        mass += weight;
        if (mass >= topP * total) break;
      }
      total = mass;
      take = taker(tokens);
    }
    return pick(take, weigh, randomAt(this.#options.seed, this.#draws++) * total);
  }

  #takeAdmitted(count: number): number[] {
    const tokens: number[] = [];
    while (tokens.length < count) {
      const token = this.#queue.take();
      if (token === undefined) break;
      if (this.#admits(token)) tokens.push(token);
    }
    return tokens;
  }
}

type Take = () => number | undefined;

function taker(tokens: readonly number[]): Take {
  let taken = 0;
  return () => tokens[taken++];
}

/** The token in whose stretch of the summed weights `at` lies; the last one where rounding leaves it beyond. */
function pick(take: Take, weigh: (token: number) => number, at: number): number {
  let picked = -1;
  let sum = 0;
  for (let token = take(); token !== undefined; token = take()) {
    picked = token;
    sum += weigh(token);
    if (sum > at) break;
  }
  return picked;
}

function requireRange(name: string, value: number, min: number, max: number): void {
  if (!(value >= min && value <= max)) {
    throw new RangeError(`Got ${name} ${value}; expected ${min} to ${max}.`);
  }
}
