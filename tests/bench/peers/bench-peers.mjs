/**
 * Compares Parley with other engines on one model file:
 * `npm run --silent bench:peers -- [--json] [--save] [--model FILE] [--threads N] [--build relaxed|wide|plain] [--rounds N] [--engines parley,native]`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';
import { chromium } from 'playwright-core';
import { count, fail, say, slug } from '../../../scripts/bench/command-line.mjs';
import { machineName, processorName } from '../../../scripts/bench/machine.mjs';
import { buildKernels } from '../../../scripts/build/kernels.mjs';
import { bundleWorker, embedWorker } from '../../../scripts/build/library.mjs';
import { findChromium } from '../../../scripts/find-chromium.mjs';
import { startStaticServer } from '../../../scripts/server/static-server.mjs';
import { runRound, warmUp } from './measure.mjs';
import { openPeer, PEER_NAMES } from './peers.mjs';
import { ratios, rows, summary } from './report.mjs';

const HERE = import.meta.dirname;
/** Positions of every engine's KV cache; a talk has about 192. */
const N_CTX = 512;
/** Share of all cores that other programs may use without a word. */
const QUIET = 0.1;

process.chdir(join(HERE, '../../..'));
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
    model: { type: 'string', default: 'assets/models/parley-135m.Q4_0.gguf' },
    threads: { type: 'string', default: '1' },
    build: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    engines: { type: 'string', default: PEER_NAMES.join(',') },
  },
});
const threads = count('threads', values.threads);
const rounds = count('rounds', values.rounds);
const names = values.engines.split(',');
const unknown = names.find((name) => !PEER_NAMES.includes(name));
if (unknown !== undefined) fail(`--engines has ${unknown}; expected ${PEER_NAMES.join(', ')}.`);
if (values.build && !['relaxed', 'wide', 'plain'].includes(values.build)) {
  fail(`--build is ${values.build}; expected relaxed, wide or plain.`);
}
if (!existsSync(values.model)) fail(`--model: there is no file ${values.model}.`);
if (!existsSync(join(HERE, 'node_modules'))) installPeers();

const executablePath = findChromium();
const busy = await busyShare();
if (busy > QUIET)
  say(
    `Other programs use ${Math.round(busy * 100)} % of the processor: expect low figures and wide spreads.`,
  );
await buildKernels();
const worker = await bundleWorker();
const folder = await mkdtemp(join(tmpdir(), 'parley-peers-'));
await symlink(resolve(values.model), join(folder, 'model.gguf'));
const { seededWords, median } = await loadSamples();
const server = await startStaticServer(0, { root: folder });
const browser = await chromium.launch({
  executablePath,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  /** @type {import('./measure.mjs').Entrant[]} */
  const entrants = [];
  /** @type {Record<string, Record<string, unknown>>} */
  const details = {};
  const place = {
    browser,
    folder,
    url: server.url,
    modelPath: resolve(values.model),
    plugins: [embedWorker(worker)],
  };
  const build = /** @type {'relaxed' | 'wide' | 'plain' | undefined} */ (values.build);
  const options = { threads, nCtx: N_CTX, ...(build ? { build } : {}) };
  for (const name of names) {
    say(`${name}: loading and warming up`);
    try {
      const peer = await openPeer(name, place, options);
      details[name] = await peer.load();
      entrants.push(await warmUp(name, peer, seededWords));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      details[name] = { error: message.replace(/^page\.evaluate: /, '').split('\n')[0] };
      say(`${name}: ${details[name].error}`);
    }
  }
  for (let round = 0; round < rounds; round++) {
    say(`round ${round + 1} of ${rounds}`);
    await runRound(entrants, seededWords, round);
  }
  await report(entrants, details);
} finally {
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true });
}
// llama.cpp's own threads would keep the process alive.
process.exit();

/**
 * @param {readonly import('./measure.mjs').Entrant[]} entrants
 * @param {Record<string, Record<string, unknown>>} details
 */
async function report(entrants, details) {
  /** @type {Record<string, any>} */
  const engines = {};
  for (const name of names) {
    const entrant = entrants.find((candidate) => candidate.name === name);
    engines[name] = {
      ...details[name],
      ...(entrant ? summary(entrant, median) : {}),
      ...(await version(name)),
    };
  }
  const result = {
    machine: machineName(),
    cpu: processorName(),
    browser: `Chromium ${browser.version()}`,
    model: basename(values.model),
    threads,
    build: engines.parley?.build ?? 'none',
    date: new Date().toISOString().slice(0, 10),
    rounds,
    engines,
    ratios: ratios(engines),
  };
  if (values.save) {
    const asked = values.build ? `-${values.build}` : '';
    const modelSlug = slug(result.model.replace(/\.gguf$/, ''));
    const file = `tests/bench/results/${result.date}-peers-${slug(result.cpu)}-${modelSlug}-${threads}t${asked}.json`;
    await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
    say(`written to ${file}`);
  }
  if (values.json) {
    console.log(JSON.stringify(result));
    return;
  }
  console.log(`${result.machine}, ${result.browser}, ${result.model}, ${threads} thread(s), ${result.build}`);
  const native = engines.native?.instructionSets;
  if (native) console.log(`native uses ${native.join(' ')}`);
  console.table(rows(engines, result.ratios));
}

/**
 * The installed version of a peer.
 * @param {string} name
 */
async function version(name) {
  const packages = { 'wllama 2.3.1': 'wllama-2', 'wllama newest': 'wllama-newest', native: 'node-llama-cpp' };
  const folderName = packages[/** @type {keyof typeof packages} */ (name)];
  if (!folderName) return {};
  const text = await readFile(join(HERE, 'node_modules', folderName, 'package.json'), 'utf8');
  return { version: JSON.parse(text).version };
}

/** The words and averages of the other benchmark. */
async function loadSamples() {
  const outfile = join(folder, 'samples.mjs');
  await esbuild.build({ entryPoints: ['tests/bench/samples.ts'], outfile, format: 'esm', logLevel: 'error' });
  return /** @type {Promise<typeof import('../samples.js')>} */ (import(pathToFileURL(outfile).href));
}

/** What other programs use of all cores, in [0, 1]. */
async function busyShare() {
  const ticks = () => {
    const all = cpus().map(({ times }) => times);
    const idle = all.reduce((sum, times) => sum + times.idle, 0);
    return { idle, total: all.reduce((sum, times) => sum + Object.values(times).reduce((a, b) => a + b), 0) };
  };
  const before = ticks();
  await new Promise((done) => setTimeout(done, 1000));
  const after = ticks();
  return 1 - (after.idle - before.idle) / (after.total - before.total);
}

/** The engines are no dependencies of the package: only this script needs them. */
function installPeers() {
  say('Installing the engines to compare with: npm ci in tests/bench/peers.');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: HERE,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) fail('npm ci in tests/bench/peers failed.');
}
