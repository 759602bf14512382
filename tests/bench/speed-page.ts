/** The benchmark of speed as it runs in the page: the real worker on a real model, seeded prompts, warm-up, repeats. */
import type { ModelInfo } from '../../engine/index.js';
import { BenchEngine, type PageOptions, user } from './bench-engine.js';
import { repeat } from './repeat.js';
import { reportResult } from './report-result.js';
import { type Figure, figureOf, seededWords } from './samples.js';

/** Words of the prompt that is prefilled; about 1.3 tokens each. */
const PREFILL_WORDS = 100;
const DECODE_TOKENS = 64;
const BATCH = 4;

async function prefill(engine: BenchEngine, round: number) {
  const { usage } = await engine.generate([user(seededWords(PREFILL_WORDS, round))], 1);
  return { prefillTokensPerSecond: usage.prefilledTokens / ((usage.firstTokenMs ?? Number.NaN) / 1000) };
}

/** Tokens a second behind the first one. */
async function decode(engine: BenchEngine, round: number) {
  const { usage } = await engine.generate([user(storyPrompt(round))], DECODE_TOKENS);
  const ms = usage.totalMs - (usage.firstTokenMs ?? Number.NaN);
  return { decodeTokensPerSecond: (usage.decodedTokens - 1) / (ms / 1000) };
}

/** Tokens a second of four talks that decode together, while all of them do. */
async function batch(engine: BenchEngine, round: number) {
  const talks = Array.from({ length: BATCH }, (_, i) => ({
    sequence: engine.newSequence(),
    messages: [user(storyPrompt(round * BATCH + i))],
  }));
  for (const { sequence, messages } of talks) await engine.prefill(sequence, messages);
  const timesMs: number[] = [];
  const begun = new Set<number>();
  let fromMs = 0;
  let from = 0;
  await Promise.all(
    talks.map(({ sequence, messages }, i) =>
      engine.generate(messages, DECODE_TOKENS, sequence, (count) => {
        for (let k = 0; k < count; k++) timesMs.push(performance.now());
        if (begun.size === BATCH || begun.add(i).size < BATCH) return;
        fromMs = performance.now();
        from = timesMs.length;
      }),
    ),
  );
  // Behind this one some talk has ended.
  const to = timesMs.length - BATCH;
  return { batchOf4TokensPerSecond: (to - from) / ((timesMs[to - 1]! - fromMs) / 1000) };
}

function storyPrompt(seed: number): string {
  return `Tell me a long story about ${seededWords(6, 50 + seed)}.`;
}

async function runBenchmark(
  options: PageOptions,
): Promise<{ info: ModelInfo; sample: string; figures: Record<string, Figure> }> {
  const engine = await BenchEngine.load(options);
  // A seeded answer: the same in every browser and build, and on any number of threads.
  const { text: sample } = await engine.generate([user(storyPrompt(0))], DECODE_TOKENS);
  const figures = {
    loadMs: figureOf([engine.loadMs]),
    ...(await repeat((round) => prefill(engine, round))),
    ...(await repeat((round) => decode(engine, round))),
    ...(await repeat((round) => batch(engine, round))),
  };
  return { info: engine.info, sample, figures };
}

reportResult(runBenchmark);
