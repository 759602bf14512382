/** Builds everything: kernels, worker, library, types and the sample game. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buildCommandLine } from './build/command-line.mjs';
import { buildGame } from './build/game.mjs';
import { buildKernels } from './build/kernels.mjs';
import { buildLibrary } from './build/library.mjs';
import { unlessCurrent } from './build/stamp.mjs';
import { buildTypes } from './build/types.mjs';

process.chdir(join(import.meta.dirname, '..'));

await unlessCurrent(async () => {
  await step('kernels', buildKernels);
  await step('library', buildLibrary);
  await step('command line', buildCommandLine);
  await step('types', buildTypes);
  await step('sample game', buildGame);
  for (const folder of ['build/kernels', 'dist', 'dist-game']) {
    for (const file of await readdir(folder)) {
      const { size } = await stat(join(folder, file));
      if (/\.(js|wasm)$/.test(file)) console.log(`  ${join(folder, file)} ${(size / 1024).toFixed(0)} KiB`);
    }
  }
});

/**
 * @param {string} name
 * @param {() => Promise<void>} work
 */
async function step(name, work) {
  const start = performance.now();
  await work();
  console.log(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
