import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { argmax, run } from '../support/run-tokens.js';
import { loadBundled } from './bundled-llama.js';

interface Talk {
  readonly prompt: string;
  readonly ids: readonly number[];
  readonly greedy: readonly number[];
  /** Between llama.cpp's best and second logit at each step. */
  readonly margin: readonly number[];
}

/** Where the first token differs; our logits are the same everywhere, so this is exact. */
interface Difference {
  readonly talk: number;
  readonly step: number;
  readonly got: number;
  readonly expected: number;
  readonly margin: number;
}

/** In logits. Activations and the KV cache are rounded to 8 bits: what llama.cpp finds this close may fall either way. */
const CLOSE_CALL = 0.6;

describe('greedy decoding', () => {
  it.each(['relaxed', 'plain'] as const)(
    'follows llama.cpp but for the recorded close calls, %s',
    async (build) => {
      const { talks }: { talks: Talk[] } = await readGolden('greedy-parley.json');
      const recorded: Difference[] = await readGolden('greedy-differences-parley.json');
      const model = await loadBundled(build);
      const differences = talks.flatMap(({ ids, greedy, margin }, talk): Difference[] => {
        const sequence = model.cache.createSequence();
        let got = argmax(run(model, sequence, ids));
        let step = 0;
        while (step < greedy.length && got === greedy[step]) {
          got = argmax(run(model, sequence, [got]));
          step++;
        }
        sequence.release();
        return step < greedy.length
          ? [{ talk, step, got, expected: greedy[step]!, margin: margin[step]! }]
          : [];
      });
      expect(differences).toEqual(recorded);
      expect(differences.filter(({ margin }) => margin >= CLOSE_CALL)).toEqual([]);
    },
  );
});

async function readGolden<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(`tests/golden/${name}`, 'utf8'));
}
