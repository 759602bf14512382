// The kernels' public list; AssemblyScript, compiled once a build (see scripts/build-kernels.mjs).
// Pointers are byte offsets into the imported memory. Nothing here allocates; static data stays below 64 KiB.
// Builds differ by ASC_FEATURE_RELAXED_SIMD alone and give bit-identical results.
export { attend } from './attention';
export { addRows, rmsNorm, swiGlu } from './elementwise';
export { storeKeyValue } from './kv-page';
export { gemm4W4, gemm4W4Min, gemvW4, gemvW4Min, readRowW4, readRowW4Min } from './matmul-w4';
export { gemm4W8, gemvW8, readRowW8 } from './matmul-w8';
export { quantizeI16, quantizeI8 } from './quantize';
export { repackF16, repackF32, repackQ4_0, repackQ4_1, repackQ8_0 } from './repack';
export { rotate } from './rope';
