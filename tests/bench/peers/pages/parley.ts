/** Parley's engine in its worker. The measured time includes the chat template, the tokenizer and the sampler. */
import { createEngine, type LoadedEngine } from '../../../../engine/index.js';
import type { GenerateResult, Message } from '../../../../engine/protocol.js';
import type { Peer } from './peer.js';

const unlimited = Number.POSITIVE_INFINITY;
/** Goes behind an answer that ended, so that it is continued: the bundled model is made for short lines. */
const NUDGE = ' And then';
const MAX_NUDGES = 64;

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
    const first = await generate(sequence, [user], tokens);
    let { steps: decodeSteps, ms: decodeMs } = decoding(first);
    let answer = first.text;
    for (let nudges = 0; decodeSteps < tokens - 1; nudges++) {
      if (nudges === MAX_NUDGES) throw new Error(`Got ${decodeSteps} tokens; expected ${tokens - 1}.`);
      answer += NUDGE;
      const partial: Message = { role: 'assistant', text: answer, tokens: first.tokens };
      const more = await generate(sequence, [user, partial], tokens - decodeSteps);
      const { steps, ms } = decoding(more);
      answer += more.text;
      decodeSteps += steps;
      decodeMs += ms;
    }
    return {
      promptTokens: first.usage.promptTokens,
      prefilledTokens: first.usage.prefilledTokens,
      prefillMs: first.usage.firstTokenMs ?? Number.NaN,
      decodeSteps,
      decodeMs,
    };
  },
};

function generate(
  sequence: string,
  messages: readonly Message[],
  maxTokens: number,
): Promise<GenerateResult> {
  return port.generate(
    {
      sequence,
      messages,
      continueAnswer: messages.length > 1,
      priority: 'player',
      sampling: {},
      seed: 1,
      maxTokens,
      stop: [],
    },
    () => undefined,
  );
}

/** Steps behind the first sampled token, which belongs to the prefill; an end of turn is a step without a token. */
function decoding({ finish, usage }: GenerateResult): { steps: number; ms: number } {
  return {
    steps: finish === 'stop' ? usage.decodedTokens : usage.decodedTokens - 1,
    ms: usage.totalMs - (usage.firstTokenMs ?? Number.NaN),
  };
}

Object.assign(globalThis, { peer });
