/** Parley's engine in its worker. The measured time includes the chat template, the tokenizer and the sampler. */
import { createEngine, type LoadedEngine } from '../../../../engine/index.js';
import type { Message } from '../../../../engine/protocol.js';
import type { Peer } from './peer.js';

const unlimited = Number.POSITIVE_INFINITY;
let port: LoadedEngine;
let talks = 0;

const peer: Peer = {
  async load({ modelUrl, threads, nCtx, build }) {
    const engine = createEngine({ gameId: `peers-${Date.now()}` });
    engine.grant({
      frame: 1,
      decodeTokens: unlimited,
      prefillTokens: unlimited,
      ms: unlimited,
      runnable: 'all',
    });
    port = await engine.loadModel({
      urls: [new URL(modelUrl, document.baseURI).href],
      threads,
      nCtx,
      ...(build ? { build } : {}),
    });
    const { name, threads: used, build: chosen, loadMs } = port.info;
    return { name, threads: used, build: chosen, loadMs: Math.round(loadMs) };
  },
  async run(text, tokens) {
    const sequence = `peers/${++talks}/1`;
    const user: Message = { role: 'user', segments: [{ text, trusted: true }] };
    const { usage } = await port.generate(
      {
        sequence,
        messages: [user],
        priority: 'player',
        // The bundled model is made for short lines.
        sampling: { minTokens: tokens },
        seed: 1,
        maxTokens: tokens,
        stop: [],
      },
      () => undefined,
    );
    const prefillMs = usage.firstTokenMs ?? Number.NaN;
    return {
      promptTokens: usage.promptTokens,
      prefilledTokens: usage.prefilledTokens,
      prefillMs,
      decodeSteps: usage.decodedTokens - 1,
      decodeMs: usage.totalMs - prefillMs,
    };
  },
};

Object.assign(globalThis, { peer });
