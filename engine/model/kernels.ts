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
export type Layout = 'W4' | 'W4Min' | 'W4K' | 'W8' | 'W6K' | 'W5' | 'W5Min' | 'W5K' | 'W3K' | 'W2K';

/** The kernels of each layout, and a repacking one for each type of weights. */
type MatrixKernels = { readonly [L in Layout as `gemv${L}`]: Gemv } & {
  readonly [L in Layout as `gemm4${L}`]: Gemm4;
} & { readonly [L in Layout as `readRow${L}`]: ReadRow } & {
  readonly [T in GgmlType as `repack${T}`]: Repack;
};

/** See `engine/kernels/` for shapes and layouts. */
export interface Kernels extends MatrixKernels {
  readonly quantizeW4: Quantize;
  readonly quantizeW8: Quantize;
  /** 0 or 1; see kernels/read-ahead.ts. */
  readonly setReadAhead: (on: number) => void;
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

/** The two compilations of `engine/kernels`, as bytes; they import a shared memory. Relaxed holds the wide kernels too. */
export type KernelBinaries = Readonly<Record<'relaxed' | 'plain', Uint8Array>>;

/** In the order of preference where nothing is known about their speed. */
const BUILDS: readonly KernelBuild[] = ['relaxed', 'wide', 'plain'];

/** The builds that this engine can compile, the most promising first. */
export function supportedBuilds(binaries: KernelBinaries): KernelBuild[] {
  return BUILDS.filter((build) => compiles(binaries, build));
}

function compiles(binaries: KernelBinaries, build: KernelBuild): boolean {
  return WebAssembly.validate(withUnsharedMemory(binaryOf(binaries, build)));
}

function binaryOf(binaries: KernelBinaries, build: KernelBuild): Uint8Array {
  return build === 'plain' ? binaries.plain : binaries.relaxed;
}

/**
 * The build to run: the wanted one, else the most promising.
 * @throws EngineError unsupported-browser: it cannot compile the wanted build, or no WebAssembly SIMD at all
 */
export function chooseBuild(binaries: KernelBinaries, wanted?: KernelBuild): KernelBuild {
  const candidates = wanted ? [wanted] : BUILDS;
  const build = candidates.find((name) => compiles(binaries, name));
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
  const bytes = binaryOf(binaries, build);
  return WebAssembly.compile(shared ? new Uint8Array(bytes) : withUnsharedMemory(bytes));
}

/** The kernels over `memory`; each thread has an instance of its own. */
export async function instantiateKernels(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  build: KernelBuild,
): Promise<Kernels> {
  const abort = () => {
    throw new EngineError('internal', 'A kernel aborted.');
  };
  const instance = await WebAssembly.instantiate(module, { env: { memory, abort } });
  const kernels = instance.exports as unknown as Kernels;
  return build === 'wide' ? { ...kernels, ...wideKernels(instance.exports) } : kernels;
}

/** What the module exports as `gemvW4Wide` in the place of `gemvW4`, and so on. */
function wideKernels(exports: WebAssembly.Exports): Partial<Kernels> {
  const wide = Object.entries(exports).filter(([name]) => name.endsWith('Wide'));
  return Object.fromEntries(wide.map(([name, kernel]) => [name.slice(0, -'Wide'.length), kernel]));
}
