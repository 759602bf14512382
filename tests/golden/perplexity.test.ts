/** What the int8 KV cache costs, on texts that no model was trained on; README.md has the figures. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import type { Kernels } from '../../engine/model/kernels.js';
import type { LlamaModel } from '../../engine/model/llama.js';
import { withF16Attention } from '../support/f16-attention.js';
import { withFineActivations } from '../support/fine-activations.js';
import { type Comparison, compareLikelihoods, negativeLogLikelihoods } from '../support/perplexity.js';
import { loadBundled } from './bundled-llama.js';

interface Golden {
  readonly windows: readonly {
    readonly name: string;
    readonly ids: readonly number[];
    /** Of llama.cpp with an f16 cache, for ids 1.. */
    readonly negativeLogLikelihoods: readonly number[];
  }[];
}

type Wrap = (kernels: Kernels, memory: WebAssembly.Memory) => Kernels;

/** Attention in TypeScript takes a minute on a free core. */
const SLOW_MS = 600_000;

/** What the next model that is loaded gets in the place of its kernels. */
const seam = vi.hoisted(() => ({ wrap: ((kernels) => kernels) as Wrap }));
vi.mock('../../engine/model/kernels.js', async (load) => {
  const real = await load<typeof import('../../engine/model/kernels.js')>();
  const instantiateKernels: typeof real.instantiateKernels = async (module, memory, build) =>
    seam.wrap(await real.instantiateKernels(module, memory, build), memory);
  return { ...real, instantiateKernels };
});

const { windows }: Golden = await readGolden('perplexity-parley.json');
const recorded: Record<
  'int8CacheToF16Cache' | 'oursToLlamaCpp',
  Record<string, Comparison>
> = await readGolden('perplexity-measured-parley.json');

/** For each window, -log p of its tokens. */
function likelihoods(model: LlamaModel): number[][] {
  return windows.map(({ ids }) => negativeLogLikelihoods(model, ids));
}

/** Of each window, and of `all`. */
function compare(got: readonly (readonly number[])[], reference: readonly (readonly number[])[]) {
  const entries = windows.map(({ name }, i) => [name, compareLikelihoods(got[i]!, reference[i]!)] as const);
  const figures: Record<string, Comparison> = Object.fromEntries(entries);
  figures.all = compareLikelihoods(got.flat(), reference.flat());
  console.log(JSON.stringify(figures));
  return figures;
}

/** Our logits are the same to the bit on every machine, so these are the recorded figures but for Math.exp. */
function expectRecorded(got: Record<string, Comparison>, expected: Record<string, Comparison>): void {
  for (const [window, figures] of Object.entries(got)) {
    for (const [figure, value] of Object.entries(figures)) {
      expect(value, `${window} ${figure}`).toBeCloseTo(expected[window]![figure as keyof Comparison], 4);
    }
  }
}

describe('perplexity', () => {
  it(
    'is within 0.5 % of that of attention in double precision over an f16 cache',
    async () => {
      seam.wrap = withFineActivations;
      const int8 = likelihoods(await loadBundled('relaxed'));
      seam.wrap = (kernels, memory) => withF16Attention(withFineActivations(kernels, memory), memory);
      const f16 = likelihoods(await loadBundled('relaxed'));
      const figures = compare(int8, f16);
      const [prose, all] = [figures.prose!, figures.all!];
      expect(prose.scoredTokens).toBe(1023);
      expect(all.scoredTokens).toBeGreaterThan(1500);
      for (const { ratio } of [prose, all]) expect(Math.abs(ratio - 1)).toBeLessThan(0.005);
      // A ratio lets losses and gains cancel, this does not: 7-bit codes give 0.116. Equal caches would give 0.
      expect(all.rmsDifference).toBeLessThan(0.08);
      expect(all.rmsDifference).toBeGreaterThan(0.01);
      expectRecorded(figures, recorded.int8CacheToF16Cache);
    },
    SLOW_MS,
  );

  it('is within 1 % of that of llama.cpp with its f16 cache', async () => {
    seam.wrap = (kernels) => kernels;
    const model = await loadBundled('relaxed', 2);
    const figures = compare(
      likelihoods(model),
      windows.map((window) => window.negativeLogLikelihoods),
    );
    model.pool.stop();
    expect(Math.abs(figures.all!.ratio - 1)).toBeLessThan(0.01);
    expectRecorded(figures, recorded.oursToLlamaCpp);
  });
});

async function readGolden<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(`tests/golden/${name}`, 'utf8'));
}
