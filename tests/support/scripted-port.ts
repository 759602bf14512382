/** An engine whose answers are written down, for what the dialogue makes of them. */
import { memoryDocs } from '../../cli/memory-docs.js';
import type { EnginePort, GenerateRequest, Piece } from '../../plugin/engine-port.js';

export interface ScriptedPort extends EnginePort {
  readonly requests: readonly GenerateRequest[];
}

export interface ScriptOptions {
  /** Before each answer. */
  readonly delayMs?: number;
  readonly countTokens?: (text: string) => number;
}

/** Answers with these texts in turn, then always with the last one; in pieces of three characters. */
export function scriptedPort(answers: readonly string[], options: ScriptOptions = {}): ScriptedPort {
  const { delayMs = 0, countTokens = () => 10 } = options;
  const requests: GenerateRequest[] = [];
  return {
    ...memoryDocs(),
    requests,
    model: { id: 'script', nCtx: 1536 },
    countTokens: async (texts) => texts.map(countTokens),
    generate: async (request, onChunk, signal) => {
      const text = answers[Math.min(requests.length, answers.length - 1)] ?? '';
      requests.push(request);
      if (delayMs > 0) await delay(delayMs, signal);
      const pieces = (text.match(/.{1,3}/gsu) ?? []).map((part): Piece => ({ token: null, text: part }));
      onChunk({ pieces });
      const usage = {
        promptTokens: 1,
        cachedTokens: 0,
        prefilledTokens: 1,
        decodedTokens: pieces.length,
        totalMs: delayMs,
      };
      return { text, tokens: [], finish: 'stop', usage };
    },
    prefill: async () => undefined,
    drop: async () => undefined,
  };
}

function delay(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => reject(signal.reason));
  });
}
