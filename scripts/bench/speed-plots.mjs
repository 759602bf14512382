/** Both plots of the benchmark page, from the newest results. */
import { drawBarChart } from './bar-chart.mjs';
import { browserName, isBundledModel, modelFile, threadsText } from './results.mjs';

// Told apart by lightness too, and at least 3:1 on white.
const PARLEY = '#c2570c';
const PLAIN = '#6e56a8';
/** @type {Record<string, string>} */
const PEERS = { parley: PARLEY, 'wllama 2.3.1': '#2f5d9b', 'wllama newest': '#6a8fc4', native: '#4d5561' };
/** @type {Record<string, string>} */
const ENGINE_LABELS = { parley: 'Parley', native: 'native llama.cpp' };
/** What a native build gains most from, best first; as in the names of the result files. */
const TELLING_SETS = [
  'AMX_INT8',
  'AVX512_VNNI',
  'AVX512',
  'AVX_VNNI',
  'AVX2',
  'MATMUL_INT8',
  'DOTPROD',
  'NEON',
];
const COLUMNS = ['Prefill, tokens a second', 'Decode, tokens a second'];
/** More would not fit between a bar's start and the next column. */
const ERROR_LENGTH = 44;

/** @typedef {import('./results.mjs').BenchResult} BenchResult */
/** @typedef {import('./results.mjs').PeersResult} PeersResult */

/** @param {string} engine */
export function engineLabel(engine) {
  return ENGINE_LABELS[engine] ?? engine;
}

/**
 * @param {readonly PeersResult[]} results
 * @returns {string | undefined} SVG
 */
export function drawPeers(results) {
  if (results.length === 0) return undefined;
  const settings = results.map(({ machine, browser, date }) => [machine, browser, date].join(' · '));
  const [setting = ''] = settings;
  const shared = settings.every((other) => other === setting);
  const legend =
    'Longer is faster; whiskers: slowest and fastest round. “Parley 2×”: twice as fast as that engine; below 1×: slower.';
  return drawBarChart({
    title: 'Parley beside other engines',
    lines: [...(shared ? [setting] : []), legend],
    columns: COLUMNS,
    labelWidth: 132,
    textWidth: 136,
    panels: results.map((result, i) => ({
      title: [modelFile(result.model), threadsText(result.threads), ...details(result)].join(' · '),
      ...(shared ? {} : { setting: settings[i] ?? '' }),
      rows: Object.keys(result.engines).map((name) => engineRow(result, name)),
    })),
  });
}

/** @param {PeersResult} result */
function details({ build, engines }) {
  const best = TELLING_SETS.find((set) => engines.native?.instructionSets?.includes(set));
  return [
    ...(build && build !== 'none' ? [`Parley: ${build} SIMD`] : []),
    ...(best ? [`native: ${best}`] : []),
  ];
}

/**
 * @param {PeersResult} result
 * @param {string} name
 * @returns {import('./bar-chart.mjs').Row}
 */
function engineRow({ engines, ratios }, name) {
  const engine = engines[name] ?? {};
  const bars = /** @type {const} */ (['prefill', 'decode']).map((phase) => {
    const ratio = ratios?.[name]?.[phase];
    return bar(engine[phase], engine.spread?.[phase], ratio === undefined ? '' : ` · Parley ${ratio}×`);
  });
  return {
    label: engineLabel(name),
    colour: PEERS[name] ?? '#4d5561',
    bars: engine.error === undefined ? bars : [{ text: shorten(engine.error) }],
  };
}

/**
 * @param {readonly BenchResult[]} all
 * @returns {string | undefined} SVG
 */
export function drawBrowsers(all) {
  const results = all.filter(isBundledModel);
  if (results.length === 0) return undefined;
  const machines = [...new Set(results.map(({ machine }) => machine))];
  return drawBarChart({
    title: 'Parley by browser',
    lines: ['The bundled model. Longer is faster; whiskers: slowest and fastest of the repeats.'],
    columns: COLUMNS,
    labelWidth: 252,
    textWidth: 50,
    panels: machines.map((machine) => {
      const here = results.filter((result) => result.machine === machine);
      const dates = [...new Set(here.map(({ date }) => date))].sort();
      return {
        title: `${machine} · ${dates.length > 1 ? `${dates[0]} to ${dates.at(-1)}` : dates[0]}`,
        rows: here.map((result, i) => browserRow(result, here[i - 1])),
      };
    }),
  });
}

/**
 * @param {BenchResult} result
 * @param {BenchResult | undefined} above
 * @returns {import('./bar-chart.mjs').Row}
 */
function browserRow(result, above) {
  const { browser, build, threads, spread } = result;
  // WebKitGTK counts its releases behind the first dot.
  const release = browser.replace(/ (2\.\d+|\d+)\b.*$/, ' $1');
  return {
    label: `${release} · ${build} · ${threadsText(threads)}`,
    colour: build === 'plain' ? PLAIN : PARLEY,
    first: above === undefined || browserName(above.browser) !== browserName(browser),
    bars: /** @type {const} */ (['prefillTokensPerSecond', 'decodeTokensPerSecond']).map((key) =>
      bar(result[key], spread?.[key], ''),
    ),
  };
}

/**
 * @param {number | undefined} value
 * @param {[number, number] | undefined} spread
 * @param {string} suffix
 * @returns {import('./bar-chart.mjs').Bar}
 */
function bar(value, spread, suffix) {
  // JSON turns what is no number into null.
  if (typeof value !== 'number') return { text: '–' };
  return { value, spread, text: figure(value) + suffix };
}

/** @param {number} value */
function figure(value) {
  return String(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}

/** @param {string} error */
function shorten(error) {
  return error.length > ERROR_LENGTH ? `${error.slice(0, ERROR_LENGTH - 1)}…` : error;
}
