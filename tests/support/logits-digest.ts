/** What the same-bits test compares between Node and a browser. */
import type { LlamaModel } from '../../engine/model/llama.js';
import type { KernelBuild } from '../../engine/protocol.js';
import { crc32 } from '../../engine/store/crc32.js';
import { argmax, run } from './run-tokens.js';
import { seeded } from './seeded.js';

const PROMPT_TOKENS = 41;
/** Neither a divisor of the prompt nor a multiple of the kernels' groups of rows. */
const CHUNK = 18;
const GREEDY_TOKENS = 6;

export interface LogitsDigest {
  readonly build: KernelBuild;
  /** That really ran. */
  readonly threads: number;
  /** CRC-32 of the logits' bits behind the prompt and behind each greedy token. */
  readonly crcs: readonly number[];
}

/** Runs a seeded prompt and greedy tokens behind it. */
export function digestLogits(model: LlamaModel, seed: number): LogitsDigest {
  const sequence = model.cache.createSequence();
  const random = seeded(seed);
  const prompt = Array.from({ length: PROMPT_TOKENS }, () => random.below(model.config.vocabSize));
  let logits = run(model, sequence, prompt, CHUNK);
  const crcs = [crcOf(logits)];
  for (let i = 0; i < GREEDY_TOKENS; i++) {
    logits = run(model, sequence, [argmax(logits)]);
    crcs.push(crcOf(logits));
  }
  return { build: model.build, threads: model.pool.threads, crcs };
}

function crcOf(logits: Float32Array): number {
  // A copy: shared memory.
  return crc32(new Uint8Array(logits.slice().buffer));
}
