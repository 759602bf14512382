/** The typed view of the AssemblyScript kernels; every pointer is a byte offset into the imported memory. */
import type { GgmlType } from '../model-file/tensor-types.js';
import { EngineError, type KernelBuild } from '../protocol.js';
import { withUnsharedMemory } from './memory-import.js';

export type Gemv = (
  out: number,
  weights: number,
  codes: number,
  meta: number,
  tileBegin: number,
  tileEnd: number,
  blocks: number,
) => void;
export type Gemm4 = (
  out: number,
  outStride: number,
  weights: number,
  codes: number,
  meta: number,
  groups: number,
  tileBegin: number,
  tileEnd: number,
  blocks: number,
) => void;
type ReadRow = (out: number, weights: number, row: number, blocks: number) => void;
type Repack = (dst: number, src: number, blocks: number) => void;
type Quantize = (codes: number, meta: number, x: number, n: number, lanes: number, lane: number) => void;

/** Packed layouts of a matrix, see kernels/matmul-w4.ts and kernels/matmul-w8.ts. */
export type Layout = 'W4' | 'W4Min' | 'W4K' | 'W8' | 'W8Min' | 'W8K';

/** The kernels of each layout, and a repacking one for each type of weights. */
type MatrixKernels = { readonly [L in Layout as `gemv${L}`]: Gemv } & {
  readonly [L in Layout as `gemm4${L}`]: Gemm4;
} & { readonly [L in Layout as `readRow${L}`]: ReadRow } & {
  readonly [T in GgmlType as `repack${T}`]: Repack;
};

/** See `engine/kernels/` for shapes and layouts. */
export interface Kernels extends MatrixKernels {
  readonly quantizeI8: Quantize;
  readonly quantizeI16: Quantize;
  readonly rmsNorm: (
    out: number,
    x: number,
    weight: number,
    rows: number,
    n: number,
    epsilon: number,
  ) => void;
  readonly swiGlu: (gate: number, up: number, n: number) => void;
  readonly addRows: (x: number, y: number, n: number) => void;
  readonly rotate: (x: number, table: number, heads: number, headSize: number) => void;
  readonly storeKeyValue: (
    page: number,
    slot: number,
    key: number,
    value: number,
    heads: number,
    headSize: number,
  ) => void;
  readonly attend: (
    out: number,
    query: number,
    pageTables: number,
    tableLength: number,
    positions: number,
    layerOffset: number,
    blockBytes: number,
    ropeTable: number,
    kvHeads: number,
    queryHeads: number,
    headSize: number,
    scratch: number,
    itemBegin: number,
    itemEnd: number,
  ) => void;
}

/** The two compiled builds of `engine/kernels`, as bytes; they import a shared memory. */
export type KernelBinaries = Readonly<Record<KernelBuild, Uint8Array>>;

/**
 * The build to run: the wanted one, else relaxed where this engine can compile it.
 * @throws EngineError unsupported-browser: it cannot compile the wanted build, or no WebAssembly SIMD at all
 */
export function chooseBuild(binaries: KernelBinaries, wanted?: KernelBuild): KernelBuild {
  const candidates: readonly KernelBuild[] = wanted ? [wanted] : ['relaxed', 'plain'];
  const build = candidates.find((name) => WebAssembly.validate(withUnsharedMemory(binaries[name])));
  if (build) return build;
  throw new EngineError(
    'unsupported-browser',
    `This engine compiles none of the WebAssembly kernel builds: ${candidates.join(', ')}.`,
    { hint: 'SIMD needs Chrome 91, Firefox 89, Safari 16.4 or Node 20; relaxed SIMD is optional.' },
  );
}

/** Compiles one build for a memory that is shared between threads, or not. */
export function compileKernels(
  binaries: KernelBinaries,
  build: KernelBuild,
  shared: boolean,
): Promise<WebAssembly.Module> {
  const bytes = binaries[build];
  return WebAssembly.compile(shared ? new Uint8Array(bytes) : withUnsharedMemory(bytes));
}

/** The kernels over `memory`; each thread has an instance of its own. */
export async function instantiateKernels(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<Kernels> {
  const abort = () => {
    throw new EngineError('internal', 'A kernel aborted.');
  };
  const instance = await WebAssembly.instantiate(module, { env: { memory, abort } });
  return instance.exports as unknown as Kernels;
}
