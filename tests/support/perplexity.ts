/** How well a model predicts a text. */
import { type ForwardRow, MAX_LOGITS } from '../../engine/model/forward.js';
import type { LlamaModel } from '../../engine/model/llama.js';
import { logSumOfExponents } from './divergence.js';

/** -log p in nats of each token of a window but the first, behind all that stand before it. */
export function negativeLogLikelihoods(model: LlamaModel, ids: readonly number[]): number[] {
  const { forward } = model;
  const sequence = model.cache.createSequence();
  const last = ids.length - 1;
  const results: number[] = [];
  for (let first = 0; first < last; first += MAX_LOGITS) {
    const part = ids.slice(first, Math.min(first + MAX_LOGITS, last));
    sequence.reserve(part.length);
    forward.begin(
      part.map((token, i): ForwardRow => ({ sequence, position: first + i, token, wantsLogits: true })),
    );
    while (!forward.step());
    sequence.advance(part.length);
    for (let i = 0; i < part.length; i++) {
      const logits = forward.logits(i);
      results.push(logSumOfExponents(logits) - logits[ids[first + i + 1]!]!);
    }
  }
  sequence.release();
  return results;
}

export interface Comparison {
  readonly scoredTokens: number;
  readonly perplexity: number;
  readonly referencePerplexity: number;
  readonly ratio: number;
  /** Of the ratio, as far as the differences of tokens are independent. */
  readonly standardError: number;
  /** Of the differences between tokens' log-likelihoods, in nats: differences of either sign do not cancel here. */
  readonly rmsDifference: number;
}

/** Compares -log p of the same tokens. */
export function compareLikelihoods(got: readonly number[], reference: readonly number[]): Comparison {
  if (got.length !== reference.length) {
    throw new RangeError(`Got ${got.length} tokens, the reference has ${reference.length}.`);
  }
  const differences = got.map((value, i) => value - reference[i]!);
  const ratio = Math.exp(mean(differences));
  const meanSquare = mean(differences.map((difference) => difference ** 2));
  const variance = meanSquare - mean(differences) ** 2;
  return {
    scoredTokens: got.length,
    perplexity: Math.exp(mean(got)),
    referencePerplexity: Math.exp(mean(reference)),
    ratio,
    standardError: ratio * Math.sqrt(variance / got.length),
    rmsDifference: Math.sqrt(meanSquare),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
