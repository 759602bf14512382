// Attention of one position over an int8 KV cache in pages (see kv-page.ts). All dot products are exact integers:
// the query is rounded to 16 bits, and so are the softmax weights (times the values' scales) of each page.
// The order of float operations depends on positions alone: never on the batch, the chunk or the thread.

import { exp4 } from './exp';
import { maxLanes, sumLanes } from './reduce';
import { rotate } from './rope';
import { roundToI32 } from './round';

/** Rounds n values to ±32767; returns the scale. out: i16[n]. */
function toI16(out: usize, x: usize, n: usize): f32 {
  let m = f32x4.splat(0);
  for (let i: usize = 0; i < n << 2; i += 16) m = f32x4.pmax(m, f32x4.abs(v128.load(x + i)));
  const top = maxLanes(m);
  const inverse = f32x4.splat(top > 0 ? <f32>32767.0 / top : 0);
  for (let i: usize = 0; i < n << 2; i += 16) {
    const q = roundToI32(f32x4.mul(v128.load(x + i), inverse));
    v128.store64_lane(out + (i >> 1), i16x8.narrow_i32x4_s(q, q), 0);
  }
  return top / <f32>32767.0;
}

// Query heads that share a KV head are taken two at a time, so that what is read and widened serves both. `two` is known
// where these functions are inlined; without it the second head's operands are not touched.

/** scores[16] of one page: (keys · query) * keyScale * queryScale. */
// @ts-ignore: decorator
@inline
function scorePage(
  scores: usize, scores2: usize, block: usize, query: usize, query2: usize, headSize: usize,
  scale: v128, scale2: v128, two: bool,
): void {
  let s0 = i32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, t0 = s0, t1 = s0, t2 = s0, t3 = s0;
  const end = query + (headSize << 1);
  let keys = block;
  while (query < end) {
    const k0 = v128.load8x8_s(keys), k1 = v128.load8x8_s(keys, 8);
    const k2 = v128.load8x8_s(keys, 16), k3 = v128.load8x8_s(keys, 24);
    let q = v128.load32_splat(query);
    s0 = i32x4.add(s0, i32x4.dot_i16x8_s(k0, q)); s1 = i32x4.add(s1, i32x4.dot_i16x8_s(k1, q));
    s2 = i32x4.add(s2, i32x4.dot_i16x8_s(k2, q)); s3 = i32x4.add(s3, i32x4.dot_i16x8_s(k3, q));
    if (two) {
      q = v128.load32_splat(query2);
      t0 = i32x4.add(t0, i32x4.dot_i16x8_s(k0, q)); t1 = i32x4.add(t1, i32x4.dot_i16x8_s(k1, q));
      t2 = i32x4.add(t2, i32x4.dot_i16x8_s(k2, q)); t3 = i32x4.add(t3, i32x4.dot_i16x8_s(k3, q));
      query2 += 4;
    }
    query += 4;
    keys += 32;
  }
  const scales = block + (headSize << 5);
  storeScores(scores, s0, s1, s2, s3, scales, scale);
  if (two) storeScores(scores2, t0, t1, t2, t3, scales, scale2);
}

// @ts-ignore: decorator
@inline
function storeScores(scores: usize, s0: v128, s1: v128, s2: v128, s3: v128, scales: usize, scale: v128): void {
  v128.store(scores, f32x4.mul(f32x4.convert_i32x4_s(s0), f32x4.mul(v128.load(scales), scale)));
  v128.store(scores, f32x4.mul(f32x4.convert_i32x4_s(s1), f32x4.mul(v128.load(scales, 16), scale)), 16);
  v128.store(scores, f32x4.mul(f32x4.convert_i32x4_s(s2), f32x4.mul(v128.load(scales, 32), scale)), 32);
  v128.store(scores, f32x4.mul(f32x4.convert_i32x4_s(s3), f32x4.mul(v128.load(scales, 48), scale)), 48);
}

/** Scores of `positions` positions to unnormalized softmax weights, zero up to the end of the last page; 1 / their sum. */
function softmax(scores: usize, positions: usize, end: usize): f32 {
  for (let i = scores + (positions << 2); i < end; i += 4) store<f32>(i, -3.0e38);
  let m = v128.load(scores);
  for (let i = scores + 16; i < end; i += 16) m = f32x4.pmax(m, v128.load(i));
  const top = f32x4.splat(maxLanes(m));
  let sums = f32x4.splat(0);
  for (let i = scores; i < end; i += 16) {
    const e = exp4(f32x4.sub(v128.load(i), top));
    v128.store(i, e);
    sums = f32x4.add(sums, e);
  }
  // exp4 clamps, so what stands past the last position is tiny but not zero.
  for (let i = scores + (positions << 2); i < end; i += 4) store<f32>(i, 0);
  return <f32>1.0 / sumLanes(sums);
}

/** codes: i16[16], a page's weights[16] times the scales of its values; returns the scale of the codes. */
function weightCodes(codes: usize, weights: usize, scales: usize): v128 {
  const a = f32x4.mul(v128.load(weights), v128.load(scales, 64));
  const b = f32x4.mul(v128.load(weights, 16), v128.load(scales, 80));
  const c = f32x4.mul(v128.load(weights, 32), v128.load(scales, 96));
  const d = f32x4.mul(v128.load(weights, 48), v128.load(scales, 112));
  // None is negative.
  const top = maxLanes(f32x4.pmax(f32x4.pmax(a, b), f32x4.pmax(c, d)));
  const inverse = f32x4.splat(top > 0 ? <f32>32767.0 / top : 0);
  const a16 = roundToI32(f32x4.mul(a, inverse)), b16 = roundToI32(f32x4.mul(b, inverse));
  const c16 = roundToI32(f32x4.mul(c, inverse)), d16 = roundToI32(f32x4.mul(d, inverse));
  v128.store(codes, i16x8.narrow_i32x4_s(a16, b16));
  v128.store(codes, i16x8.narrow_i32x4_s(c16, d16), 16);
  return f32x4.splat(top / <f32>32767.0);
}

// @ts-ignore: decorator
@inline
function addTo(out: usize, sum: v128, scale: v128): void {
  v128.store(out, f32x4.add(v128.load(out), f32x4.mul(f32x4.convert_i32x4_s(sum), scale)));
}

/** out += the page's values weighted by codes * scale. */
// @ts-ignore: decorator
@inline
function addPage(
  out: usize, out2: usize, block: usize, codes: usize, codes2: usize, headSize: usize,
  scale: v128, scale2: v128, two: bool,
): void {
  const end = out + (headSize << 2);
  let values = block + (headSize << 4);
  for (; out + 32 < end; out += 64) {
    let s0 = i32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, t0 = s0, t1 = s0, t2 = s0, t3 = s0;
    let v = values;
    for (let pair: usize = 0; pair < 32; pair += 4) {
      const v0 = v128.load8x8_s(v), v1 = v128.load8x8_s(v, 8), v2 = v128.load8x8_s(v, 16), v3 = v128.load8x8_s(v, 24);
      let w = v128.load32_splat(codes + pair);
      s0 = i32x4.add(s0, i32x4.dot_i16x8_s(v0, w)); s1 = i32x4.add(s1, i32x4.dot_i16x8_s(v1, w));
      s2 = i32x4.add(s2, i32x4.dot_i16x8_s(v2, w)); s3 = i32x4.add(s3, i32x4.dot_i16x8_s(v3, w));
      if (two) {
        w = v128.load32_splat(codes2 + pair);
        t0 = i32x4.add(t0, i32x4.dot_i16x8_s(v0, w)); t1 = i32x4.add(t1, i32x4.dot_i16x8_s(v1, w));
        t2 = i32x4.add(t2, i32x4.dot_i16x8_s(v2, w)); t3 = i32x4.add(t3, i32x4.dot_i16x8_s(v3, w));
      }
      v += headSize << 1;
    }
    addTo(out, s0, scale); addTo(out + 16, s1, scale); addTo(out + 32, s2, scale); addTo(out + 48, s3, scale);
    if (two) {
      addTo(out2, t0, scale2); addTo(out2 + 16, t1, scale2); addTo(out2 + 32, t2, scale2); addTo(out2 + 48, t3, scale2);
      out2 += 64;
    }
    values += 32;
  }
  // Eight columns may be left.
  if (out < end) {
    let s0 = i32x4.splat(0), s1 = s0, t0 = s0, t1 = s0;
    for (let pair: usize = 0; pair < 32; pair += 4) {
      const v0 = v128.load8x8_s(values), v1 = v128.load8x8_s(values, 8);
      let w = v128.load32_splat(codes + pair);
      s0 = i32x4.add(s0, i32x4.dot_i16x8_s(v0, w)); s1 = i32x4.add(s1, i32x4.dot_i16x8_s(v1, w));
      if (two) {
        w = v128.load32_splat(codes2 + pair);
        t0 = i32x4.add(t0, i32x4.dot_i16x8_s(v0, w)); t1 = i32x4.add(t1, i32x4.dot_i16x8_s(v1, w));
      }
      values += headSize << 1;
    }
    addTo(out, s0, scale); addTo(out + 16, s1, scale);
    if (two) { addTo(out2, t0, scale2); addTo(out2 + 16, t1, scale2); }
  }
}

/** One or two query heads of one KV head and one position; `offset`: the head's block inside each page. */
// @ts-ignore: decorator
@inline
function attendHeads(
  out: usize, query: usize, pages: usize, offset: usize, positions: usize, size: usize, scratch: usize, two: bool,
): void {
  const bytes = size << 2;
  const pageCount = (positions + 15) >> 4;
  const scoresBytes = pageCount << 6;
  const codes = scratch, codes2 = codes + (size << 1);
  const pageCodes = codes2 + (size << 1), pageCodes2 = pageCodes + 32;
  const scores = pageCodes2 + 32, scores2 = scores + scoresBytes;
  const rootScale = <f32>1.0 / sqrt<f32>(<f32>size);
  const queryScale = f32x4.splat(toI16(codes, query, size) * rootScale);
  const queryScale2 = two ? f32x4.splat(toI16(codes2, query + bytes, size) * rootScale) : queryScale;
  for (let p: usize = 0; p < pageCount; p++) {
    const block = <usize>load<u32>(pages + (p << 2)) + offset, at = p << 6;
    scorePage(scores + at, scores2 + at, block, codes, codes2, size, queryScale, queryScale2, two);
  }
  const inverse = f32x4.splat(softmax(scores, positions, scores2));
  const inverse2 = two ? f32x4.splat(softmax(scores2, positions, scores2 + scoresBytes)) : inverse;
  const end = out + (two ? bytes << 1 : bytes);
  for (let i = out; i < end; i += 16) v128.store(i, f32x4.splat(0));
  for (let p: usize = 0; p < pageCount; p++) {
    const block = <usize>load<u32>(pages + (p << 2)) + offset, at = p << 6;
    const scales = block + (size << 5);
    const scale = weightCodes(pageCodes, scores + at, scales);
    const scale2 = two ? weightCodes(pageCodes2, scores2 + at, scales) : scale;
    addPage(out, out + bytes, block, pageCodes, pageCodes2, size, scale, scale2, two);
  }
  for (let i = out; i < out + bytes; i += 16) v128.store(i, f32x4.mul(v128.load(i), inverse));
  if (two) for (let i = out + bytes; i < end; i += 16) v128.store(i, f32x4.mul(v128.load(i), inverse2));
}

/**
 * out = softmax(query · keys / sqrt(headSize)) · values for items itemBegin..itemEnd-1 of a batch, an item being one KV
 * head of one row; the item's part of the query is rotated to its position first.
 * out, query: f32[rows][kvHeads][queryHeads][headSize]; pageTables: u32[rows][tableLength] byte offsets of pages;
 * positions: u32[rows], the row's own position, which it sees too; layerOffset: of the layer's blocks inside a page,
 * blockBytes each; ropeTable: f32[nCtx][2*headSize]; scratch: 128*ceil((position+1)/16) + 4*headSize + 64 bytes.
 * headSize is a multiple of 8.
 */
export function attend(
  out: usize, query: usize, pageTables: usize, tableLength: i32, positions: usize, layerOffset: usize, blockBytes: usize,
  ropeTable: usize, kvHeads: i32, queryHeads: i32, headSize: i32, scratch: usize, itemBegin: i32, itemEnd: i32,
): void {
  const size = <usize>headSize;
  const headBytes = size << 2;
  const itemBytes = headBytes * <usize>queryHeads;
  for (let item = itemBegin; item < itemEnd; item++) {
    const row = <usize>(item / kvHeads);
    const position = <usize>load<u32>(positions + (row << 2));
    const pages = pageTables + row * (<usize>tableLength << 2);
    const offset = layerOffset + <usize>(item % kvHeads) * blockBytes;
    let at = <usize>item * itemBytes;
    rotate(query + at, ropeTable + position * (size << 3), queryHeads, headSize);
    let left = queryHeads;
    for (; left >= 2; left -= 2) {
      attendHeads(out + at, query + at, pages, offset, position + 1, size, scratch, true);
      at += headBytes << 1;
    }
    if (left > 0) attendHeads(out + at, query + at, pages, offset, position + 1, size, scratch, false);
  }
}
