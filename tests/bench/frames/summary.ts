/** Frames of a phase as figures. */
import { quantile } from '../samples.js';
import type { Frame } from './frame-log.js';

export interface FrameFigures {
  readonly frames: number;
  /** Of the frames, for who looks at the marks of a traced browser. */
  readonly numbers: readonly number[];
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Main-thread work of the plugin in a frame. */
  readonly workP50Ms: number;
  readonly workP99Ms: number;
  readonly workMaxMs: number;
}

export function frameFigures(frames: readonly Frame[]): FrameFigures {
  const intervals = frames.map(({ intervalMs }) => intervalMs);
  const work = frames.map(({ workMs }) => workMs);
  return {
    frames: frames.length,
    numbers: frames.map(({ number }) => number),
    p50Ms: round(quantile(intervals, 0.5)),
    p95Ms: round(quantile(intervals, 0.95)),
    p99Ms: round(quantile(intervals, 0.99)),
    maxMs: round(quantile(intervals, 1)),
    workP50Ms: round(quantile(work, 0.5), 3),
    workP99Ms: round(quantile(work, 0.99), 3),
    workMaxMs: round(quantile(work, 1), 3),
  };
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
