// One head's share of a KV page, 16 positions:
//
//   headSize*16  keys   [headSize/2][16 positions][2] i8
//   headSize*16  values [8 position pairs][headSize][2] i8
//   64           f32 keyScale[16]
//   64           f32 valueScale[16]
//
// Keys have positions in the lanes and values have columns in the lanes, so attention needs no horizontal sums.

import { maxLanes } from './reduce';
import { roundToI32 } from './round';

// @ts-ignore: decorator
@inline
function largest(x: usize, headSize: usize): f32 {
  let m = f32x4.splat(0);
  for (let i: usize = 0; i < headSize << 2; i += 16) m = f32x4.pmax(m, f32x4.abs(v128.load(x + i)));
  return maxLanes(m);
}

/** Eight codes as i16, in ±127. */
// @ts-ignore: decorator
@inline
function codes8(x: usize, inverse: v128): v128 {
  const low = roundToI32(f32x4.mul(v128.load(x), inverse)), high = roundToI32(f32x4.mul(v128.load(x, 16), inverse));
  return i16x8.max_s(i16x8.min_s(i16x8.narrow_i32x4_s(low, high), i16x8.splat(127)), i16x8.splat(-127));
}

/**
 * Quantizes one position's key and value of `heads` KV heads into its page.
 * page: the layer's part of the page, `heads` head blocks; slot: 0..15; key, value: f32[heads][headSize], headSize a
 * multiple of 8.
 */
export function storeKeyValue(page: usize, slot: i32, key: usize, value: usize, heads: i32, headSize: i32): void {
  const size = <usize>headSize;
  const half = size << 4;
  const at = <usize>slot;
  for (let head = 0; head < heads; head++) {
    const keyTop = largest(key, size);
    const valueTop = largest(value, size);
    const keyInverse = f32x4.splat(keyTop > 0 ? <f32>127.0 / keyTop : 0);
    const valueInverse = f32x4.splat(valueTop > 0 ? <f32>127.0 / valueTop : 0);
    let keys = page + (at << 1);
    let values = page + half + (at >> 1) * (size << 1) + (at & 1);
    for (let i: usize = 0; i < size; i += 8) {
      const k = codes8(key + (i << 2), keyInverse);
      const bytes = i8x16.narrow_i16x8_s(k, k);
      v128.store16_lane(keys, bytes, 0);
      v128.store16_lane(keys, bytes, 1, 32);
      v128.store16_lane(keys, bytes, 2, 64);
      v128.store16_lane(keys, bytes, 3, 96);
      keys += 128;
      const v = codes8(value + (i << 2), valueInverse);
      v128.store8_lane(values, v, 0);
      v128.store8_lane(values, v, 2, 2);
      v128.store8_lane(values, v, 4, 4);
      v128.store8_lane(values, v, 6, 6);
      v128.store8_lane(values, v, 8, 8);
      v128.store8_lane(values, v, 10, 10);
      v128.store8_lane(values, v, 12, 12);
      v128.store8_lane(values, v, 14, 14);
      values += 16;
    }
    store<f32>(page + 2 * half + at * 4, keyTop / <f32>127.0);
    store<f32>(page + 2 * half + at * 4, valueTop / <f32>127.0, 64);
    page += 2 * half + 128;
    key += size << 2;
    value += size << 2;
  }
}
