import type { TransferProgress, TransferStage } from './protocol.js';
import { SpeedMeter } from './speed-meter.js';

const INTERVAL_MS = 100;

/** @param loadedBytes of the whole file so far */
export type Report = (stage: TransferStage, loadedBytes: number, totalBytes: number | undefined) => void;

export interface TransferReport {
  readonly report: Report;
  /** Tells how it stands, also where nothing comes: the speed falls, and no last bytes go untold. Call it now and then. */
  readonly repeat: () => void;
}

/** Adds speed and time left, and tells a stage at once and the rest ten times a second. */
export function transferReport(
  post: (progress: TransferProgress) => void,
  now: () => number,
): TransferReport {
  const meter = new SpeedMeter();
  let last: Parameters<Report> | undefined;
  let toldMs = Number.NEGATIVE_INFINITY;
  const tell = (ms: number, [stage, loadedBytes, totalBytes]: Parameters<Report>) => {
    toldMs = ms;
    const bytesPerSecond = meter.bytesPerSecond(ms);
    const known = totalBytes !== undefined && bytesPerSecond > 0;
    const secondsLeft = known ? Math.max(totalBytes - loadedBytes, 0) / bytesPerSecond : undefined;
    post({ stage, loadedBytes, totalBytes, bytesPerSecond, secondsLeft });
  };
  return {
    report: (...state) => {
      const ms = now();
      const newStage = state[0] !== last?.[0];
      last = state;
      meter.add(ms, state[1]);
      if (newStage || ms - toldMs >= INTERVAL_MS) tell(ms, state);
    },
    repeat: () => {
      const ms = now();
      if (!last || ms - toldMs < INTERVAL_MS) return;
      meter.add(ms, last[1]);
      tell(ms, last);
    },
  };
}
