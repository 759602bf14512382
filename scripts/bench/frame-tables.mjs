/** Tables of frame intervals. */
import { DASH, figure, table } from './markdown.mjs';
import { modelFile, threadsText } from './results.mjs';

/** @typedef {import('./results.mjs').FramesResult} FramesResult */
/** @typedef {import('./results.mjs').FrameFigures} FrameFigures */

/** @type {Record<string, string>} */
const BUDGETS = { adaptive: 'adaptive', tokens: '1 token and 16 of a prompt' };

/** @param {string} mode */
export function budgetText(mode) {
  return BUDGETS[mode] ?? mode;
}

/**
 * @param {readonly FramesResult[]} results
 * @param {(file: string) => string} link
 * @returns {string[]} paragraphs
 */
export function framesTables(results, link) {
  return results.flatMap((result) => {
    const { machine, browser, model, threads, build, date, scene, idle, phases, file } = result;
    const { width, height, sprites, renderer, phaseSeconds } = scene;
    const setting = [
      ...[machine, browser, `${build} kernels`, date],
      `${width} × ${height}, ${sprites} sprites, Phaser’s ${renderer} renderer`,
      `${phaseSeconds} s a phase`,
    ];
    return [
      `#### ${modelFile(model)}, ${threadsText(threads)}`,
      `${setting.join('; ')}; ${link(file)}`,
      table(
        [
          ...['budget', 'talking', 'p50, ms', 'p95, ms', 'p99, ms', 'idle’s p99, ms', 'p99 / idle’s'],
          ...[
            'tok/s',
            'prompt tok/s',
            'granted, ms',
            'work p50, ms',
            'p99',
            'max',
            'by the clock, p50',
            'p99',
            'max',
          ],
        ],
        [
          [DASH, 'nobody', ...intervals(idle), ...Array(5).fill(DASH), ...work(idle)],
          ...phases.map((phase) => [
            budgetText(phase.mode),
            String(phase.talkers),
            ...intervals(phase),
            figure(phase.idleP99Ms),
            figure(phase.p99Ratio),
            figure(phase.decodeTokensPerSecond),
            figure(phase.prefillTokensPerSecond),
            figure(phase.grantedMs),
            ...work(phase),
          ]),
        ],
      ),
    ];
  });
}

/** @param {FrameFigures} figures */
function intervals({ p50Ms, p95Ms, p99Ms }) {
  return [p50Ms, p95Ms, p99Ms].map((value) => figure(value));
}

/** @param {FrameFigures} figures */
function work(figures) {
  const { workCpuP50Ms, workCpuP99Ms, workCpuMaxMs, workP50Ms, workP99Ms, workMaxMs } = figures;
  return [workCpuP50Ms, workCpuP99Ms, workCpuMaxMs, workP50Ms, workP99Ms, workMaxMs].map((value) =>
    figure(value),
  );
}
