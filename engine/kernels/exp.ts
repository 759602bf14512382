// exp for four f32 lanes, the same bits in every build, browser and CPU: no host Math on the way to a probability.

import { fromRounded, round } from './round';

/** Each four times. Loaded, as the values in opaque.ts: a vector that V8 knows takes three instructions at each use. */
const CONSTANTS = memory.data<f32>(
  [
    88.0, 88.0, 88.0, 88.0, -87.0, -87.0, -87.0, -87.0,
    1.44269504088896341, 1.44269504088896341, 1.44269504088896341, 1.44269504088896341,
    0.693359375, 0.693359375, 0.693359375, 0.693359375,
    -2.12194440e-4, -2.12194440e-4, -2.12194440e-4, -2.12194440e-4,
    1.9875691500e-4, 1.9875691500e-4, 1.9875691500e-4, 1.9875691500e-4,
    1.3981999507e-3, 1.3981999507e-3, 1.3981999507e-3, 1.3981999507e-3,
    8.3334519073e-3, 8.3334519073e-3, 8.3334519073e-3, 8.3334519073e-3,
    4.1665795894e-2, 4.1665795894e-2, 4.1665795894e-2, 4.1665795894e-2,
    1.6666665459e-1, 1.6666665459e-1, 1.6666665459e-1, 1.6666665459e-1,
    5.0000001201e-1, 5.0000001201e-1, 5.0000001201e-1, 5.0000001201e-1,
    1.0, 1.0, 1.0, 1.0,
  ],
  16,
);
/**
 * e to the x, relative error below 2e-7 for x in [-87, 88]; outside, x is clamped to that range.
 * @source Cephes expf: argument reduction with a two-part ln 2, polynomial of degree 5
 */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  x = f32x4.pmax(f32x4.pmin(x, v128.load(CONSTANTS)), v128.load(CONSTANTS, 16));
  const rounded = round(f32x4.mul(x, v128.load(CONSTANTS, 32)));
  const n = fromRounded(rounded);
  let r = f32x4.sub(x, f32x4.mul(n, v128.load(CONSTANTS, 48)));
  r = f32x4.sub(r, f32x4.mul(n, v128.load(CONSTANTS, 64)));
  let p = v128.load(CONSTANTS, 80);
  p = f32x4.add(f32x4.mul(p, r), v128.load(CONSTANTS, 96));
  p = f32x4.add(f32x4.mul(p, r), v128.load(CONSTANTS, 112));
  p = f32x4.add(f32x4.mul(p, r), v128.load(CONSTANTS, 128));
  p = f32x4.add(f32x4.mul(p, r), v128.load(CONSTANTS, 144));
  p = f32x4.add(f32x4.mul(p, r), v128.load(CONSTANTS, 160));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), v128.load(CONSTANTS, 176));
  const power = i32x4.shl(i32x4.add(rounded, i32x4.splat(127)), 23);
  return f32x4.mul(p, power);
}
