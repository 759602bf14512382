/** Attention over a quantized cache, in double precision. */
import { softmax } from './elementwise.js';
import { roundToSignedBlock, type SignedBlock } from './rounding.js';

/** Positions in one page. @see engine/kernels/kv-page.ts for the layout */
const PAGE_POSITIONS = 16;

/** The cache of one KV head: one block of headSize codes for each position. */
export interface HeadCache {
  readonly keys: readonly SignedBlock[];
  readonly values: readonly SignedBlock[];
}

/** Keys and values as the cache keeps them; keys, values: one f32[headSize] for each position. */
export function quantizeHead(keys: readonly Float32Array[], values: readonly Float32Array[]): HeadCache {
  return { keys: keys.map(roundToSignedBlock), values: values.map(roundToSignedBlock) };
}

/** softmax(query · keys / sqrt(headSize)) · values over all positions of the head. */
export function attend(query: ArrayLike<number>, { keys, values }: HeadCache): Float64Array {
  const headSize = query.length;
  const weights = softmax(
    keys.map(({ codes, scale }) => {
      let dot = 0;
      for (let i = 0; i < headSize; i++) dot += query[i]! * codes[i]!;
      return (dot * scale) / Math.sqrt(headSize);
    }),
  );
  const out = new Float64Array(headSize);
  values.forEach(({ codes, scale }, position) => {
    for (let i = 0; i < headSize; i++) out[i]! += weights[position]! * codes[i]! * scale;
  });
  return out;
}

/** One head's share of one page as bytes; positions of the head beyond the page's first 16 are left out. */
export function packHeadPage({ keys, values }: HeadCache, headSize: number): Uint8Array {
  const half = headSize * PAGE_POSITIONS;
  const bytes = new Uint8Array(2 * half + 8 * PAGE_POSITIONS);
  const view = new DataView(bytes.buffer);
  for (let slot = 0; slot < Math.min(keys.length, PAGE_POSITIONS); slot++) {
    const key = keys[slot]!;
    const value = values[slot]!;
    for (let i = 0; i < headSize; i++) {
      view.setInt8(Math.floor(i / 2) * 32 + slot * 2 + (i % 2), key.codes[i]!);
      view.setInt8(half + Math.floor(slot / 2) * headSize * 2 + i * 2 + (slot % 2), value.codes[i]!);
    }
    view.setFloat32(2 * half + slot * 4, key.scale, true);
    view.setFloat32(2 * half + 4 * PAGE_POSITIONS + slot * 4, value.scale, true);
  }
  return bytes;
}
