import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LlamaModel } from '../../engine/model/llama.js';
import { divergence, type TopTokens } from '../support/divergence.js';
import { run } from '../support/run-tokens.js';
import { loadBundled } from './bundled-llama.js';

interface Golden {
  readonly ids: readonly number[];
  /** At each position the 64 most likely next tokens and their log-probabilities. */
  readonly top: readonly TopTokens[];
}

describe('next-token distribution', () => {
  let golden: Golden;
  let relaxed: LlamaModel;
  let plain: LlamaModel;

  beforeAll(async () => {
    golden = JSON.parse(await readFile('tests/golden/next-token-parley.json', 'utf8'));
    [relaxed, plain] = await Promise.all([loadBundled('relaxed'), loadBundled('plain')]);
  });

  it('diverges from llama.cpp by less than 0.02 nats in the mean', () => {
    const sequence = relaxed.cache.createSequence();
    const divergences = golden.ids.map((id, i) => divergence(golden.top[i]!, run(relaxed, sequence, [id])));
    sequence.release();
    expect(divergences.length).toBeGreaterThan(450);
    const mean = divergences.reduce((sum, kl) => sum + kl, 0) / divergences.length;
    console.log(`mean KL divergence ${mean.toFixed(5)}, largest ${Math.max(...divergences).toFixed(4)}`);
    expect(mean).toBeLessThan(0.02);
  });

  it('is the same to the bit in the relaxed and the plain build', () => {
    const tokens = golden.ids.slice(0, 200);
    const [a, b] = [relaxed, plain].map((model) => model.cache.createSequence());
    for (const id of tokens) {
      const one = bits(run(relaxed, a!, [id]));
      const other = bits(run(plain, b!, [id]));
      expect(Buffer.compare(one, other)).toBe(0);
    }
    a!.release();
    b!.release();
  });

  it('is the same to the bit for any prefill chunk', () => {
    const tokens = golden.ids.slice(0, 150);
    const results = [1, 2, 3, 5, 8, 20, 32].map((chunk) => {
      const sequence = relaxed.cache.createSequence();
      const logits = Buffer.from(bits(run(relaxed, sequence, tokens, chunk)));
      sequence.release();
      return logits;
    });
    for (const result of results.slice(1)) expect(Buffer.compare(result, results[0]!)).toBe(0);
  });
});

function bits(logits: Float32Array): Buffer {
  return Buffer.from(logits.buffer, logits.byteOffset, logits.byteLength);
}
