// One head's share of a KV page, 16 positions:
//
//   headSize*16  keys   [headSize/2][16 positions][2] i8
//   headSize*16  values [8 position pairs][headSize][2] i8
//   64           f32 keyScale[16]
//   64           f32 valueScale[16]
//
// Keys have positions in the lanes and values have columns in the lanes, so attention needs no horizontal sums.

// @ts-ignore: decorator
@inline
function scaleOf(x: usize, headSize: i32): f32 {
  let m = f32x4.splat(0);
  for (let i: usize = 0; i < <usize>headSize << 2; i += 16) m = f32x4.max(m, f32x4.abs(v128.load(x + i)));
  const a = max(f32x4.extract_lane(m, 0), f32x4.extract_lane(m, 1));
  return max(a, max(f32x4.extract_lane(m, 2), f32x4.extract_lane(m, 3)));
}

// @ts-ignore: decorator
@inline
function code(x: f32, inverse: f32): i8 {
  return <i8>min<i32>(max<i32>(<i32>nearest(x * inverse), -127), 127);
}

/**
 * Quantizes one position's key and value of `heads` KV heads into its page.
 * page: the layer's part of the page, `heads` head blocks; slot: 0..15; key, value: f32[heads][headSize].
 */
export function storeKeyValue(page: usize, slot: i32, key: usize, value: usize, heads: i32, headSize: i32): void {
  const half = <usize>headSize << 4;
  const at = <usize>slot;
  for (let head = 0; head < heads; head++) {
    const keyTop = scaleOf(key, headSize);
    const valueTop = scaleOf(value, headSize);
    const keyInverse: f32 = keyTop > 0 ? <f32>127.0 / keyTop : 0;
    const valueInverse: f32 = valueTop > 0 ? <f32>127.0 / valueTop : 0;
    const values = page + half + (at >> 1) * (<usize>headSize << 1) + (at & 1);
    for (let i: usize = 0; i < <usize>headSize; i++) {
      store<i8>(page + (i >> 1) * 32 + at * 2 + (i & 1), code(load<f32>(key + i * 4), keyInverse));
      store<i8>(values + i * 2, code(load<f32>(value + i * 4), valueInverse));
    }
    store<f32>(page + 2 * half + at * 4, keyTop / <f32>127.0);
    store<f32>(page + 2 * half + at * 4, valueTop / <f32>127.0, 64);
    page += 2 * half + 128;
    key += <usize>headSize << 2;
    value += <usize>headSize << 2;
  }
}
