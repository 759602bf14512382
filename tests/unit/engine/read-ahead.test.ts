import { describe, expect, it } from 'vitest';
import { planActivations } from '../../../engine/model/activations.js';
import { Arena } from '../../../engine/model/arena.js';
import { packedBytes, planMatrix } from '../../../engine/model/matrix.js';
import { chooseReadAhead } from '../../../engine/model/read-ahead.js';
import { KernelMemory } from '../../support/kernel-memory.js';

const COLUMNS = 2048;
const memory = await KernelMemory.start('relaxed', 64 << 20);

/** What is chosen where a slice of weights takes so many milliseconds, and what was set last. */
function choose(rows: number, onMs: number, offMs: number) {
  memory.reset();
  const arena = new Arena(memory.take(0));
  const activations = planActivations(arena, 4, COLUMNS);
  memory.take(arena.sizeBytes);
  const matrix = planMatrix('test', 'Q4_0', rows, COLUMNS, memory.take(packedBytes('Q4_0', rows, COLUMNS)));
  let set: number | undefined;
  let time = 0;
  const chosen = chooseReadAhead({
    kernels: {
      ...memory.kernels,
      setReadAhead: (on) => {
        set = on;
        memory.kernels.setReadAhead(on);
      },
    },
    matrix,
    activations,
    out: memory.take(rows * 4),
    now: () => {
      time += set ? onMs : offMs;
      return time;
    },
  });
  return { chosen, set };
}

describe('chooseReadAhead', () => {
  it('is the faster way', () => {
    expect(choose(16384, 1, 2)).toEqual({ chosen: true, set: 1 });
    expect(choose(16384, 2, 1)).toEqual({ chosen: false, set: 0 });
  });

  it('measures nothing on weights that stay in caches', () => {
    expect(choose(2048, 2, 1)).toEqual({ chosen: true, set: 1 });
  });
});
