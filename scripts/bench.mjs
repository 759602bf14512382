/**
 * Measures the engine and the plugin in a browser:
 * `npm run --silent bench -- [--json] [--save] [--only speed|frames] [--model FILE] [--threads N]
 * [--build relaxed|wide|plain] [--browser NAME|all] [--renderer canvas|webgl] [--phase-seconds N]`.
 */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { installedBrowsers } from './bench/browsers.mjs';
import { count, fail } from './bench/command-line.mjs';
import { machineName } from './bench/machine.mjs';
import { runPage } from './bench/run-page.mjs';
import { withWorkTime, workOfFrames } from './bench/work-time.mjs';
import { buildKernels, KERNEL_OUTPUT } from './build/kernels.mjs';
import { bundleWorker } from './build/library.mjs';

const RESULTS = 'tests/bench/results';

process.chdir(join(import.meta.dirname, '..'));
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
    only: { type: 'string' },
    model: { type: 'string', default: 'assets/models/parley-135m.Q4_0.gguf' },
    threads: { type: 'string', default: '1' },
    build: { type: 'string' },
    browser: { type: 'string', default: 'chromium' },
    renderer: { type: 'string', default: 'canvas' },
    'phase-seconds': { type: 'string', default: '10' },
  },
});
const { model, build } = values;
const threads = count('threads', values.threads);
const phaseSeconds = count('phase-seconds', values['phase-seconds']);
if (build) oneOf('build', build, ['relaxed', 'wide', 'plain']);
if (values.only) oneOf('only', values.only, ['speed', 'frames']);
oneOf('renderer', values.renderer, ['canvas', 'webgl']);
const file = await stat(model).catch(() => undefined);
if (!file) fail(`--model: there is no file ${model}.`);

await buildKernels();
const worker = await bundleWorker();
const browsers = values.browser === 'all' ? installedBrowsers() : [values.browser];
/** What the first browser answered to the seeded prompt. */
let expected = '';
for (const browser of browsers) {
  try {
    if (values.only !== 'frames') await show(await measureSpeed(browser), 'speed');
    if (values.only !== 'speed') await show(await measureFrames(browser), 'frames');
  } catch (error) {
    fail(`${browser}: ${error instanceof Error ? error.message : error}`);
  }
}

/** @param {string} browserName */
async function measureSpeed(browserName) {
  const page = { browser: browserName, worker, model, options: { threads, build } };
  const speed = await runPage({ ...page, entry: 'tests/bench/speed-page.ts' });
  const { sample, info } = speed.result;
  expected ||= sample;
  // Figures of an engine that computes something else are of no use.
  if (sample !== expected)
    throw new Error(`answered ${JSON.stringify(sample)}; expected ${JSON.stringify(expected)}.`);
  // Another browser, since two engines would count twice in the first one's memory.
  const cache = await runPage({
    ...page,
    options: { threads, build: info.build },
    entry: 'tests/bench/cache-page.ts',
    scripts: { 'watched-worker.js': (await bundleWorker('tests/bench/watch-files.ts')) + worker },
  });
  const figures = Object.entries({ ...speed.result.figures, ...cache.result.figures });
  // JSON turns what is no number into null: the browser keeps no files.
  const measured = figures.filter(([, { low }]) => low !== null);
  const wasm = await Promise.all(
    ['relaxed', 'plain'].map((name) => readFile(join(KERNEL_OUTPUT, `${name}.wasm`))),
  );
  return {
    ...setting(speed.browser, info),
    ...Object.fromEntries(measured.map(([name, { median }]) => [name, round(median)])),
    /** Slowest and fastest of the repeats. */
    spread: Object.fromEntries(measured.map(([name, { low, high }]) => [name, [round(low), round(high)]])),
    wasmBytes: wasm.reduce((sum, bytes) => sum + bytes.length, 0),
    workerBytes: Buffer.byteLength(worker),
    fileBytes: file?.size,
    packedBytes: info.weightBytes,
    memoryBytes: info.memoryBytes,
    peakMemoryBytes: speed.peakMemoryBytes,
    kvBytesPerToken: info.kvBytesPerToken,
    date: today(),
  };
}

/** @param {string} browserName */
async function measureFrames(browserName) {
  const { renderer } = values;
  const { result, browser, marks } = await runPage({
    browser: browserName,
    worker,
    model,
    traced: true,
    options: { threads, build, renderer, phaseSeconds },
    entry: 'tests/bench/frames/page.ts',
    links: { personas: 'assets/personas' },
  });
  const { info, scene, idle, phases } = result;
  const work = marks && workOfFrames(marks);
  return {
    ...setting(browser, info),
    scene,
    idle: withWorkTime(idle, work),
    phases: phases.map((/** @type {typeof idle} */ phase) => withWorkTime(phase, work)),
    date: today(),
  };
}

/**
 * @param {string} browser
 * @param {{ name: string, threads: number, build: string, readAhead: boolean }} info of the model
 */
function setting(browser, info) {
  return {
    machine: machineName(),
    browser,
    model: `${info.name} (${basename(model)})`,
    threads: info.threads,
    build: info.build,
    readAhead: info.readAhead,
  };
}

/**
 * @param {ReturnType<typeof setting> & { date: string }} report
 * @param {'speed' | 'frames'} kind
 */
async function show(report, kind) {
  if (values.save) await save(report, kind);
  console.log(values.json ? JSON.stringify(report) : report);
}

/**
 * @param {ReturnType<typeof setting> & { date: string }} report
 * @param {'speed' | 'frames'} kind
 */
async function save(report, kind) {
  const [cpu = ''] = report.machine.split(',');
  const parts = [
    report.date,
    report.browser.split(' ')[0],
    ...(kind === 'frames' ? ['frames'] : []),
    basename(model, '.gguf'),
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

function today() {
  return new Date().toISOString().slice(0, 10);
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}

/**
 * @param {string} option
 * @param {string} value
 * @param {readonly string[]} allowed
 */
function oneOf(option, value, allowed) {
  if (!allowed.includes(value)) fail(`--${option} is ${value}; expected one of ${allowed.join(', ')}.`);
}
