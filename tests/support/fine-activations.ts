/**
 * Matrix products over activations of about 15 bits, W · x = W · Q(x) + W · Q(x - Q(x)), for the relaxed build and one thread.
 *
 * With activations of 8 bits a model is chaotic: whatever else changes, were it a value's last f16 bit, flips some of their
 * codes, and in 30 layers that grows until a token's log-likelihood has moved by a tenth of a nat, up or down. This noise
 * would hide what a cache does. A second term, of what the first left over, makes it a hundred times smaller.
 */
import type { Gemm4, Gemv, Kernels } from '../../engine/model/kernels.js';
import { BLOCK_COLUMNS, type Operand, TILE_ROWS } from '../../engine/model/matrix.js';

const MB = 1 << 20;
/** At the end of the memory stand the last pages of the KV pool; the model's sequences are to leave these bytes alone. */
const SPARE_BYTES = 8 * MB;

/** The kernels, those of the layouts W4 and W8 with a second term. */
export function withFineActivations(kernels: Kernels, memory: WebAssembly.Memory): Kernels {
  const rest = memory.buffer.byteLength - SPARE_BYTES;
  const secondOut = rest + MB;
  const secondOperands = rest + 6 * MB;
  const bytes = new Int8Array(memory.buffer);
  const words = new Int16Array(memory.buffer);
  const floats = new Float32Array(memory.buffer);
  let firstOperands: number | undefined;

  /** Where the second term of an operand stands; all operands are within a megabyte of the one that is first asked for. */
  function second(operand: number): number {
    firstOperands ??= operand;
    return operand - firstOperands + secondOperands;
  }

  function quantize(operand: Operand): Kernels['quantizeW4'] {
    const kernel = kernels[`quantize${operand}`];
    return (codes, meta, x, n, lanes, lane) => {
      kernel(codes, meta, x, n, lanes, lane);
      for (let i = 0; i < n; i++) {
        // A 32-bit word holds consecutive columns of one lane, see kernels/quantize.ts.
        const code =
          operand === 'W4'
            ? bytes[codes + ((i >> 2) * lanes + lane) * 4 + (i & 3)]!
            : words[(codes >> 1) + ((i >> 1) * lanes + lane) * 2 + (i & 1)]!;
        const scale = floats[(meta >> 2) + (Math.floor(i / BLOCK_COLUMNS) * lanes + lane) * 4]!;
        floats[(rest >> 2) + i] = floats[(x >> 2) + i]! - code * scale;
      }
      kernel(second(codes), second(meta), rest, n, lanes, lane);
    };
  }

  function gemv(kernel: Gemv): Gemv {
    return (out, weights, codes, meta, begin, end, blocks) => {
      kernel(out, weights, codes, meta, begin, end, blocks);
      kernel(secondOut, weights, second(codes), second(meta), begin, end, blocks);
      kernels.addRows(out, secondOut, end * TILE_ROWS);
    };
  }

  function gemm4(kernel: Gemm4): Gemm4 {
    return (out, outStride, weights, codes, meta, groups, begin, end, blocks) => {
      kernel(out, outStride, weights, codes, meta, groups, begin, end, blocks);
      kernel(secondOut, outStride, weights, second(codes), second(meta), groups, begin, end, blocks);
      kernels.addRows(out, secondOut, groups * outStride);
    };
  }

  return {
    ...kernels,
    quantizeW4: quantize('W4'),
    quantizeW8: quantize('W8'),
    gemvW4: gemv(kernels.gemvW4),
    gemvW8: gemv(kernels.gemvW8),
    gemm4W4: gemm4(kernels.gemm4W4),
    gemm4W8: gemm4(kernels.gemm4W8),
  };
}
