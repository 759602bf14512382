/** llama.cpp's native build through node-llama-cpp, on the CPU. The measured time leaves out its tokenizer. */

/**
 * llama.cpp's prebuilt library for this processor.
 * @param {number} threads
 */
export async function startLlama(threads) {
  const { getLlama } = await import('node-llama-cpp');
  return getLlama({ gpu: false, build: 'never', maxThreads: threads, logLevel: 'error' });
}

/**
 * @param {string} modelPath
 * @param {{ threads: number, nCtx: number }} options
 * @returns {Promise<import('./peers.mjs').RunningPeer>}
 */
export async function openNative(modelPath, { threads, nCtx }) {
  const llama = await startLlama(threads);
  /** @type {import('node-llama-cpp').LlamaModel} */
  let model;
  /** @type {import('node-llama-cpp').LlamaContextSequence} */
  let sequence;
  return {
    async load() {
      model = await llama.loadModel({ modelPath });
      const context = await model.createContext({ contextSize: nCtx, threads });
      sequence = context.getSequence();
      return {
        threads: context.currentThreads,
        llamaCpp: llama.llamaCppRelease.release,
        instructionSets: instructionSets(llama.systemInfo),
      };
    },
    async run(text, tokens) {
      const prompt = [...model.tokenize(text)];
      const { bos } = model.tokens;
      if (bos !== null && model.tokens.shouldPrependBosToken) prompt.unshift(bos);
      await sequence.clearHistory();
      let decodedTokens = 0;
      let first = Number.NaN;
      const start = performance.now();
      for await (const _ of sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
        if (++decodedTokens === 1) first = performance.now();
        if (decodedTokens === tokens) break;
      }
      return {
        promptTokens: prompt.length,
        prefilledTokens: prompt.length,
        prefillMs: first - start,
        decodeSteps: decodedTokens - 1,
        decodeMs: performance.now() - first,
      };
    },
  };
}

/**
 * The sets in use, of a line such as `CPU : AVX2 = 1 | AVX512 = 0 |`.
 * @param {string} systemInfo
 */
export function instructionSets(systemInfo) {
  return [...systemInfo.matchAll(/(\w+) = 1/g)].map(([, name]) => name);
}
