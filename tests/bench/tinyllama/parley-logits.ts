/** Our engine's side of the comparison; compare.mjs bundles it for Node. */
import { openModelFile } from '../../../cli/node-engine.js';
import { ByteSource } from '../../../engine/model-file/byte-source.js';
import { readGgufHeader } from '../../../engine/model-file/gguf-reader.js';
import type { KernelBuild } from '../../../engine/protocol.js';
import { bitDifferences } from '../../support/close-to.js';
import { divergence, logSumOfExponents } from '../../support/divergence.js';
import { KERNEL_BUILDS } from '../../support/kernel-memory.js';
import { loadLlamaFile } from '../../support/load-llama.js';
import { argmax, run } from '../../support/run-tokens.js';
import { seeded } from '../../support/seeded.js';

/** What a game gets when it asks for nothing else. */
const N_CTX = 1536;
const KV_BYTES = 64 * 2 ** 20;

export interface ParleyLogits {
  /** Behind each token. */
  readonly logits: readonly Float32Array[];
  readonly packedBytes: number;
  readonly memoryBytes: number;
}

export interface Comparison {
  /** KL(llama.cpp || ours) in nats, over all tokens of the vocabulary. */
  readonly meanKl: number;
  readonly largestKl: number;
  /** Of the positions, those with the same most likely token, in [0, 1]. */
  readonly sameTop: number;
  /** llama.cpp's entropy in nats: says whether the distribution is flat or peaked. */
  readonly meanEntropy: number;
}

/** Ids that are the same for the same seed. */
export function randomTokens(count: number, vocabSize: number, seed: number): number[] {
  const random = seeded(seed);
  return Array.from({ length: count }, () => random.below(vocabSize));
}

/**
 * Runs all kernel builds token by token, and the plain one in chunks too, as a prompt is.
 * @throws Error their logits differ in a bit
 */
export async function parleyLogits(path: string, tokens: readonly number[]): Promise<ParleyLogits> {
  const [first, ...others] = KERNEL_BUILDS;
  const result = await runBuild(path, first!, tokens);
  for (const build of others) {
    const { logits } = await runBuild(path, build, tokens);
    for (const [position, row] of logits.entries()) {
      const [difference] = bitDifferences(row, result.logits[position]!);
      if (difference) {
        throw new Error(`${build} and ${first} differ at position ${position}, logit ${difference}.`);
      }
    }
  }
  return result;
}

async function runBuild(path: string, build: KernelBuild, tokens: readonly number[]): Promise<ParleyLogits> {
  const model = await loadLlamaFile(path, { build, nCtx: N_CTX, kvBytes: KV_BYTES });
  const sequence = model.cache.createSequence();
  const logits = tokens.map((token) => run(model, sequence, [token]).slice());
  sequence.release();
  if (build === 'plain') {
    // Whole prompts take other kernels.
    const prompt = model.cache.createSequence();
    const [difference] = bitDifferences(run(model, prompt, tokens, 18), logits.at(-1)!);
    if (difference) throw new Error(`plain: a prompt and single tokens differ, logit ${difference}.`);
    prompt.release();
  }
  model.pool.stop();
  return { logits, packedBytes: model.weightBytes, memoryBytes: model.memoryBytes };
}

export function compareLogits(theirs: readonly Float32Array[], ours: readonly Float32Array[]): Comparison {
  const rows = theirs.map((logits, position) => {
    const logTotal = logSumOfExponents(logits);
    const all = Array.from(logits, (logit, token) => [token, logit - logTotal] as const);
    return {
      kl: divergence(all, ours[position]!),
      entropy: all.reduce((sum, [, logP]) => sum - Math.exp(logP) * logP, 0),
      same: argmax(logits) === argmax(ours[position]!),
    };
  });
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const divergences = rows.map(({ kl }) => kl);
  return {
    meanKl: mean(divergences),
    // NaN where a logit is not a number.
    largestKl: Math.max(...divergences),
    sameTop: mean(rows.map(({ same }) => Number(same))),
    meanEntropy: mean(rows.map(({ entropy }) => entropy)),
  };
}

/** Where a tensor stands in a file, in bytes. */
export async function placeOf(path: string, name: string): Promise<{ start: number; bytes: number }> {
  const { chunks, totalBytes } = await openModelFile([path]);
  const { tensors, dataOffset } = await readGgufHeader(new ByteSource(chunks), totalBytes);
  const tensor = tensors.find((candidate) => candidate.name === name);
  if (!tensor) throw new Error(`${path} has no tensor ${name}.`);
  return { start: dataOffset + tensor.offset, bytes: tensor.sizeBytes };
}
