import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import esbuild from 'esbuild';
import { TARGET } from './library.mjs';
import { bundledPackages, NOTICES, readNotices } from './notices.mjs';

/** What the sample game loads at run time, by folder of `assets/`; licences and cards go along. */
const ASSET_FOLDERS = ['personas', 'sprites', 'fonts', 'sounds', 'models'];

/** Firefox caches no answer above 50 MB. */
const MODEL_PARTS = '48M';

/**
 * The sample game's bundle; it imports the package by its name, which is `dist/parley.js` here.
 * @returns {esbuild.BuildOptions}
 */
export function gameBundle() {
  return {
    entryPoints: ['sample-game/main.ts'],
    bundle: true,
    format: 'esm',
    target: TARGET,
    minify: true,
    sourcemap: true,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    alias: {
      'phaser-parley': join(process.cwd(), 'dist/parley.js'),
      'phaser-parley/inspector': join(process.cwd(), 'dist/inspector.js'),
    },
    outfile: 'dist-game/game.js',
  };
}

/** Writes `dist-game/`: static files with relative addresses, for any sub-path, with or without headers. */
export async function buildGame() {
  await rm('dist-game', { recursive: true, force: true });
  await mkdir('dist-game/assets', { recursive: true });
  const [{ metafile }] = await Promise.all([
    esbuild.build(gameBundle()),
    ...(await readdir('sample-game/public')).map((file) =>
      cp(join('sample-game/public', file), join('dist-game', file), { recursive: true }),
    ),
    ...ASSET_FOLDERS.map((folder) =>
      cp(join('assets', folder), join('dist-game/assets', folder), {
        recursive: true,
        filter: (path) => extname(path) !== '.gguf',
      }),
    ),
    promisify(execFile)(process.execPath, [
      ...['dist/cli/parley.mjs', 'model', 'copy', 'dist-game/assets/models', '--split', MODEL_PARTS],
    ]),
    cp('assets/CREDITS.md', 'dist-game/assets/CREDITS.md'),
  ]);
  // The library comes as one file, with its own notices.
  const library = await readFile(join('dist', NOTICES), 'utf8');
  const own = await readNotices(bundledPackages([metafile]));
  const notices = library + own.filter((notice) => !library.includes(notice)).join('');
  await writeFile(join('dist-game', NOTICES), notices);
}
