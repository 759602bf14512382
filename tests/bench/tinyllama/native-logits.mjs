/** Logits of llama.cpp's native build, through the node-llama-cpp that stands with the peers. */
import { instructionSets, startLlama } from '../peers/native.mjs';

/** Does not change the logits. */
const THREADS = 2;

/**
 * @typedef {object} NativeLogits
 * @property {string} llamaCpp release
 * @property {readonly (string | undefined)[]} instructionSets
 * @property {(modelPath: string, tokens: readonly number[]) => Promise<Float32Array[]>} logitsOf behind each token
 */

/**
 * On the CPU, with the f16 KV cache that is llama.cpp's default.
 * @returns {Promise<NativeLogits>}
 */
export async function startNative() {
  const llama = await startLlama(THREADS);
  return {
    llamaCpp: llama.llamaCppRelease.release,
    instructionSets: instructionSets(llama.systemInfo),
    async logitsOf(modelPath, tokens) {
      const model = await llama.loadModel({ modelPath });
      try {
        const context = await model.createContext({
          contextSize: Math.max(256, tokens.length),
          threads: THREADS,
        });
        const outputs = await context
          .getSequence()
          .controlledEvaluate(
            tokens.map((token) => [/** @type {any} */ (token), { generateNext: { logits: true } }]),
          );
        return outputs.map((output) => inOrder(output?.next.logits));
      } finally {
        await model.dispose();
      }
    },
  };
}

/** @param {ReadonlyMap<number, number> | undefined} byToken logits of all tokens, the highest first */
function inOrder(byToken) {
  const logits = new Float32Array(byToken?.size ?? 0);
  for (const [token, logit] of byToken ?? []) logits[token] = logit;
  return logits;
}
