/** The newest wllama, on the CPU; it has no low-level calls any more, so its own timings count, without its tokenizer. */
import { LoggerWithoutDebug, Wllama } from 'wllama-newest';

const wllama = new Wllama(
  { default: 'wllama-newest.wasm' },
  { suppressNativeLog: true, logger: LoggerWithoutDebug },
);

/** @type {import('./peer.js').Peer} */
const peer = {
  async load({ modelUrl, threads, nCtx }) {
    const file = await (await fetch(modelUrl)).blob();
    await wllama.loadModel([file], { n_ctx: nCtx, n_threads: threads, n_gpu_layers: 0, n_parallel: 1 });
    return {
      threads: wllama.isMultithread() ? wllama.getNumThreads() : 1,
      llamaCpp: Wllama.getLibllamaVersion(),
    };
  },
  async run(text, tokens) {
    const request = {
      prompt: text,
      max_tokens: tokens,
      temperature: 0,
      ignore_eos: true,
      cache_prompt: false,
    };
    const { timings, usage } = await wllama.createCompletion(request);
    if (!timings) throw new Error('wllama gave no timings.');
    return {
      promptTokens: usage.prompt_tokens,
      prefilledTokens: timings.prompt_n,
      prefillMs: timings.prompt_ms,
      // Its clock starts at the first token.
      decodeSteps: timings.predicted_n - 1,
      decodeMs: timings.predicted_ms,
    };
  },
};
Object.assign(globalThis, { peer });
