import type { ModelConfig } from '../model-file/model-config.js';
import { exactCosSin, exactPower } from './exact-trig.js';

/** Bytes of the rotary table for `nCtx` positions. */
export function ropeTableBytes(config: Pick<ModelConfig, 'headSize'>, nCtx: number): number {
  return nCtx * config.headSize * 8;
}

/**
 * Fills the rotary table: f32[nCtx][cosines(headSize), sines(headSize)], each angle for a pair of adjacent columns.
 * Pair i turns by position * base^(-2i/headSize).
 */
export function fillRopeTable(
  table: Float32Array,
  config: Pick<ModelConfig, 'headSize' | 'ropeBase'>,
  nCtx: number,
): void {
  const { headSize, ropeBase } = config;
  for (let pair = 0; pair < headSize / 2; pair++) {
    const frequency = exactPower(ropeBase, (-2 * pair) / headSize);
    for (let position = 0; position < nCtx; position++) {
      const [cos, sin] = exactCosSin(position * frequency);
      const at = position * headSize * 2 + pair * 2;
      table[at] = cos;
      table[at + 1] = cos;
      table[at + headSize] = -sin;
      table[at + headSize + 1] = sin;
    }
  }
}
