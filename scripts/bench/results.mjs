/** The saved results of all benchmarks, and the newest of each kind. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {[number, number]} Range slowest and fastest */

/**
 * What `npm run bench -- --save` wrote of speed; older files lack keys.
 * @typedef {object} BenchResult
 * @property {string} file
 * @property {string} machine
 * @property {string} browser
 * @property {string} model name and, in brackets, file
 * @property {number} threads
 * @property {string} build
 * @property {string} date
 * @property {number} [prefillTokensPerSecond]
 * @property {number} [decodeTokensPerSecond]
 * @property {number} [batchOf4TokensPerSecond]
 * @property {number} [ttftColdMs]
 * @property {number} [ttftReturningMs]
 * @property {number} [ttftFromDiskMs]
 * @property {number} [ttftRebuiltMs]
 * @property {number} [ttftTypedAheadMs]
 * @property {number} [coldTokens]
 * @property {number} [rebuiltTokens]
 * @property {number} [returningTokens]
 * @property {number} [cachePrefillMs]
 * @property {number} [cacheRestoreMs]
 * @property {number} [cacheSaveMs]
 * @property {number} [kvBytesPerToken]
 * @property {number} [loadMs]
 * @property {number} [memoryBytes]
 * @property {number} [peakMemoryBytes]
 * @property {Record<string, Range>} [spread]
 */

/**
 * @typedef {object} Engine
 * @property {string} [error]
 * @property {string} [version]
 * @property {number} [prefill]
 * @property {number} [decode]
 * @property {{ prefill?: Range, decode?: Range }} [spread]
 * @property {string} [llamaCpp]
 * @property {string[]} [instructionSets]
 */

/**
 * What `npm run bench:peers -- --save` wrote.
 * @typedef {object} PeersResult
 * @property {string} file
 * @property {string} machine
 * @property {string} [cpu]
 * @property {string} browser
 * @property {string} model
 * @property {number} threads
 * @property {string} build
 * @property {string} date
 * @property {number} [rounds]
 * @property {Record<string, Engine>} engines
 * @property {Record<string, { prefill?: number, decode?: number }>} [ratios]
 */

/**
 * Frames of a phase.
 * @typedef {object} FrameFigures
 * @property {number} frames
 * @property {number} p50Ms
 * @property {number} p95Ms
 * @property {number} p99Ms
 * @property {number} maxMs
 * @property {number} [workCpuP50Ms] processor time of the plugin's work; where the browser was traced
 * @property {number} [workCpuP99Ms]
 * @property {number} [workCpuMaxMs]
 * @property {number} workP50Ms by the clock
 * @property {number} workP99Ms
 * @property {number} workMaxMs
 */

/**
 * @typedef {object} PhaseFigures
 * @property {string} mode
 * @property {number} talkers
 * @property {number} idleP99Ms
 * @property {number} p99Ratio
 * @property {number} decodeTokensPerSecond
 * @property {number} prefillTokensPerSecond
 * @property {number} grantedMs
 */

/**
 * What `npm run bench -- --save` wrote of frames.
 * @typedef {object} FramesResult
 * @property {string} file
 * @property {string} machine
 * @property {string} browser
 * @property {string} model name and, in brackets, file
 * @property {number} threads
 * @property {string} build
 * @property {string} date
 * @property {{ width: number, height: number, sprites: number, renderer: string, phaseSeconds: number }} scene
 * @property {FrameFigures} idle
 * @property {(FrameFigures & PhaseFigures)[]} phases
 */

/** @typedef {BenchResult | PeersResult | FramesResult} AnyResult */

const BUNDLED_MODEL = 'parley-135m.Q4_0.gguf';

/**
 * @param {string} folder
 * @returns {{ bench: BenchResult[], peers: PeersResult[], frames: FramesResult[] }} the newest ones, in the order of the page
 */
export function readNewest(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const all = files.sort().map((file) => ({ ...parse(join(folder, file)), file }));
  const bench = /** @type {BenchResult[]} */ (all.filter((result) => 'prefillTokensPerSecond' in result));
  const peers = /** @type {PeersResult[]} */ (all.filter((result) => 'engines' in result));
  const frames = /** @type {FramesResult[]} */ (all.filter((result) => 'phases' in result));
  return {
    bench: newest(bench, ({ browser, build }) => [browserName(browser), build]).sort(inOrder),
    peers: newest(peers, () => []).sort(inOrder),
    frames: newest(frames, ({ browser, build, scene }) => [browserName(browser), build, scene.renderer]).sort(
      inOrder,
    ),
  };
}

/** @param {{ model: string }} result */
export function isBundledModel({ model }) {
  return modelFile(model) === BUNDLED_MODEL;
}

/**
 * The file of `Name (file)`.
 * @param {string} model
 */
export function modelFile(model) {
  return /\(([^()]+)\)$/.exec(model)?.[1] ?? model;
}

/** @param {string} browser and version */
export function browserName(browser) {
  return browser.split(' ')[0] ?? browser;
}

/** @param {number} count */
export function threadsText(count) {
  return count === 1 ? '1 thread' : `${count} threads`;
}

/**
 * All results of the last day of each machine, model, thread count and what `more` names.
 * @template {AnyResult} T
 * @param {T[]} results
 * @param {(result: T) => string[]} more
 */
function newest(results, more) {
  const key = (/** @type {T} */ result) =>
    JSON.stringify([result.machine, modelFile(result.model), result.threads, ...more(result)]);
  /** @type {Map<string, string>} */
  const dates = new Map();
  for (const result of results) {
    const date = dates.get(key(result));
    if (date === undefined || result.date > date) dates.set(key(result), result.date);
  }
  return results.filter((result) => dates.get(key(result)) === result.date);
}

/**
 * @param {AnyResult} a
 * @param {AnyResult} b
 */
function inOrder(a, b) {
  return (
    Number(isBundledModel(b)) - Number(isBundledModel(a)) ||
    compare(modelFile(a.model), modelFile(b.model)) ||
    compare(browserName(a.browser), browserName(b.browser)) ||
    a.threads - b.threads ||
    compare(b.build, a.build) ||
    compare(a.file, b.file)
  );
}

/**
 * The same order in every locale.
 * @param {string} a
 * @param {string} b
 */
function compare(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** @param {string} path */
function parse(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : error}`);
  }
}
