/** A page with a small game of a test, on the package as it is built. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import esbuild from 'esbuild';

const PAGE =
  '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body style="margin:0"><div style="position:relative"></div><script type="module" src="game.js"></script>';

/** Writes `index.html` and `game.js`. @param entry the game's TypeScript */
export async function buildGamePage(folder: string, entry: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all([
    writeFile(join(folder, 'index.html'), PAGE),
    esbuild.build({
      entryPoints: [entry],
      bundle: true,
      format: 'esm',
      alias: {
        'phaser-parley': './dist/parley.js',
        'phaser-parley/ink': './dist/ink.js',
        'phaser-parley/remote': './dist/remote.js',
      },
      outfile: join(folder, 'game.js'),
      logLevel: 'warning',
    }),
  ]);
}
