/** CONTRACTS: threads and builds never change a result. */
import { afterAll, describe, expect, it } from 'vitest';
import type { LlamaModel } from '../../engine/model/llama.js';
import { bitDifferences } from '../support/close-to.js';
import { KERNEL_BUILDS } from '../support/kernel-memory.js';
import { argmax, run } from '../support/run-tokens.js';
import { loadBundled } from './bundled-llama.js';

const models: LlamaModel[] = [];
afterAll(() => {
  for (const { pool } of models) pool.stop();
});

/** Logits of a prompt and of eight greedy tokens after it. */
async function logitsOf(build: (typeof KERNEL_BUILDS)[number], threads: number): Promise<Float32Array> {
  const model = await loadBundled(build, threads);
  models.push(model);
  expect(model.pool.threads).toBe(threads);
  const sequence = model.cache.createSequence();
  const prompt = Array.from({ length: 45 }, (_, i) => ((i * 7919) % 40000) + 10);
  let logits = run(model, sequence, prompt, 21).slice();
  const all = [...logits];
  for (let i = 0; i < 8; i++) {
    logits = run(model, sequence, [argmax(logits)]).slice();
    all.push(...logits);
  }
  return Float32Array.from(all);
}

describe('threads', () => {
  it('give logits that are the same to the bit on 1, 2 and 4 threads of all builds', async () => {
    const expected = await logitsOf('relaxed', 1);
    for (const build of KERNEL_BUILDS) {
      for (const threads of [1, 2, 4]) {
        const differences = bitDifferences(await logitsOf(build, threads), expected);
        expect(differences, `${build}, ${threads} threads`).toEqual([]);
      }
    }
  });
});
