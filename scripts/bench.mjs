/**
 * Measures the engine in a browser:
 * `npm run --silent bench -- [--json] [--save] [--model FILE] [--threads N] [--build relaxed|wide|plain] [--browser NAME|all]`.
 */
import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';
import { installedBrowsers, startBrowser } from './bench/browsers.mjs';
import { peakMemory } from './bench/peak-memory.mjs';
import { buildKernels, KERNEL_OUTPUT } from './build/kernels.mjs';
import { bundleWorker, embedWorker } from './build/library.mjs';
import { startStaticServer } from './server/static-server.mjs';

const RESULTS = 'tests/bench/results';
const TIMEOUT_MS = 20 * 60_000;

process.chdir(join(import.meta.dirname, '..'));
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
    model: { type: 'string', default: 'assets/models/parley-135m.Q4_0.gguf' },
    threads: { type: 'string', default: '1' },
    build: { type: 'string' },
    browser: { type: 'string', default: 'chromium' },
  },
});
const threads = Number(values.threads);
if (!Number.isInteger(threads) || threads < 1)
  fail(`--threads is ${values.threads}; expected a whole number from 1.`);
if (values.build && !['relaxed', 'wide', 'plain'].includes(values.build)) {
  fail(`--build is ${values.build}; expected relaxed, wide or plain.`);
}
const model = await stat(values.model).catch(() => undefined);
if (!model) fail(`--model: there is no file ${values.model}.`);

await buildKernels();
const worker = await bundleWorker();
const browsers = values.browser === 'all' ? installedBrowsers() : [values.browser];
/** What the first browser answered to the seeded prompt. */
let expected = '';
for (const browser of browsers) {
  try {
    const { sample, ...report } = await measure(browser);
    expected ||= sample;
    // Figures of an engine that computes something else are of no use.
    if (sample !== expected)
      throw new Error(`answered ${JSON.stringify(sample)}; expected ${JSON.stringify(expected)}.`);
    if (values.save) await save(report);
    if (values.json) console.log(JSON.stringify(report));
    else console.log(report);
  } catch (error) {
    fail(`${browser}: ${error instanceof Error ? error.message : error}`);
  }
}

/** @param {string} browserName */
async function measure(browserName) {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  await mkdir(join(folder, 'profile'));
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
  /** @type {(body: string) => void} */
  let onReport = () => undefined;
  const reported = new Promise((resolve) => {
    onReport = resolve;
  });
  const server = await startStaticServer(0, { root: folder, onReport });
  const options = { modelUrl: 'model.gguf', threads, build: values.build };
  const address = `${server.url}#${encodeURIComponent(JSON.stringify(options))}`;
  const browser = startBrowser(browserName, address, folder);
  const timeout = setTimeout(() => onReport('{"error":"no result after 20 minutes"}'), TIMEOUT_MS);
  try {
    const result = JSON.parse(String(await reported));
    if (result.error) throw new Error(result.error);
    return await describe(browser, result);
  } finally {
    clearTimeout(timeout);
    browser.stop();
    await server.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * @param {import('./bench/browsers.mjs').StartedBrowser} browser
 * @param {any} result of the page
 */
async function describe(browser, { info, sample, figures }) {
  const [cpu] = cpus();
  const wasm = await Promise.all(
    ['relaxed', 'plain'].map((build) => readFile(join(KERNEL_OUTPUT, `${build}.wasm`))),
  );
  const medians = Object.entries(figures).map(([name, { median }]) => [name, round(median)]);
  const spreads = Object.entries(figures).map(([name, { low, high }]) => [name, [round(low), round(high)]]);
  return {
    sample,
    machine: `${cpu?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    browser: browser.name,
    model: `${info.name} (${basename(values.model)})`,
    threads: info.threads,
    build: info.build,
    ...Object.fromEntries(medians),
    /** Slowest and fastest of the repeats. */
    spread: Object.fromEntries(spreads),
    wasmBytes: wasm.reduce((sum, bytes) => sum + bytes.length, 0),
    workerBytes: Buffer.byteLength(worker),
    fileBytes: model?.size,
    packedBytes: info.weightBytes,
    memoryBytes: info.memoryBytes,
    peakMemoryBytes: peakMemory(browser.pid),
    kvBytesPerToken: info.kvBytesPerToken,
    date: new Date().toISOString().slice(0, 10),
  };
}

/** @param {Omit<Awaited<ReturnType<typeof describe>>, 'sample'>} report */
async function save(report) {
  const [cpu = ''] = report.machine.split(',');
  const parts = [
    report.date,
    report.browser.split(' ')[0],
    basename(values.model, '.gguf'),
    report.build,
    `${report.threads}t`,
    cpu,
  ];
  const name = parts
    .join('-')
    .toLowerCase()
    .replaceAll(/[^\w.]+/g, '-');
  await writeFile(join(RESULTS, `${name}.json`), `${JSON.stringify(report, undefined, 2)}\n`);
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
