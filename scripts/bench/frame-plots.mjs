/** The plot of frame intervals on the benchmark page. */
import { drawBarChart } from './bar-chart.mjs';
import { budgetText } from './frame-tables.mjs';
import { modelFile, threadsText } from './results.mjs';

// As in the other plots: told apart by lightness too.
const IDLE = '#4d5561';
const ONE = '#e08a4f';
const FOUR = '#c2570c';

/** @typedef {import('./results.mjs').FramesResult} FramesResult */

/**
 * @param {readonly FramesResult[]} results
 * @returns {string | undefined} SVG
 */
export function drawFrames(results) {
  if (results.length === 0) return undefined;
  return drawBarChart({
    title: 'Frames while characters talk',
    lines: [
      'By budget a frame, with one and with four characters talking without a pause. Shorter intervals are better.',
      '“1×”: as long as while nobody talks, before and behind.',
    ],
    columns: ['Frame interval, 99th percentile, ms', 'New tokens a second'],
    labelWidth: 232,
    textWidth: 90,
    panels: results.map((result) => ({
      title: [modelFile(result.model), threadsText(result.threads), `${result.build} SIMD`].join(' · '),
      setting: [result.machine, result.browser, result.scene.renderer, result.date].join(' · '),
      rows: [
        { label: 'nobody talks', colour: IDLE, first: true, bars: [bar(result.idle.p99Ms), { text: '' }] },
        ...result.phases.map(({ mode, talkers, p99Ms, p99Ratio, decodeTokensPerSecond }) => ({
          label: `${budgetText(mode)} · ${talkers}`,
          colour: talkers === 1 ? ONE : FOUR,
          first: talkers === 1,
          bars: [bar(p99Ms, ` · ${p99Ratio}×`), bar(decodeTokensPerSecond)],
        })),
      ],
    })),
  });
}

/**
 * @param {number} value
 * @param {string} [suffix]
 */
function bar(value, suffix = '') {
  return { value, text: `${value >= 100 ? Math.round(value) : Number(value.toPrecision(3))}${suffix}` };
}
