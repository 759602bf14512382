/**
 * Compares Parley's logits with those of native llama.cpp on TinyLlama 1.1B's exact shape with random weights:
 * `npm run --silent bench:tinyllama -- [--types Q4_0,Q4_K] [--layers 2] [--tokens 64] [--seed 1] [--json] [--save] [--damage scale|nibbles]`.
 * Ends with 1 where a divergence is above what rounding explains; --damage makes our copy wrong, so that it has to.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';
import { count, fail, say, slug } from '../../../scripts/bench/command-line.mjs';
import { buildKernels } from '../../../scripts/build/kernels.mjs';
import { DAMAGED_TENSOR, DAMAGES, damageTensor } from './damage.mjs';
import { startNative } from './native-logits.mjs';
import { BLOCK_TYPES } from './random-blocks.mjs';
import { divergenceBounds } from './rounding.mjs';
import { KINDS, SHAPE } from './tinyllama.mjs';
import { writeTinyLlama } from './write-tinyllama.mjs';

const RESULTS = 'tests/bench/results';
/** All layers at once are run for the type that games use. */
const WHOLE = { type: 'Q4_0', layers: SHAPE.nLayers };
const NATIVE = 'tests/bench/peers/node_modules/node-llama-cpp';

process.chdir(join(import.meta.dirname, '../../..'));
const { values } = parseArgs({
  options: {
    types: { type: 'string' },
    layers: { type: 'string', default: '2' },
    tokens: { type: 'string', default: '64' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
    damage: { type: 'string' },
  },
});
const layers = count('layers', values.layers, 1000);
const tokenCount = count('tokens', values.tokens, 1024);
const seed = count('seed', values.seed, 2 ** 31);
const types = values.types?.split(',') ?? Object.keys(KINDS);
const unknown = types.find((type) => !(type in KINDS));
if (unknown !== undefined) fail(`--types has ${unknown}; expected ${Object.keys(KINDS).join(' ')}.`);
if (values.damage !== undefined) {
  if (!DAMAGES.includes(values.damage))
    fail(`--damage is ${values.damage}; expected ${DAMAGES.join(' or ')}.`);
  if (values.save) fail('--save with --damage: expected one of them, for the figures are wrong on purpose.');
}
if (!existsSync(NATIVE)) {
  fail(`${NATIVE} is missing; run npm ci --ignore-scripts in tests/bench/peers.`);
}
const cases = types.map((type) => ({ type, layers }));
if (!values.types && !values.damage && layers !== WHOLE.layers) cases.push(WHOLE);

await buildKernels();
const folder = await mkdtemp(join(tmpdir(), 'parley-tinyllama-'));
/** @type {Awaited<ReturnType<typeof compare>>[]} */
const rows = [];
/** @type {string[]} */
const faults = [];
try {
  const parley = await bundleParley();
  const native = await startNative();
  for (const one of cases) {
    say(`${one.type}, ${one.layers} layers`);
    try {
      const row = await compare(one, parley, native);
      rows.push(row);
      faults.push(...faultsOf(row));
    } catch (error) {
      faults.push(`${one.type}, ${one.layers} layers: ${error instanceof Error ? error.message : error}`);
    }
  }
  await report(native);
} finally {
  await rm(folder, { recursive: true });
}
for (const fault of faults) say(fault);
// llama.cpp's own threads would keep the process alive.
process.exit(faults.length > 0 ? 1 : 0);

/**
 * @param {{ type: string, layers: number }} file
 * @param {typeof import('./parley-logits.js')} parley
 * @param {import('./native-logits.mjs').NativeLogits} native
 */
async function compare({ type, layers }, parley, native) {
  const path = join(folder, `tinyllama-${layers}.${type}.gguf`);
  const fileBytes = await writeTinyLlama({ out: path, type, layers, seed });
  try {
    const tokens = parley.randomTokens(tokenCount, SHAPE.vocabSize, seed);
    const theirs = await native.logitsOf(path, tokens);
    if (values.damage) {
      const place = await parley.placeOf(path, DAMAGED_TENSOR);
      await damageTensor(path, place, BLOCK_TYPES[KINDS[type].type], values.damage);
    }
    const { logits, packedBytes, memoryBytes } = await parley.parleyLogits(path, tokens);
    const bounds = divergenceBounds(KINDS[type].type, layers, tokenCount);
    return {
      type,
      layers,
      ...parley.compareLogits(theirs, logits),
      bounds,
      fileBytes,
      packedBytes,
      memoryBytes,
    };
  } finally {
    await rm(path);
  }
}

/**
 * One line for each figure that is not what it has to be; NaN is above every bound.
 * @param {Awaited<ReturnType<typeof compare>>} row
 */
function faultsOf({ type, layers, bounds, ...figures }) {
  const keys = /** @type {const} */ (['meanKl', 'largestKl']);
  return keys
    .filter((key) => !(figures[key] <= bounds[key]))
    .map(
      (key) =>
        `${type}, ${layers} layers: ${key} got ${digits(figures[key])} nats, expected at most ${digits(bounds[key])}.`,
    );
}

/** @param {import('./native-logits.mjs').NativeLogits} native */
async function report({ llamaCpp, instructionSets }) {
  const [cpu] = cpus();
  const cpuName = cpu?.model.trim() ?? 'unknown';
  const result = {
    machine: `${cpuName}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    node: process.version,
    llamaCpp,
    instructionSets,
    model: 'TinyLlama 1.1B shape, random weights',
    date: new Date().toISOString().slice(0, 10),
    seed,
    tokens: tokenCount,
    ...(values.damage ? { damage: `${values.damage} of ${DAMAGED_TENSOR}` } : {}),
    types: rows.map((row) => ({ ...rounded(row), bounds: rounded(row.bounds) })),
    faults,
  };
  if (values.save) {
    const file = `${RESULTS}/${result.date}-tinyllama-logits-${slug(cpuName)}.json`;
    await writeFile(file, `${JSON.stringify(result, undefined, 2)}\n`);
    say(`written to ${file}`);
  }
  if (values.json) {
    console.log(JSON.stringify(result));
    return;
  }
  console.log(`${result.machine}, Node ${result.node}, llama.cpp ${llamaCpp}, ${tokenCount} tokens`);
  console.table(rows.map(tableRow));
}

/** @param {Awaited<ReturnType<typeof compare>>} row */
function tableRow(row) {
  return {
    type: row.type,
    layers: row.layers,
    'mean KL': digits(row.meanKl),
    bound: digits(row.bounds.meanKl),
    'largest KL': digits(row.largestKl),
    'its bound': digits(row.bounds.largestKl),
    'same top %': Math.round(row.sameTop * 1000) / 10,
    entropy: digits(row.meanEntropy),
    'packed / file': digits(row.packedBytes / row.fileBytes),
    'memory MB': Math.round(row.memoryBytes / 1e6),
  };
}

/** Our engine is TypeScript. */
async function bundleParley() {
  const outfile = join(folder, 'parley-logits.mjs');
  await esbuild.build({
    entryPoints: ['tests/bench/tinyllama/parley-logits.ts'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    logLevel: 'warning',
  });
  return /** @type {Promise<typeof import('./parley-logits.js')>} */ (import(pathToFileURL(outfile).href));
}

/**
 * The numbers of an object to three digits, save whole ones.
 * @template {object} T
 * @param {T} figures
 * @returns {T}
 */
function rounded(figures) {
  return /** @type {T} */ (
    Object.fromEntries(
      Object.entries(figures).map(([key, value]) => [
        key,
        typeof value === 'number' && !Number.isInteger(value) ? digits(value) : value,
      ]),
    )
  );
}

/** @param {number} value */
function digits(value) {
  return Number(value.toPrecision(3));
}
