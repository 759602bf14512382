import type { EnginePort } from '../../../plugin/engine-port.js';
import { memoryDocs } from '../../support/engine-port.js';

/** An engine that answers with these texts in turn. */
export function scriptedPort(answers: readonly string[]): EnginePort {
  const left = [...answers];
  return {
    ...memoryDocs(),
    model: { id: 'scripted', nCtx: 1024 },
    countTokens: (texts) => Promise.resolve(texts.map(() => 1)),
    prefill: () => Promise.resolve(),
    drop: () => Promise.resolve(),
    generate: async (_request, onChunk) => {
      const answer = left.shift();
      if (answer === undefined) throw new Error('asked once too often');
      onChunk({ pieces: (answer.match(/.{1,3}/gs) ?? []).map((text) => ({ token: null, text })) });
      return {} as never;
    },
  };
}
