/** The sample game while it is worked on: rebuilt and reloaded when a source changes. */
import { watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildCommandLine } from './build/command-line.mjs';
import { buildGame } from './build/game.mjs';
import { buildKernels } from './build/kernels.mjs';
import { buildLibrary } from './build/library.mjs';
import { startStaticServer } from './server/static-server.mjs';

const SOURCES = ['engine', 'plugin', 'sample-game', 'assets/personas', 'assets/sprites', 'assets/sounds'];
const SETTLE_MS = 150;

process.chdir(join(import.meta.dirname, '..'));

/** Counts builds; the page asks for it and reloads when it changes. */
let generation = 0;
let building = Promise.resolve();

async function build() {
  const start = performance.now();
  try {
    await buildKernels();
    await buildLibrary();
    await buildCommandLine();
    await buildGame();
    generation++;
    console.log(`built in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  } catch (error) {
    // The compiler has said what is wrong; the last good build stays.
    console.error(error instanceof Error ? error.message : error);
  }
}

await build();
const { url } = await startStaticServer(Number(process.env.PORT ?? 8080), {
  root: 'dist-game',
  reloadStamp: () => String(generation),
});
console.log(`Parley: ${url}`);

let changed = false;
for (const folder of SOURCES) {
  watch(folder, { recursive: true }, (_event, file) => {
    if (changed || file?.includes('generated')) return;
    changed = true;
    building = building.then(async () => {
      await sleep(SETTLE_MS);
      changed = false;
      await build();
    });
  });
}
