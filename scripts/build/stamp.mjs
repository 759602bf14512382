import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const STAMP = 'build/stamp';
/** All that the outputs are made of. */
const INPUTS = [
  ...['engine', 'plugin', 'cli', 'sample-game', 'assets', 'scripts'],
  ...['package.json', 'package-lock.json', 'tsconfig.base.json'],
];
const OUTPUTS = [
  'dist/parley.js',
  'dist/cli/parley.mjs',
  'dist/types/plugin/index.d.ts',
  'dist-game/game.js',
];

/**
 * Runs `build` unless its outputs were made from these very inputs: `npm ci` has built before `npm test` builds again.
 * @param {() => Promise<void>} build
 */
export async function unlessCurrent(build) {
  const current = await fingerprint();
  const made = await readFile(STAMP, 'utf8').catch(() => '');
  const present = await Promise.all(OUTPUTS.map((path) => stat(path).catch(() => undefined)));
  if (made === current && present.every(Boolean)) {
    console.log('up to date');
    return;
  }
  await build();
  await mkdir('build', { recursive: true });
  await writeFile(STAMP, current);
}

async function fingerprint() {
  const hash = createHash('sha256');
  for (const input of INPUTS) {
    const paths = (await stat(input)).isDirectory()
      ? (await readdir(input, { recursive: true })).sort().map((file) => join(input, file))
      : [input];
    for (const path of paths) {
      const { size, mtimeMs } = await stat(path);
      hash.update(path);
      // A model is too large to hash at every start.
      hash.update(path.endsWith('.gguf') ? `${size} ${mtimeMs}` : await readFile(path).catch(() => ''));
    }
  }
  return hash.digest('hex');
}
