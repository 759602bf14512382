/**
 * The benchmark of the KV cache as it runs in the page: what a talk costs whose cache is in memory, on disk or nowhere,
 * and what saving and reading it takes. Two engines of one game: to the second one all talks are as after a reload.
 */
import type { Message, Usage } from '../../engine/protocol.js';
import { BenchEngine, type PageOptions, system, user } from './bench-engine.js';
import { repeat } from './repeat.js';
import { reportResult } from './report-result.js';
import { type Figure, seededWords } from './samples.js';
import { WrittenFiles } from './written-files.js';

/** With it the prompts are as long as those of the sample game's characters: about 280 tokens, then 30 new ones. */
const PERSONA_WORDS = 255;
const FIRST = 'Player: How much is an eel?';
const LATER = [
  '(Mira knows: Eels come on Mondays.)\nPlayer: And when are they fresh?',
  '(Mira knows: Nell mends the nets.)\nPlayer: Who is it that helps you?',
  '(Mira knows: Tomas is at sea.)\nPlayer: And where is your brother?',
];
const ANSWER_TOKENS = 16;
/** The worker saves caches so long behind an answer, and the transcript before them. */
const SAVE_DELAY_MS = 200;
/** Positions of the cache that is saved and read. */
const CACHE_TOKENS = 512;
const WORKER_URL = 'watched-worker.js';

interface Asked {
  readonly text: string;
  readonly tokens: readonly number[];
  readonly usage: Usage;
  readonly firstTokenMs: number;
  /** From the last token to a closed file, without the delay; NaN where the engine does not save. */
  readonly saveMs: number;
}

class CacheBench {
  readonly #now: BenchEngine;
  readonly #afterReload: BenchEngine;
  readonly #files = new WrittenFiles();
  /** Tokens that a prompt has beside its one text. */
  #overhead = Number.NaN;

  private constructor(now: BenchEngine, afterReload: BenchEngine) {
    this.#now = now;
    this.#afterReload = afterReload;
  }

  static async load(options: PageOptions): Promise<CacheBench> {
    const shared = { gameId: `bench-${Date.now()}`, workerUrl: new URL(WORKER_URL, document.baseURI).href };
    const now = await BenchEngine.load(options, shared);
    return new CacheBench(now, await BenchEngine.load(options, shared));
  }

  async figures(): Promise<Record<string, Figure>> {
    const talk = await repeat((round) => this.#talk(round));
    const { usage } = await this.#ask(this.#now, this.#now.newSequence(), [user(FIRST)], 1);
    this.#overhead = usage.promptTokens - (await this.#now.countTokens([FIRST]))[0]!;
    return { ...talk, ...(await repeat((round) => this.#cache(round))) };
  }

  /** First tokens of a persona's first answer, and of a later one with its cache in memory, on disk, nowhere, and ready. */
  async #talk(round: number) {
    const sequence = this.#now.newSequence();
    let talk = [system(seededWords(PERSONA_WORDS, 100 + round)), user(FIRST)];
    const cold = await this.#ask(this.#now, sequence, talk, ANSWER_TOKENS);
    let last = cold;
    for (const [i, line] of LATER.entries()) {
      if (i > 0) last = await this.#ask(this.#now, sequence, talk, ANSWER_TOKENS);
      talk = [...talk, { role: 'assistant', text: last.text, tokens: last.tokens }, user(line)];
    }
    // Before the other one, which would save its own question behind it.
    const fromDisk = await this.#ask(this.#afterReload, sequence, talk, 1);
    const returning = await this.#ask(this.#now, sequence, talk, 1);
    await this.#now.drop(sequence);
    const rebuilt = await this.#ask(this.#now, this.#now.newSequence(), talk, 1);
    const heard = this.#now.newSequence();
    // As the dialogue box has it done while the player types.
    await this.#now.prefill(heard, talk);
    const typedAhead = await this.#ask(this.#now, heard, talk, 1);
    const restored = fromDisk.usage.cachedTokens === returning.usage.cachedTokens;
    return {
      ttftColdMs: cold.firstTokenMs,
      ttftReturningMs: returning.firstTokenMs,
      ttftFromDiskMs: restored ? fromDisk.firstTokenMs : Number.NaN,
      ttftRebuiltMs: rebuilt.firstTokenMs,
      ttftTypedAheadMs: typedAhead.firstTokenMs,
      coldTokens: cold.usage.prefilledTokens,
      returningTokens: returning.usage.prefilledTokens,
      rebuiltTokens: rebuilt.usage.prefilledTokens,
    };
  }

  /** Prefills, saves and restores a cache. */
  async #cache(round: number) {
    const sequence = this.#now.newSequence();
    const talk = [user(await this.#text(CACHE_TOKENS - this.#overhead, 200 + round))];
    const prefill = await this.#ask(this.#now, sequence, talk, 1);
    // Both compute the prompt's last token; only the first one reads the disk before.
    const restore = await this.#ask(this.#afterReload, sequence, talk, 1);
    const again = await this.#ask(this.#afterReload, sequence, talk, 1);
    const restored = restore.usage.prefilledTokens === again.usage.prefilledTokens;
    return {
      cacheTokens: prefill.usage.promptTokens,
      cachePrefillMs: prefill.firstTokenMs,
      cacheSaveMs: prefill.saveMs,
      cacheRestoreMs: restored ? restore.firstTokenMs - again.firstTokenMs : Number.NaN,
    };
  }

  /** Asks, and waits until the cache is saved: nothing else computes meanwhile. */
  async #ask(
    engine: BenchEngine,
    sequence: string,
    messages: readonly Message[],
    tokens: number,
  ): Promise<Asked> {
    const sentMs = performance.now();
    // One page; every prompt here takes more.
    const closed = this.#files.expect(16 * engine.info.kvBytesPerToken);
    const { text, tokens: ids, usage } = await engine.generate(messages, tokens, sequence);
    // Of two engines of one game only the first one writes.
    const closedMs = (engine === this.#now ? await closed() : undefined) ?? Number.NaN;
    return {
      text,
      tokens: ids,
      usage,
      firstTokenMs: usage.firstTokenMs ?? Number.NaN,
      saveMs: closedMs - sentMs - usage.totalMs - SAVE_DELAY_MS,
    };
  }

  /** Seeded words of at most so many tokens, and of no fewer than a word less. */
  async #text(tokens: number, seed: number): Promise<string> {
    const words = seededWords(tokens, seed).split(' ');
    const texts = words.map((_, i) => words.slice(0, i + 1).join(' '));
    const counts = await this.#now.countTokens(texts);
    return texts[counts.findLastIndex((count) => count <= tokens)]!;
  }
}

reportResult(async (options: PageOptions) => ({
  figures: await (await CacheBench.load(options)).figures(),
}));
