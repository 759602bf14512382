/** The generated part of the benchmark page: plots and tables in Markdown. */
import { modelFile, threadsText } from './results.mjs';
import { engineLabel } from './speed-plots.mjs';

/** @typedef {import('./results.mjs').BenchResult} BenchResult */
/** @typedef {import('./results.mjs').PeersResult} PeersResult */

const DASH = '–';

/**
 * @param {readonly PeersResult[]} results
 * @param {(file: string) => string} link
 * @returns {string[]} paragraphs
 */
export function peersTables(results, link) {
  return results.flatMap((result) => {
    const { machine, browser, model, threads, build, date, rounds, engines, ratios, file } = result;
    const sets = engines.native?.instructionSets;
    const rows = Object.entries(engines).map(([name, engine]) => [
      engineLabel(name),
      [engine.version, engine.llamaCpp && `(llama.cpp ${engine.llamaCpp})`].filter(Boolean).join(' ') || DASH,
      ...(engine.error === undefined
        ? [figure(engine.prefill, engine.spread?.prefill), figure(engine.decode, engine.spread?.decode)]
        : [escapeMarkdown(engine.error), DASH]),
      times(ratios?.[name]?.prefill),
      times(ratios?.[name]?.decode),
    ]);
    const setting = [
      ...[machine, browser, `Parley's ${build} kernels`, date],
      ...(rounds ? [`${rounds} rounds`] : []),
      ...(sets ? [`native uses ${sets.join(' ')}`] : []),
    ];
    return [
      `#### ${modelFile(model)}, ${threadsText(threads)}`,
      `${setting.join('; ')}; ${link(file)}`,
      table(
        ['engine', 'version', 'prefill, tok/s', 'decode, tok/s', 'Parley’s prefill', 'Parley’s decode'],
        rows,
      ),
    ];
  });
}

/**
 * @param {readonly BenchResult[]} results
 * @param {(file: string) => string} link
 * @returns {string[]} paragraphs
 */
export function benchTables(results, link) {
  const titles = [...new Set(results.map(title))];
  return titles.flatMap((group) => [
    `#### ${group}`,
    table(
      [
        ...['browser', 'build', 'threads', 'prefill, tok/s', 'decode, tok/s', 'batch of 4, tok/s'],
        ...['first token, cold, ms', 'first token, returning, ms', 'load, ms', 'memory, MB'],
        ...['browser’s peak, MB', 'date', 'result'],
      ],
      results.filter((result) => title(result) === group).map((result) => benchRow(result, link)),
    ),
  ]);
}

/** @param {BenchResult} result */
function title({ model, machine }) {
  return `${model} on ${machine}`;
}

/**
 * @param {BenchResult} result
 * @param {(file: string) => string} link
 */
function benchRow(result, link) {
  const spread = result.spread ?? {};
  return [
    result.browser,
    result.build,
    String(result.threads),
    figure(result.prefillTokensPerSecond, spread.prefillTokensPerSecond),
    figure(result.decodeTokensPerSecond, spread.decodeTokensPerSecond),
    figure(result.batchOf4TokensPerSecond, spread.batchOf4TokensPerSecond),
    figure(result.ttftColdMs, spread.ttftColdMs),
    figure(result.ttftReturningMs, spread.ttftReturningMs),
    figure(result.loadMs),
    megabytes(result.memoryBytes),
    megabytes(result.peakMemoryBytes),
    result.date,
    link(result.file),
  ];
}

/**
 * The figure as the file has it.
 * @param {number | undefined} value
 * @param {[number, number]} [spread]
 */
function figure(value, spread) {
  if (typeof value !== 'number') return DASH;
  return spread ? `${value} (${spread.join(DASH)})` : String(value);
}

/** @param {number | undefined} bytes */
function megabytes(bytes) {
  return typeof bytes === 'number' ? String(Math.round(bytes / 1e6)) : DASH;
}

/** @param {number | undefined} ratio */
function times(ratio) {
  return typeof ratio === 'number' ? `${ratio} ×` : DASH;
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/**
 * Keeps what a file says from being read as Markdown.
 * @param {string} text
 */
function escapeMarkdown(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('|', '\\|').replaceAll('\n', ' ');
}
