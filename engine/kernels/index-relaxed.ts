// The public list of the relaxed build.
export * from './index';
export * from './matmul-w4-wide';
export { quantizeW4Wide } from './quantize';
