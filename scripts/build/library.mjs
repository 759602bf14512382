import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import esbuild from 'esbuild';
import { bundledPackages, NOTICES, readNotices } from './notices.mjs';

/** Browsers with WebAssembly SIMD and what the code uses beside it: `throwIfAborted` of signals, `findLast` of arrays. */
export const TARGET = ['chrome100', 'firefox104', 'safari16.4'];

/** @type {esbuild.BuildOptions} */
const COMMON = { bundle: true, target: TARGET, legalComments: 'none', logLevel: 'warning', metafile: true };

/**
 * Embeds wasm files deflated: two builds of kernels take 20 kB so, and 76 kB as they are.
 * @returns {esbuild.Plugin}
 */
function deflateWasm() {
  return {
    name: 'deflate-wasm',
    setup(build) {
      build.onLoad({ filter: /\.wasm$/ }, async ({ path }) => ({
        contents: deflateRawSync(await readFile(path), { level: 9 }),
        loader: 'binary',
      }));
    },
  };
}

/**
 * The worker as one self-contained classic script, kernels inlined.
 * @param {string} [entry]
 */
export async function bundleWorker(entry = 'engine/worker.ts') {
  return (await buildWorker(entry)).source;
}

/** @param {string} entry */
async function buildWorker(entry) {
  const { outputFiles, metafile } = await esbuild.build({
    ...COMMON,
    entryPoints: [entry],
    format: 'iife',
    minify: true,
    write: false,
    plugins: [deflateWasm()],
  });
  return { source: /** @type {esbuild.OutputFile} */ (outputFiles[0]).text, metafile };
}

/**
 * Lets `import source from 'parley:worker-source'` give the built worker.
 * @param {string} source
 * @returns {esbuild.Plugin}
 */
export function embedWorker(source) {
  return {
    name: 'embed-worker',
    setup(build) {
      build.onResolve({ filter: /^parley:worker-source$/ }, ({ path }) => ({ path, namespace: 'parley' }));
      build.onLoad({ filter: /.*/, namespace: 'parley' }, () => ({ contents: source, loader: 'text' }));
    },
  };
}

/**
 * Maps `phaser` to the global of a script tag.
 * @returns {esbuild.Plugin}
 */
function globalPhaser() {
  return {
    name: 'global-phaser',
    setup(build) {
      build.onResolve({ filter: /^phaser$/ }, ({ path }) => ({ path, namespace: 'global-phaser' }));
      build.onLoad({ filter: /.*/, namespace: 'global-phaser' }, () => ({
        contents: 'module.exports = globalThis.Phaser;',
        loader: 'js',
      }));
    },
  };
}

/**
 * Takes a module from the library beside it: errors of one class, so that `instanceof` holds, and one worker.
 * @param {RegExp} filter of its path, whose exports `dist/parley.js` has too
 * @returns {esbuild.Plugin}
 */
function shared(filter) {
  return {
    name: 'shared',
    setup(build) {
      build.onResolve({ filter }, () => ({ path: './parley.js', external: true }));
    },
  };
}

/**
 * Writes `dist/`: the ES module, the entry points for Ink, for remote servers and of the inspector, the classic scripts,
 * the worker for `workerUrl`, the persona schema, and the licences of what is bundled.
 */
export async function buildLibrary() {
  await mkdir('dist', { recursive: true });
  const worker = await buildWorker('engine/worker.ts');
  const plugins = [embedWorker(worker.source)];
  const bundles = await Promise.all([
    esbuild.build({
      ...COMMON,
      entryPoints: ['plugin/index.ts'],
      format: 'esm',
      external: ['phaser'],
      outfile: 'dist/parley.js',
      plugins,
    }),
    esbuild.build({
      ...COMMON,
      entryPoints: ['plugin/ink/index.ts'],
      format: 'esm',
      external: ['inkjs'],
      outfile: 'dist/ink.js',
      plugins: [shared(/\/dialogue-error\.js$/)],
    }),
    esbuild.build({
      ...COMMON,
      entryPoints: ['plugin/remote/index.ts'],
      format: 'esm',
      outfile: 'dist/remote.js',
      plugins: [shared(/\/engine\/index\.js$/)],
    }),
    esbuild.build({
      ...COMMON,
      entryPoints: ['plugin/inspector/index.ts'],
      format: 'esm',
      external: ['phaser'],
      outfile: 'dist/inspector.js',
    }),
    esbuild.build({
      ...COMMON,
      entryPoints: ['plugin/inspector/classic.ts'],
      format: 'iife',
      minify: true,
      outfile: 'dist/inspector.global.js',
      plugins: [globalPhaser()],
    }),
    esbuild.build({
      ...COMMON,
      entryPoints: ['plugin/index.ts'],
      format: 'iife',
      globalName: 'Parley',
      minify: true,
      outfile: 'dist/parley.global.js',
      plugins: [...plugins, globalPhaser()],
    }),
  ]);
  const packages = bundledPackages([worker, ...bundles].map(({ metafile }) => metafile));
  await Promise.all([
    writeFile('dist/parley.worker.js', worker.source),
    writeFile(join('dist', NOTICES), (await readNotices(packages)).join('')),
    copyFile('plugin/dialogue/persona/persona.schema.json', 'dist/persona.schema.json'),
  ]);
}
