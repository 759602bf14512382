import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import esbuild from 'esbuild';

export const KERNEL_SOURCE = 'engine/kernels';
export const KERNEL_OUTPUT = 'build/kernels';

/** One wasm file for each; relaxed SIMD is one unknown opcode to an engine without it, so it needs a build of its own. */
const BUILDS = {
  plain: { entry: 'index.ts', flags: ['--enable', 'simd'] },
  relaxed: { entry: 'index-relaxed.ts', flags: ['--enable', 'simd', '--enable', 'relaxed-simd'] },
};

/** What `engine/model/memory-import.ts` takes back where memory cannot be shared. */
const SHARED_MEMORY = ['--importMemory', '--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'];

/** Compiles `engine/kernels` to `build/kernels/*.wasm`, where a source is newer than the output. */
export async function buildKernels() {
  const sources = (await readdir(KERNEL_SOURCE)).map((file) => join(KERNEL_SOURCE, file));
  const newest = Math.max(...(await Promise.all([...sources, import.meta.filename].map(modifiedMs))));
  await mkdir(KERNEL_OUTPUT, { recursive: true });
  await buildPoolThread();
  for (const [name, { entry, flags }] of Object.entries(BUILDS)) {
    const output = join(KERNEL_OUTPUT, `${name}.wasm`);
    if ((await modifiedMs(output)) >= newest) continue;
    const { error, stderr } = await asc.main([
      join(KERNEL_SOURCE, entry),
      ...['-O3', '--runtime', 'stub', '--noAssert', ...SHARED_MEMORY, ...flags],
      ...['--outFile', output],
    ]);
    if (error) throw new Error(`The ${name} kernels do not compile:\n${stderr.toString()}`);
  }
}

/** The script of pool threads in Node, beside the kernels that it runs. */
function buildPoolThread() {
  return esbuild.build({
    entryPoints: ['cli/pool-thread.ts'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile: join(KERNEL_OUTPUT, 'pool-thread.mjs'),
    logLevel: 'warning',
  });
}

/** @param {string} path */
async function modifiedMs(path) {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return 0;
  }
}
