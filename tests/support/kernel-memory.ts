/** One kernel build on a memory of its own, with the little that tests need to hand it arrays. */
import v8 from 'node:v8';
import { readKernels } from '../../cli/node-engine.js';
import { Arena } from '../../engine/model/arena.js';
import { compileKernels, instantiateKernels, type Kernels } from '../../engine/model/kernels.js';
import type { KernelBuild } from '../../engine/protocol.js';

/** Below it stands the kernels' static data. */
const FIRST_FREE_BYTE = 64 * 1024;
/** Fills memory that no test wrote, so that a kernel that reads past its operands gives garbage, not zeros. */
const POISON = 0xa5;

/** Where `npm run build` puts the kernels. */
export const KERNEL_FOLDER = 'build/kernels';

// Node 20's baseline compiler is one of those that make wrong code of the wide kernels, see engine/model/fastest-build.ts.
v8.setFlagsFromString('--no-liftoff');

export const KERNEL_BUILDS: readonly KernelBuild[] = ['relaxed', 'wide', 'plain'];

export class KernelMemory {
  readonly build: KernelBuild;
  readonly kernels: Kernels;
  readonly memory: WebAssembly.Memory;
  #arena = new Arena(FIRST_FREE_BYTE);

  private constructor(build: KernelBuild, kernels: Kernels, memory: WebAssembly.Memory) {
    this.build = build;
    this.kernels = kernels;
    this.memory = memory;
  }

  /** @param sizeBytes of the whole memory; it does not grow */
  static async start(build: KernelBuild, sizeBytes = 16 * 1024 * 1024): Promise<KernelMemory> {
    const pages = Math.ceil(sizeBytes / 65536);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const module = await compileKernels(await readKernels(KERNEL_FOLDER), build, false);
    const kernels = await instantiateKernels(module, memory, build);
    const started = new KernelMemory(build, kernels, memory);
    started.reset();
    return started;
  }

  /** Forgets all ranges that were handed out. */
  reset(): void {
    new Uint8Array(this.memory.buffer, FIRST_FREE_BYTE).fill(POISON);
    this.#arena = new Arena(FIRST_FREE_BYTE);
  }

  /** The byte offset of a new range. */
  take(bytes: number): number {
    const at = this.#arena.take(bytes);
    if (this.#arena.sizeBytes > this.memory.buffer.byteLength)
      throw new RangeError(`No room for ${bytes} bytes.`);
    return at;
  }

  /** The byte offset of a copy of these bytes or floats. */
  put(values: Uint8Array | Float32Array | Uint32Array): number {
    const at = this.take(values.byteLength);
    this.bytes(at, values.byteLength).set(
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    );
    return at;
  }

  /** A live view of `n` floats. */
  floats(at: number, n: number): Float32Array {
    return new Float32Array(this.memory.buffer, at, n);
  }

  /** A live view of `n` bytes. */
  bytes(at: number, n: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, at, n);
  }
}
