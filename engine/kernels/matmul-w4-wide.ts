// The kernels of matmul-w4.ts with the relaxed dot product that adds to i32: the same layouts and the same bits, and one
// instruction for two where a processor has it (Arm with dot products; x64 with AVX-VNNI). Chosen by measuring.

import { gemm4, gemv, W4, W4_K, W4_MIN } from './matmul-w4';

export function gemvW4Wide(
  out: usize, w: usize, x: usize, meta: usize, tileBegin: i32, tileEnd: i32, blocks: i32,
): void {
  gemv(out, w, x, meta, tileBegin, tileEnd, blocks, W4, true);
}

export function gemvW4MinWide(
  out: usize, w: usize, x: usize, meta: usize, tileBegin: i32, tileEnd: i32, blocks: i32,
): void {
  gemv(out, w, x, meta, tileBegin, tileEnd, blocks, W4_MIN, true);
}

export function gemvW4KWide(
  out: usize, w: usize, x: usize, meta: usize, tileBegin: i32, tileEnd: i32, blocks: i32,
): void {
  gemv(out, w, x, meta, tileBegin, tileEnd, blocks, W4_K, true);
}

export function gemm4W4Wide(
  out: usize, outStride: usize, w: usize, x: usize, meta: usize,
  groups: i32, tileBegin: i32, tileEnd: i32, blocks: i32,
): void {
  gemm4(out, outStride, w, x, meta, groups, tileBegin, tileEnd, blocks, W4, true);
}

export function gemm4W4MinWide(
  out: usize, outStride: usize, w: usize, x: usize, meta: usize,
  groups: i32, tileBegin: i32, tileEnd: i32, blocks: i32,
): void {
  gemm4(out, outStride, w, x, meta, groups, tileBegin, tileEnd, blocks, W4_MIN, true);
}

export function gemm4W4KWide(
  out: usize, outStride: usize, w: usize, x: usize, meta: usize,
  groups: i32, tileBegin: i32, tileEnd: i32, blocks: i32,
): void {
  gemm4(out, outStride, w, x, meta, groups, tileBegin, tileEnd, blocks, W4_K, true);
}
