import type { TransferProgress, TransferStage } from './protocol.js';
import { SpeedMeter } from './speed-meter.js';

const INTERVAL_MS = 100;

/** @param loadedBytes of the whole file so far */
export type Report = (stage: TransferStage, loadedBytes: number, totalBytes: number | undefined) => void;

/** Adds speed and time left, and tells a stage at once and the rest ten times a second. */
export function transferReport(post: (progress: TransferProgress) => void, now: () => number): Report {
  const meter = new SpeedMeter();
  let last: TransferStage | undefined;
  let toldMs = Number.NEGATIVE_INFINITY;
  return (stage, loadedBytes, totalBytes) => {
    const ms = now();
    meter.add(ms, loadedBytes);
    if (stage === last && ms - toldMs < INTERVAL_MS) return;
    last = stage;
    toldMs = ms;
    const bytesPerSecond = meter.bytesPerSecond(ms);
    const known = totalBytes !== undefined && bytesPerSecond > 0;
    const secondsLeft = known ? Math.max(totalBytes - loadedBytes, 0) / bytesPerSecond : undefined;
    post({ stage, loadedBytes, totalBytes, bytesPerSecond, secondsLeft });
  };
}
