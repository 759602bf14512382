/** The benchmark as it runs in the page: the real worker on a real model, seeded prompts, warm-up, repeats. */
import { createEngine, type KernelBuild, type LoadedEngine, type ModelInfo } from '../../engine/index.js';
import type { GenerateResult, Message } from '../../engine/protocol.js';
import { type Figure, figureOf, seededWords } from './samples.js';

interface PageOptions {
  readonly modelUrl: string;
  readonly threads: number;
  readonly build?: KernelBuild;
}

/** Tokens a second, or milliseconds. */
interface Figures {
  readonly loadMs: Figure;
  readonly prefillTokensPerSecond: Figure;
  readonly decodeTokensPerSecond: Figure;
  /** Of all four talks together. */
  readonly batchOf4TokensPerSecond: Figure;
  readonly ttftColdMs: Figure;
  readonly ttftReturningMs: Figure;
}

const WARM_UPS = 2;
const REPEATS = 5;
/** A model that needs longer for a round has warmed up in one, and shows its spread in three. */
const SLOW_MS = 4000;
/** Words of the prompt that is prefilled; about 1.3 tokens each. */
const PREFILL_WORDS = 100;
/** Words of a persona as large as those of the sample game. */
const PERSONA_WORDS = 160;
const DECODE_TOKENS = 64;
const BATCH = 4;

class Bench {
  readonly #port: LoadedEngine;
  #sequences = 0;

  constructor(port: LoadedEngine) {
    this.#port = port;
  }

  async figures(loadMs: number): Promise<Figures> {
    const prefill = await repeat((round) => this.#prefill(round));
    const decode = await repeat((round) => this.#decode(round));
    const batch = await repeat((round) => this.#batch(round));
    const talks: { cold: number; returning: number }[] = [];
    await repeat(async (round) => {
      const talk = await this.#talk(round);
      if (round === 0) talks.length = 0;
      talks.push(talk);
      return talk.cold;
    });
    const measured = talks.slice(Math.min(WARM_UPS, talks.length - 1));
    return {
      loadMs: figureOf([loadMs]),
      prefillTokensPerSecond: prefill,
      decodeTokensPerSecond: decode,
      batchOf4TokensPerSecond: batch,
      ttftColdMs: figureOf(measured.map(({ cold }) => cold)),
      ttftReturningMs: figureOf(measured.map(({ returning }) => returning)),
    };
  }

  /** A seeded answer: the same in every browser and build, and on any number of threads. */
  async sample(): Promise<string> {
    const { text } = await this.#generate([user(storyPrompt(0))], DECODE_TOKENS);
    return text;
  }

  async #prefill(round: number): Promise<number> {
    const { usage } = await this.#generate([user(seededWords(PREFILL_WORDS, round))], 1);
    return usage.prefilledTokens / ((usage.firstTokenMs ?? Number.NaN) / 1000);
  }

  /** Tokens a second behind the first one. */
  async #decode(round: number): Promise<number> {
    const { usage } = await this.#generate([user(storyPrompt(round))], DECODE_TOKENS);
    return (usage.decodedTokens - 1) / ((usage.totalMs - (usage.firstTokenMs ?? Number.NaN)) / 1000);
  }

  /** Tokens a second of four talks that decode together, while all of them do. */
  async #batch(round: number): Promise<number> {
    const talks = Array.from({ length: BATCH }, (_, i) => ({
      sequence: this.#sequence(),
      messages: [user(storyPrompt(round * BATCH + i))],
    }));
    for (const talk of talks) await this.#port.prefill({ ...talk, priority: 'player' });
    const timesMs: number[] = [];
    const begun = new Set<number>();
    let fromMs = 0;
    let from = 0;
    await Promise.all(
      talks.map(({ sequence, messages }, i) =>
        this.#generate(messages, DECODE_TOKENS, sequence, (count) => {
          for (let k = 0; k < count; k++) timesMs.push(performance.now());
          if (begun.size === BATCH || begun.add(i).size < BATCH) return;
          fromMs = performance.now();
          from = timesMs.length;
        }),
      ),
    );
    // Behind this one some talk has ended.
    const to = timesMs.length - BATCH;
    return (to - from) / ((timesMs[to - 1]! - fromMs) / 1000);
  }

  /** First tokens of a persona's first answer and of its second one. */
  async #talk(round: number): Promise<{ cold: number; returning: number }> {
    const sequence = this.#sequence();
    const talk = [system(seededWords(PERSONA_WORDS, 100 + round)), user('Player: How much is an eel?')];
    const first = await this.#generate(talk, 16, sequence);
    const answer: Message = { role: 'assistant', text: first.text, tokens: first.tokens };
    const question = user('Player: And where is your brother?');
    const second = await this.#generate([...talk, answer, question], 4, sequence);
    return {
      cold: first.usage.firstTokenMs ?? Number.NaN,
      returning: second.usage.firstTokenMs ?? Number.NaN,
    };
  }

  #generate(
    messages: readonly Message[],
    tokens: number,
    sequence = this.#sequence(),
    onTokens: (count: number) => void = () => undefined,
  ): Promise<GenerateResult> {
    return this.#port.generate(
      {
        sequence,
        messages,
        priority: 'player',
        sampling: { minTokens: tokens },
        seed: 1,
        maxTokens: tokens,
        stop: [],
      },
      ({ pieces }) => onTokens(pieces.length),
    );
  }

  #sequence(): string {
    return `bench/talk-${++this.#sequences}/1`;
  }
}

/** Warms up, then repeats. */
async function repeat(measure: (round: number) => Promise<number>): Promise<Figure> {
  const startMs = performance.now();
  await measure(0);
  const slow = performance.now() - startMs > SLOW_MS;
  for (let round = 1; round < (slow ? 1 : WARM_UPS); round++) await measure(round);
  const values: number[] = [];
  for (let round = 0; round < (slow ? 3 : REPEATS); round++) values.push(await measure(WARM_UPS + round));
  return figureOf(values);
}

function storyPrompt(seed: number): string {
  return `Tell me a long story about ${seededWords(6, 50 + seed)}.`;
}

function system(text: string): Message {
  return { role: 'system', segments: [{ text, trusted: true }] };
}

function user(text: string): Message {
  return { role: 'user', segments: [{ text, trusted: true }] };
}

async function runBenchmark(
  options: PageOptions,
): Promise<{ info: ModelInfo; sample: string; figures: Figures }> {
  const { modelUrl, threads, build } = options;
  const engine = createEngine({ gameId: `bench-${Date.now()}` });
  const unlimited = Number.POSITIVE_INFINITY;
  engine.grant({
    frame: 1,
    decodeTokens: unlimited,
    prefillTokens: unlimited,
    ms: unlimited,
    runnable: 'all',
  });
  const startMs = performance.now();
  const port = await engine.loadModel({
    urls: [new URL(modelUrl, document.baseURI).href],
    threads,
    ...(build ? { build } : {}),
  });
  const loadMs = performance.now() - startMs;
  const bench = new Bench(port);
  const sample = await bench.sample();
  return { info: port.info, sample, figures: await bench.figures(loadMs) };
}

runBenchmark(JSON.parse(decodeURIComponent(location.hash.slice(1))) as PageOptions)
  .catch((error: unknown) => ({ error: String(error) }))
  .then((result) => fetch('/report', { method: 'POST', body: JSON.stringify(result) }));
