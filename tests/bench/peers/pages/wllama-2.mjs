/** wllama 2.3.1 through its low-level calls. The measured time leaves out its tokenizer. */
import { LoggerWithoutDebug, Wllama } from 'wllama-2';

const wllama = new Wllama(
  {
    'single-thread/wllama.wasm': 'wllama-2-single.wasm',
    'multi-thread/wllama.wasm': 'wllama-2-multi.wasm',
  },
  { suppressNativeLog: true, logger: LoggerWithoutDebug },
);

/** @type {import('./peer.js').Peer} */
const peer = {
  async load({ modelUrl, threads, nCtx }) {
    const file = await (await fetch(modelUrl)).blob();
    await wllama.loadModel([file], { n_ctx: nCtx, n_threads: threads });
    return { threads: wllama.isMultithread() ? wllama.getNumThreads() : 1 };
  },
  async run(text, tokens) {
    const prompt = await wllama.tokenize(text);
    if (wllama.mustAddBosToken()) prompt.unshift(wllama.getBOS());
    await wllama.kvClear();
    await wllama.samplingInit({ temp: 0 });
    const start = performance.now();
    await wllama.decode(prompt, {});
    let { token } = await wllama.samplingSample();
    const first = performance.now();
    for (let i = 1; i < tokens; i++) {
      await wllama.samplingAccept([token]);
      await wllama.decode([token], {});
      ({ token } = await wllama.samplingSample());
    }
    return {
      promptTokens: prompt.length,
      prefilledTokens: prompt.length,
      prefillMs: first - start,
      decodeSteps: tokens - 1,
      decodeMs: performance.now() - first,
    };
  },
};
Object.assign(globalThis, { peer });
