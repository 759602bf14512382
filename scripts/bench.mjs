/** Measures the engine in headless Chromium: `npm run --silent bench -- --json [--model PATH] [--threads N] [--build relaxed|plain]`. */
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';
import { chromium } from 'playwright-core';
import { buildKernels, KERNEL_OUTPUT } from './build/kernels.mjs';
import { bundleWorker, embedWorker } from './build/library.mjs';
import { findChromium } from './find-chromium.mjs';
import { startStaticServer } from './server/static-server.mjs';

process.chdir(join(import.meta.dirname, '..'));
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    model: { type: 'string', default: 'assets/models/parley-135m.Q4_0.gguf' },
    threads: { type: 'string', default: '1' },
    build: { type: 'string' },
  },
});
const threads = Number(values.threads);
if (!Number.isInteger(threads) || threads < 1)
  fail(`--threads is ${values.threads}; expected a whole number from 1.`);
if (values.build && !['relaxed', 'plain'].includes(values.build)) {
  fail(`--build is ${values.build}; expected relaxed or plain.`);
}
if (!(await stat(values.model).catch(() => undefined))) fail(`--model: there is no file ${values.model}.`);

const executablePath = findChromium();
await buildKernels();
const worker = await bundleWorker();
const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
await esbuild.build({
  entryPoints: ['tests/bench/page.ts'],
  bundle: true,
  format: 'esm',
  outfile: join(folder, 'page.js'),
  plugins: [embedWorker(worker)],
  logLevel: 'warning',
});
await writeFile(
  join(folder, 'index.html'),
  '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>',
);
await symlink(resolve(values.model), join(folder, 'model.gguf'));
const server = await startStaticServer(0, { root: folder });
const browser = await chromium.launch({
  executablePath,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage();
  await page.goto(server.url);
  await page.waitForFunction('typeof runBenchmark === "function"');
  const result = await page.evaluate(
    /** @param {object} options */
    (options) => /** @type {any} */ (globalThis).runBenchmark(options),
    { modelUrl: 'model.gguf', threads, build: values.build },
  );
  const { info } = result;
  const [cpu] = cpus();
  const report = {
    machine: `${cpu?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    browser: `Chromium ${browser.version()}`,
    model: `${info.name} (${basename(values.model)})`,
    threads: info.threads,
    build: info.build,
    prefillTokensPerSecond: round(result.prefillTokensPerSecond),
    decodeTokensPerSecond: round(result.decodeTokensPerSecond),
    ttftColdMs: round(result.ttftColdMs),
    ttftReturningMs: round(result.ttftReturningMs),
    loadMs: round(result.loadMs),
    wasmBytes: (await readFile(join(KERNEL_OUTPUT, `${info.build}.wasm`))).length,
    workerBytes: Buffer.byteLength(worker),
    memoryBytes: info.memoryBytes,
    date: new Date().toISOString().slice(0, 10),
  };
  if (values.json) console.log(JSON.stringify(report));
  else console.table(report);
} finally {
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true });
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}
