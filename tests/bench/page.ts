/** The benchmark as it runs in the page: the real worker on a real model, seeded prompts, warm-up, medians. */
import { createEngine, type KernelBuild, type ModelInfo } from '../../engine/index.js';
import type { GenerateRequest, GenerateResult, Message } from '../../engine/protocol.js';
import { median, seededWords } from './samples.js';

export interface PageOptions {
  readonly modelUrl: string;
  readonly threads: number;
  readonly build: KernelBuild | undefined;
}

export interface PageResult {
  readonly info: ModelInfo;
  readonly loadMs: number;
  readonly prefillTokensPerSecond: number;
  readonly decodeTokensPerSecond: number;
  readonly ttftColdMs: number;
  readonly ttftReturningMs: number;
}

const WARM_UPS = 2;
const REPEATS = 5;
/** Words of the prompt that is prefilled; about 1.3 tokens each. */
const PREFILL_WORDS = 200;
/** Words of a persona as large as those of the sample game. */
const PERSONA_WORDS = 160;
const DECODE_TOKENS = 64;

const unlimited = Number.POSITIVE_INFINITY;

export async function runBenchmark({ modelUrl, threads, build }: PageOptions): Promise<PageResult> {
  const engine = createEngine({ gameId: `bench-${Date.now()}` });
  engine.grant({
    frame: 1,
    decodeTokens: unlimited,
    prefillTokens: unlimited,
    ms: unlimited,
    runnable: 'all',
  });
  const start = performance.now();
  const port = await engine.loadModel({
    urls: [new URL(modelUrl, document.baseURI).href],
    threads,
    ...(build ? { build } : {}),
  });
  const loadMs = performance.now() - start;
  let sequences = 0;
  const generate = (messages: readonly Message[], maxTokens: number, sequence = `bench/${++sequences}/1`) => {
    const request: GenerateRequest = {
      sequence,
      messages,
      priority: 'player',
      sampling: { minTokens: maxTokens },
      seed: 1,
      maxTokens,
      stop: [],
    };
    return port.generate(request, () => undefined);
  };
  const repeat = async (measure: (round: number) => Promise<number>) => {
    const values: number[] = [];
    for (let round = 0; round < WARM_UPS + REPEATS; round++) values.push(await measure(round));
    return median(values.slice(WARM_UPS));
  };

  const prefillTokensPerSecond = await repeat(async (round) => {
    const { usage } = await generate([user(seededWords(PREFILL_WORDS, round))], 1);
    return usage.prefilledTokens / ((usage.firstTokenMs ?? Number.NaN) / 1000);
  });
  const decodeTokensPerSecond = await repeat(async (round) =>
    decodeSpeed(
      await generate([user(`Tell me a long story about ${seededWords(6, 50 + round)}.`)], DECODE_TOKENS),
    ),
  );
  const returning: number[] = [];
  const ttftColdMs = await repeat(async (round) => {
    const sequence = `bench/talk-${round}/1`;
    const talk: Message[] = [
      system(seededWords(PERSONA_WORDS, 100 + round)),
      user('Player: How much is an eel?'),
    ];
    const first = await generate(talk, 16, sequence);
    const answer: Message = { role: 'assistant', text: first.text, tokens: first.tokens };
    const second = await generate(
      [...talk, answer, user('Player: And where is your brother?')],
      16,
      sequence,
    );
    returning.push(second.usage.firstTokenMs ?? Number.NaN);
    return first.usage.firstTokenMs ?? Number.NaN;
  });
  engine.dispose();
  return {
    info: port.info,
    loadMs,
    prefillTokensPerSecond,
    decodeTokensPerSecond,
    ttftColdMs,
    ttftReturningMs: median(returning.slice(WARM_UPS)),
  };
}

/** Tokens a second behind the first one. */
function decodeSpeed({ usage }: GenerateResult): number {
  return (usage.decodedTokens - 1) / ((usage.totalMs - (usage.firstTokenMs ?? Number.NaN)) / 1000);
}

function system(text: string): Message {
  return { role: 'system', segments: [{ text, trusted: true }] };
}

function user(text: string): Message {
  return { role: 'user', segments: [{ text, trusted: true }] };
}

Object.assign(globalThis, { runBenchmark });
