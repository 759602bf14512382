/** Tables of speed, of both benchmarks. */
import { DASH, escapeMarkdown, figure, megabytes, table, times } from './markdown.mjs';
import { modelFile, threadsText } from './results.mjs';
import { engineLabel } from './speed-plots.mjs';

/** @typedef {import('./results.mjs').BenchResult} BenchResult */
/** @typedef {import('./results.mjs').PeersResult} PeersResult */

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
        ...['load, ms', 'memory, MB', 'browser’s peak, MB', 'date', 'result'],
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
    figure(result.loadMs),
    megabytes(result.memoryBytes),
    megabytes(result.peakMemoryBytes),
    result.date,
    link(result.file),
  ];
}

/**
 * What the KV cache saves and costs.
 * @param {readonly BenchResult[]} results
 * @returns {string[]} paragraphs
 */
export function cacheTables(results) {
  // Older results are of a shorter persona.
  const measured = results.filter(({ coldTokens }) => coldTokens !== undefined);
  return [...new Set(measured.map(title))].flatMap((group) => [
    `#### ${group}`,
    table(
      [
        ...['browser', 'build', 'threads', 'tokens, cold / rebuilt / returning', 'cold, ms', 'rebuilt, ms'],
        ...['returning, ms', 'from disk, ms', 'typed ahead, ms'],
        ...['returning / cold', 'returning / rebuilt', 'typed ahead / cold'],
        ...['prefill of 512, ms', 'restore, ms', 'save, ms', 'restore / prefill', 'bytes a token', 'date'],
      ],
      measured.filter((result) => title(result) === group).map(cacheRow),
    ),
  ]);
}

/** @param {BenchResult} result */
function cacheRow(result) {
  const spread = result.spread ?? {};
  return [
    result.browser,
    result.build,
    String(result.threads),
    [result.coldTokens, result.rebuiltTokens ?? DASH, result.returningTokens].join(' / '),
    figure(result.ttftColdMs, spread.ttftColdMs),
    figure(result.ttftRebuiltMs, spread.ttftRebuiltMs),
    figure(result.ttftReturningMs, spread.ttftReturningMs),
    figure(result.ttftFromDiskMs, spread.ttftFromDiskMs),
    figure(result.ttftTypedAheadMs, spread.ttftTypedAheadMs),
    share(result.ttftReturningMs, result.ttftColdMs),
    share(result.ttftReturningMs, result.ttftRebuiltMs),
    share(result.ttftTypedAheadMs, result.ttftColdMs),
    figure(result.cachePrefillMs, spread.cachePrefillMs),
    figure(result.cacheRestoreMs, spread.cacheRestoreMs),
    figure(result.cacheSaveMs, spread.cacheSaveMs),
    share(result.cacheRestoreMs, result.cachePrefillMs),
    figure(result.kvBytesPerToken),
    result.date,
  ];
}

/**
 * @param {number | undefined} part
 * @param {number | undefined} whole
 */
function share(part, whole) {
  return typeof part === 'number' && typeof whole === 'number' ? (part / whole).toFixed(3) : DASH;
}
