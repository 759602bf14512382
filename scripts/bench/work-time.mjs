/** The plugin's work on the main thread in processor time, from what the benchmark of frames marks in a traced browser. */

/** @typedef {import('./chromium-trace.mjs').TracedMark} TracedMark */

/** As `MARKS` of tests/bench/frames/main-thread-work.ts. */
const BEGIN = 'work-begin';
const END = 'work-end';
const SETTLED = 'work-settled';
const NOTHING = 'work-nothing';
const WAITING = 'work-waiting';
const FRAME = 'work-frame';

/**
 * @param {readonly TracedMark[]} marks
 * @returns {number[]} milliseconds of each frame, by its number
 */
export function workOfFrames(marks) {
  const markMs = pairs(marks, NOTHING);
  const waitingMs = pairs(marks, WAITING);
  const work = [];
  let sum = 0;
  let begunMs = 0;
  for (const { name, cpuMs } of marks) {
    if (name === BEGIN) begunMs = cpuMs;
    if (name === END) sum += Math.max(0, cpuMs - begunMs - markMs);
    if (name === SETTLED) sum += Math.max(0, cpuMs - begunMs - waitingMs);
    if (name === FRAME) {
      work.push(sum);
      sum = 0;
    }
  }
  return work;
}

/**
 * Figures of frames with processor time added, and without the numbers that it was found by.
 * @param {{ numbers: readonly number[] }} figures
 * @param {readonly number[] | undefined} work of all frames; undefined where the browser was not traced
 */
export function withWorkTime({ numbers, ...figures }, work) {
  if (!work) return figures;
  const own = numbers.map((number) => work[number] ?? 0).sort((a, b) => a - b);
  const at = (/** @type {number} */ rank) =>
    Number((own[Math.max(0, Math.ceil(rank * own.length) - 1)] ?? 0).toFixed(3));
  return { ...figures, workCpuP50Ms: at(0.5), workCpuP99Ms: at(0.99), workCpuMaxMs: at(1) };
}

/**
 * The median time between two marks of one name.
 * @param {readonly TracedMark[]} marks
 * @param {string} name
 */
function pairs(marks, name) {
  const times = marks.filter((mark) => mark.name === name).map(({ cpuMs }) => cpuMs);
  const between = times.flatMap((end, i) => (i % 2 === 1 ? [end - (times[i - 1] ?? end)] : []));
  return between.sort((a, b) => a - b)[between.length >> 1] ?? 0;
}
