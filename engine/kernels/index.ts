// The kernels' public list; AssemblyScript, compiled once a build (see scripts/build/kernels.mjs).
// Pointers are byte offsets into the imported memory. Nothing here allocates; static data stays below 64 KiB.
// Builds differ by ASC_FEATURE_RELAXED_SIMD alone and give bit-identical results.
export { attend } from './attention';
export { addRows, rmsNorm, swiGlu } from './elementwise';
export { storeKeyValue } from './kv-page';
export {
  gemm4W4,
  gemm4W4K,
  gemm4W4Min,
  gemvW4,
  gemvW4K,
  gemvW4Min,
  readRowW4,
  readRowW4K,
  readRowW4Min,
} from './matmul-w4';
export {
  gemm4W2K,
  gemm4W3K,
  gemm4W5,
  gemm4W5K,
  gemm4W5Min,
  gemm4W6K,
  gemm4W8,
  gemvW2K,
  gemvW3K,
  gemvW5,
  gemvW5K,
  gemvW5Min,
  gemvW6K,
  gemvW8,
  readRowW2K,
  readRowW3K,
  readRowW5,
  readRowW5K,
  readRowW5Min,
  readRowW6K,
  readRowW8,
} from './matmul-w8';
export { quantizeW4, quantizeW8 } from './quantize';
export { setReadAhead } from './read-ahead';
export {
  repackBF16,
  repackF16,
  repackF32,
  repackQ4_0,
  repackQ4_1,
  repackQ5_0,
  repackQ5_1,
  repackQ8_0,
} from './repack';
export { repackQ2_K, repackQ3_K, repackQ4_K, repackQ5_K, repackQ6_K } from './repack-k';
export { rotate } from './rope';
