// Matrix times vector(s) for signed 8-bit weights (Q8_0, and F16, BF16, F32 requantized), repacked into tiles of
// 8 rows by 32 columns:
//
//   256 bytes  codes[16 column pairs][8 rows][2] i8
//    32 bytes  f32 scale[8]
//
// Both builds use the exact 16-bit dot product: an 8-bit weight is no 7-bit operand of the relaxed one.
// Float order as in matmul-w4.ts: acc + convert(sum) * (scale * xScale).

const TILE_BYTES: usize = 288;

// @ts-ignore: decorator
@inline
function add32(s: v128, codes: v128, x: v128): v128 {
  return i32x4.add(s, i32x4.dot_i16x8_s(codes, x));
}

/**
 * out[row] = weights[row] · x for the 8-row tiles tileBegin..tileEnd-1.
 * out: f32[rows]; w: tiles, `blocks` of 32 columns to a row; x, meta: one row from quantizeI16.
 */
export function gemvW8(out: usize, w: usize, x: usize, meta: usize, tileBegin: i32, tileEnd: i32, blocks: i32): void {
  w += <usize>tileBegin * <usize>blocks * TILE_BYTES;
  out += <usize>tileBegin << 5;
  for (let tile = tileBegin; tile < tileEnd; tile++) {
    let a0 = f32x4.splat(0), a1 = f32x4.splat(0);
    let px = x, pm = meta;
    for (let b = 0; b < blocks; b++) {
      let s = i32x4.splat(0), t = i32x4.splat(0);
      let y = v128.load32_splat(px);
      s = add32(s, v128.load8x8_s(w), y); t = add32(t, v128.load8x8_s(w, 8), y);
      y = v128.load32_splat(px, 4);
      s = add32(s, v128.load8x8_s(w, 16), y); t = add32(t, v128.load8x8_s(w, 24), y);
      y = v128.load32_splat(px, 8);
      s = add32(s, v128.load8x8_s(w, 32), y); t = add32(t, v128.load8x8_s(w, 40), y);
      y = v128.load32_splat(px, 12);
      s = add32(s, v128.load8x8_s(w, 48), y); t = add32(t, v128.load8x8_s(w, 56), y);
      y = v128.load32_splat(px, 16);
      s = add32(s, v128.load8x8_s(w, 64), y); t = add32(t, v128.load8x8_s(w, 72), y);
      y = v128.load32_splat(px, 20);
      s = add32(s, v128.load8x8_s(w, 80), y); t = add32(t, v128.load8x8_s(w, 88), y);
      y = v128.load32_splat(px, 24);
      s = add32(s, v128.load8x8_s(w, 96), y); t = add32(t, v128.load8x8_s(w, 104), y);
      y = v128.load32_splat(px, 28);
      s = add32(s, v128.load8x8_s(w, 112), y); t = add32(t, v128.load8x8_s(w, 120), y);
      y = v128.load32_splat(px, 32);
      s = add32(s, v128.load8x8_s(w, 128), y); t = add32(t, v128.load8x8_s(w, 136), y);
      y = v128.load32_splat(px, 36);
      s = add32(s, v128.load8x8_s(w, 144), y); t = add32(t, v128.load8x8_s(w, 152), y);
      y = v128.load32_splat(px, 40);
      s = add32(s, v128.load8x8_s(w, 160), y); t = add32(t, v128.load8x8_s(w, 168), y);
      y = v128.load32_splat(px, 44);
      s = add32(s, v128.load8x8_s(w, 176), y); t = add32(t, v128.load8x8_s(w, 184), y);
      y = v128.load32_splat(px, 48);
      s = add32(s, v128.load8x8_s(w, 192), y); t = add32(t, v128.load8x8_s(w, 200), y);
      y = v128.load32_splat(px, 52);
      s = add32(s, v128.load8x8_s(w, 208), y); t = add32(t, v128.load8x8_s(w, 216), y);
      y = v128.load32_splat(px, 56);
      s = add32(s, v128.load8x8_s(w, 224), y); t = add32(t, v128.load8x8_s(w, 232), y);
      y = v128.load32_splat(px, 60);
      s = add32(s, v128.load8x8_s(w, 240), y); t = add32(t, v128.load8x8_s(w, 248), y);
      const scale = v128.load32_splat(pm);
      a0 = f32x4.add(a0, f32x4.mul(f32x4.convert_i32x4_s(s), f32x4.mul(v128.load(w, 256), scale)));
      a1 = f32x4.add(a1, f32x4.mul(f32x4.convert_i32x4_s(t), f32x4.mul(v128.load(w, 272), scale)));
      w += TILE_BYTES; px += 64; pm += 16;
    }
    v128.store(out, a0);
    v128.store(out, a1, 16);
    out += 32;
  }
}

/**
 * As gemvW8 for `groups` groups of four rows of activations, one pass over the weights.
 * out: f32[4 * groups] rows, `outStride` bytes apart; x, meta: groups with four lanes (see quantize.ts), one after the other.
 */
export function gemm4W8(
  out: usize, outStride: usize, w: usize, x: usize, meta: usize,
  groups: i32, tileBegin: i32, tileEnd: i32, blocks: i32,
): void {
  w += <usize>tileBegin * <usize>blocks * TILE_BYTES;
  out += <usize>tileBegin << 5;
  for (let tile = tileBegin; tile < tileEnd; tile++) {
    let px = x, pm = meta, po = out;
    let pw = w;
    for (let g = 0; g < groups; g++) {
      let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
      pw = w;
      for (let b = 0; b < blocks; b++) {
        let s0 = i32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, t0 = s0, t1 = s0, t2 = s0, t3 = s0;
        for (let p = 0; p < 16; p++) {
          const v = v128.load8x8_s(pw), u = v128.load8x8_s(pw, 8);
          let y = v128.load32_splat(px);
          s0 = add32(s0, v, y); t0 = add32(t0, u, y);
          y = v128.load32_splat(px, 4);
          s1 = add32(s1, v, y); t1 = add32(t1, u, y);
          y = v128.load32_splat(px, 8);
          s2 = add32(s2, v, y); t2 = add32(t2, u, y);
          y = v128.load32_splat(px, 12);
          s3 = add32(s3, v, y); t3 = add32(t3, u, y);
          pw += 16; px += 16;
        }
        const low = v128.load(pw), high = v128.load(pw, 16);
        let scale = v128.load32_splat(pm);
        a0 = f32x4.add(a0, f32x4.mul(f32x4.convert_i32x4_s(s0), f32x4.mul(low, scale)));
        b0 = f32x4.add(b0, f32x4.mul(f32x4.convert_i32x4_s(t0), f32x4.mul(high, scale)));
        scale = v128.load32_splat(pm, 16);
        a1 = f32x4.add(a1, f32x4.mul(f32x4.convert_i32x4_s(s1), f32x4.mul(low, scale)));
        b1 = f32x4.add(b1, f32x4.mul(f32x4.convert_i32x4_s(t1), f32x4.mul(high, scale)));
        scale = v128.load32_splat(pm, 32);
        a2 = f32x4.add(a2, f32x4.mul(f32x4.convert_i32x4_s(s2), f32x4.mul(low, scale)));
        b2 = f32x4.add(b2, f32x4.mul(f32x4.convert_i32x4_s(t2), f32x4.mul(high, scale)));
        scale = v128.load32_splat(pm, 48);
        a3 = f32x4.add(a3, f32x4.mul(f32x4.convert_i32x4_s(s3), f32x4.mul(low, scale)));
        b3 = f32x4.add(b3, f32x4.mul(f32x4.convert_i32x4_s(t3), f32x4.mul(high, scale)));
        pw += 32; pm += 64;
      }
      v128.store(po, a0); v128.store(po, b0, 16); po += outStride;
      v128.store(po, a1); v128.store(po, b1, 16); po += outStride;
      v128.store(po, a2); v128.store(po, b2, 16); po += outStride;
      v128.store(po, a3); v128.store(po, b3, 16); po += outStride;
    }
    w = pw;
    out += 32;
  }
}

/** out[column] = weights[row][column], dequantized; out: f32[32 * blocks]. */
export function readRowW8(out: usize, w: usize, row: i32, blocks: i32): void {
  w += <usize>(row >> 3) * <usize>blocks * TILE_BYTES;
  const lane = <usize>(row & 7);
  for (let b = 0; b < blocks; b++) {
    const scale = load<f32>(w + lane * 4, 256);
    for (let column: usize = 0; column < 32; column++) {
      store<f32>(out, <f32>load<i8>(w + (column >> 1) * 16 + lane * 2 + (column & 1)) * scale);
      out += 4;
    }
    w += TILE_BYTES;
  }
}
