// Attention of one position over an int8 KV cache in pages (see kv-page.ts). All dot products are exact integers:
// the query is rounded to 16 bits, and so are the softmax weights (times the values' scales) of each page.
// The order of float operations depends on positions alone: never on the batch, the chunk or the thread.

import { exp4 } from './exp';
import { maxLanes, sumLanes } from './reduce';
import { rotate } from './rope';
import { roundToI32 } from './round';

/** Rounds n values to ±32767; returns the scale. out: i16[n]. */
// @ts-ignore: decorator
@inline
function toI16(out: usize, x: usize, n: usize): f32 {
  let m = f32x4.splat(0);
  for (let i: usize = 0; i < n << 2; i += 16) m = f32x4.max(m, f32x4.abs(v128.load(x + i)));
  const top = maxLanes(m);
  const inverse = f32x4.splat(top > 0 ? <f32>32767.0 / top : 0);
  for (let i: usize = 0; i < n << 2; i += 16) {
    const q = roundToI32(f32x4.mul(v128.load(x + i), inverse));
    v128.store64_lane(out + (i >> 1), i16x8.narrow_i32x4_s(q, q), 0);
  }
  return top / <f32>32767.0;
}

/** scores[16] of one page: (keys · query) * keyScale * queryScale. */
// @ts-ignore: decorator
@inline
function scorePage(scores: usize, block: usize, query: usize, headSize: usize, queryScale: f32): void {
  let s0 = i32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  let keys = block;
  for (let i: usize = 0; i < headSize >> 1; i++) {
    const q = v128.load32_splat(query + (i << 2));
    s0 = i32x4.add(s0, i32x4.dot_i16x8_s(v128.load8x8_s(keys), q));
    s1 = i32x4.add(s1, i32x4.dot_i16x8_s(v128.load8x8_s(keys, 8), q));
    s2 = i32x4.add(s2, i32x4.dot_i16x8_s(v128.load8x8_s(keys, 16), q));
    s3 = i32x4.add(s3, i32x4.dot_i16x8_s(v128.load8x8_s(keys, 24), q));
    keys += 32;
  }
  const scale = f32x4.splat(queryScale);
  const scales = block + (headSize << 5);
  v128.store(scores, f32x4.mul(f32x4.convert_i32x4_s(s0), f32x4.mul(v128.load(scales), scale)));
  v128.store(scores, f32x4.mul(f32x4.convert_i32x4_s(s1), f32x4.mul(v128.load(scales, 16), scale)), 16);
  v128.store(scores, f32x4.mul(f32x4.convert_i32x4_s(s2), f32x4.mul(v128.load(scales, 32), scale)), 32);
  v128.store(scores, f32x4.mul(f32x4.convert_i32x4_s(s3), f32x4.mul(v128.load(scales, 48), scale)), 48);
}

/** out += the page's values weighted by weights[16]. */
// @ts-ignore: decorator
@inline
function addPage(out: usize, block: usize, weights: usize, codes: usize, headSize: usize): void {
  const scales = block + (headSize << 5);
  for (let i: usize = 0; i < 64; i += 16) {
    v128.store(weights + i, f32x4.mul(v128.load(weights + i), v128.load(scales + i, 64)));
  }
  const scale = f32x4.splat(toI16(codes, weights, 16));
  for (let column: usize = 0; column < headSize; column += 8) {
    let values = block + (headSize << 4) + (column << 1);
    let s0 = i32x4.splat(0), s1 = s0;
    for (let pair: usize = 0; pair < 8; pair++) {
      const w = v128.load32_splat(codes + (pair << 2));
      s0 = i32x4.add(s0, i32x4.dot_i16x8_s(v128.load8x8_s(values), w));
      s1 = i32x4.add(s1, i32x4.dot_i16x8_s(v128.load8x8_s(values, 8), w));
      values += headSize << 1;
    }
    const to = out + (column << 2);
    v128.store(to, f32x4.add(v128.load(to), f32x4.mul(f32x4.convert_i32x4_s(s0), scale)));
    v128.store(to, f32x4.add(v128.load(to, 16), f32x4.mul(f32x4.convert_i32x4_s(s1), scale)), 16);
  }
}

/** The query heads of one KV head and one position; `offset`: the head's block inside each page. */
// @ts-ignore: decorator
@inline
function attendHead(
  out: usize, query: usize, pages: usize, offset: usize, positions: i32,
  queryHeads: i32, headSize: i32, scratch: usize,
): void {
  const size = <usize>headSize;
  const pageCount = (<usize>positions + 15) >> 4;
  const queryCodes = scratch;
  const weightCodes = queryCodes + (size << 1);
  const scores = weightCodes + 32;
  const scoresEnd = scores + (pageCount << 6);
  const rootScale = <f32>1.0 / sqrt<f32>(<f32>headSize);
  for (let head = 0; head < queryHeads; head++) {
    const queryScale = toI16(queryCodes, query, size) * rootScale;
    for (let p: usize = 0; p < pageCount; p++) {
      scorePage(scores + (p << 6), <usize>load<u32>(pages + (p << 2)) + offset, queryCodes, size, queryScale);
    }
    for (let i = scores + (<usize>positions << 2); i < scoresEnd; i += 4) store<f32>(i, -3.0e38);
    let m = v128.load(scores);
    for (let i = scores + 16; i < scoresEnd; i += 16) m = f32x4.max(m, v128.load(i));
    const top = f32x4.splat(maxLanes(m));
    let sums = f32x4.splat(0);
    for (let i = scores; i < scoresEnd; i += 16) {
      const e = exp4(f32x4.sub(v128.load(i), top));
      v128.store(i, e);
      sums = f32x4.add(sums, e);
    }
    // exp4 clamps, so what stands past the last position is tiny but not zero.
    for (let i = scores + (<usize>positions << 2); i < scoresEnd; i += 4) store<f32>(i, 0);
    memory.fill(out, 0, size << 2);
    for (let p: usize = 0; p < pageCount; p++) {
      addPage(out, <usize>load<u32>(pages + (p << 2)) + offset, scores + (p << 6), weightCodes, size);
    }
    const inverse = f32x4.splat(<f32>1.0 / sumLanes(sums));
    for (let i: usize = 0; i < size << 2; i += 16) {
      v128.store(out + i, f32x4.mul(v128.load(out + i), inverse));
    }
    query += size << 2;
    out += size << 2;
  }
}

/**
 * out = softmax(query · keys / sqrt(headSize)) · values for items itemBegin..itemEnd-1 of a batch, an item being one KV
 * head of one row; the item's part of the query is rotated to its position first.
 * out, query: f32[rows][kvHeads][queryHeads][headSize]; pageTables: u32[rows][tableLength] byte offsets of pages;
 * positions: u32[rows], the row's own position, which it sees too; layerOffset: of the layer's blocks inside a page,
 * blockBytes each; ropeTable: f32[nCtx][2*headSize]; scratch: 64*ceil((position+1)/16) + 2*headSize + 32 bytes.
 * headSize is a multiple of 8.
 */
export function attend(
  out: usize, query: usize, pageTables: usize, tableLength: i32, positions: usize, layerOffset: usize, blockBytes: usize,
  ropeTable: usize, kvHeads: i32, queryHeads: i32, headSize: i32, scratch: usize, itemBegin: i32, itemEnd: i32,
): void {
  const itemBytes = <usize>(queryHeads * headSize) << 2;
  for (let item = itemBegin; item < itemEnd; item++) {
    const row = <usize>(item / kvHeads);
    const head = <usize>(item % kvHeads);
    const position = load<u32>(positions + (row << 2));
    const at = <usize>item * itemBytes;
    rotate(query + at, ropeTable + <usize>position * (<usize>headSize << 3), queryHeads, headSize);
    attendHead(
      out + at, query + at, pageTables + row * (<usize>tableLength << 2), layerOffset + head * blockBytes,
      position + 1, queryHeads, headSize, scratch,
    );
  }
}
