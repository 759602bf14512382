/** The most memory that a process and its descendants had resident, from /proc; Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

/** @param {number} pid */
function status(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (/** @type {string} */ name) =>
      Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text)?.[1]);
    return { parent: field('PPid'), peakBytes: field('VmHWM') * 1024 };
  } catch {
    return undefined;
  }
}

/**
 * The largest peak of one process below `root`: the one that runs the page and its workers.
 * @param {number} root
 * @returns {number | undefined} bytes
 */
export function peakMemory(root) {
  /** @type {Map<number, NonNullable<ReturnType<typeof status>>>} */
  const all = new Map();
  let pids;
  try {
    pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return undefined;
  }
  for (const pid of pids.map(Number)) {
    const found = status(pid);
    if (found) all.set(pid, found);
  }
  const descends = (/** @type {number} */ pid) => {
    for (let at = pid; at > 1; at = all.get(at)?.parent ?? 0) if (at === root) return true;
    return false;
  };
  const peaks = [...all].filter(([pid]) => descends(pid)).map(([, { peakBytes }]) => peakBytes);
  const peak = Math.max(...peaks.filter(Number.isFinite));
  return Number.isFinite(peak) ? peak : undefined;
}
