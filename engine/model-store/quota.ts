import { EngineError } from '../protocol.js';

/** What the browser says of its room for this origin; undefined numbers where it does not say. */
export type EstimateStorage = () => Promise<{ readonly usage?: number; readonly quota?: number }>;

/** Left free for saves and for what the estimate does not know of. */
const MARGIN_BYTES = 8 * 1024 * 1024;

/** @throws EngineError quota-exceeded: the browser has less room than `bytes` and a margin */
export async function checkRoom(bytes: number, estimate: EstimateStorage): Promise<void> {
  const { usage, quota } = await estimate().catch(() => ({ usage: undefined, quota: undefined }));
  if (usage === undefined || quota === undefined) return;
  const free = Math.max(quota - usage, 0);
  if (bytes + MARGIN_BYTES > free) throw quotaExceeded(bytes, free);
}

/** @param free undefined when the browser only refused to write */
export function quotaExceeded(needed: number, free?: number): EngineError {
  const room = free === undefined ? 'the browser has no more room' : `${megabytes(free)} MB are free`;
  return new EngineError('quota-exceeded', `The model needs ${megabytes(needed)} MB more; ${room}.`, {
    hint: 'Remove stored models, clear data of other sites, or choose a smaller model. A download goes on where it is.',
  });
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}
