/** A model's forward pass over tokens, without sessions and scheduler; runs in Node and in a browser. */
import type { KvSequence } from '../../engine/model/kv-cache.js';
import type { LlamaModel } from '../../engine/model/llama.js';

/** Runs tokens into a sequence in chunks of `chunk` rows; logits of the last one. */
export function run(
  model: LlamaModel,
  sequence: KvSequence,
  tokens: readonly number[],
  chunk = 16,
): Float32Array {
  const { forward } = model;
  for (let first = 0; first < tokens.length; first += chunk) {
    const part = tokens.slice(first, first + chunk);
    sequence.reserve(part.length);
    const begin = sequence.length;
    forward.begin(
      part.map((token, i) => ({
        sequence,
        position: begin + i,
        token,
        wantsLogits: first + i === tokens.length - 1,
      })),
    );
    while (!forward.step());
    sequence.advance(part.length);
  }
  return forward.logits(0);
}

/** The highest logit's token; the lowest id among equals. */
export function argmax(logits: Float32Array): number {
  let best = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[best]!) best = i;
  return best;
}
