/** Which model suits a device: pure arithmetic on what a browser tells, with its reasons. */

const GB = 1e9;
/** WebAssembly with 32-bit addresses ends at 4 GiB, and caches and scratch memory need their part. */
const MOST_MODEL_BYTES = 3.5 * GB;
/** Of the device's memory: the rest is the system's, the browser's and the game's. */
const MEMORY_SHARE = 0.25;
/** Where a browser does not say it (Firefox, Safari). */
const USUAL_MEMORY_BYTES = { computer: 8 * GB, phone: 4 * GB };
/**
 * Model bytes that one thread goes through in a second while it decodes. Measured: 17 to 19 GB on a server of 2024
 * (docs/benchmarks.md); a modest laptop and a phone are taken to have a third and a sixth.
 */
const THREAD_BYTES_PER_SECOND = { computer: 6 * GB, phone: 3 * GB };
/** What 1, 2, 3 and 4 threads do compared with one; memory is shared, so they do not add up. */
const THREAD_GAIN = [1, 1.5, 1.9, 2.2] as const;
/** Of the time, what the frame budget leaves. */
const BUDGET_SHARE = 0.5;
/** Slower than this, a player reads faster than the character talks. */
const LEAST_TOKENS_PER_SECOND = 8;

/** What a model is chosen for. */
export interface DeviceProfile {
  /** Undefined where the browser does not say; Chrome says at most 8 GB. */
  readonly memoryBytes: number | undefined;
  readonly cores: number;
  /** Threads can share memory: the page is cross-origin isolated, and the browser can. */
  readonly isolated: boolean;
  readonly phone: boolean;
  /** Undefined where the browser does not say. */
  readonly freeStorageBytes: number | undefined;
}

/** A model that a game offers. */
export interface ModelCandidate {
  /** For the player. */
  readonly name: string;
  /** Of the file. */
  readonly bytes: number;
  /** Address of the file or of its parts, relative to the page. */
  readonly url: string | readonly string[];
  readonly sha256?: string;
  /** Comes with the game or is stored: it needs no room on the device. */
  readonly local?: boolean;
}

export interface Verdict<C extends ModelCandidate = ModelCandidate> {
  readonly candidate: C;
  readonly fits: boolean;
  /** A rough guess for this device, in the middle of a game. */
  readonly tokensPerSecond: number;
  /** One sentence for the player or the log. */
  readonly reason: string;
}

export interface Proposal<C extends ModelCandidate = ModelCandidate> {
  /** The largest model that fits; undefined where none does: leave the characters to their authored lines. */
  readonly candidate: C | undefined;
  /** Why this one. */
  readonly reason: string;
  /** On every candidate, in the given order. */
  readonly verdicts: readonly Verdict<C>[];
}

/** @throws RangeError a candidate without a size above 0 */
export function proposeModel<C extends ModelCandidate>(
  candidates: readonly C[],
  device: DeviceProfile,
): Proposal<C> {
  const verdicts = candidates.map((candidate) => judge(candidate, device));
  const best = verdicts
    .filter(({ fits }) => fits)
    .reduce<Verdict<C> | undefined>(
      (largest, verdict) =>
        largest && largest.candidate.bytes >= verdict.candidate.bytes ? largest : verdict,
      undefined,
    );
  const reason = best
    ? `${best.candidate.name} is the largest that fits: ${best.reason}`
    : ['No model fits this device.', ...verdicts.map(({ reason }) => reason)].join(' ');
  return { candidate: best?.candidate, reason, verdicts };
}

function judge<C extends ModelCandidate>(candidate: C, device: DeviceProfile): Verdict<C> {
  const { name, bytes, local } = candidate;
  if (!(bytes > 0)) throw new RangeError(`${name}: got ${bytes} bytes, expected more than 0`);
  const kind = device.phone ? 'phone' : 'computer';
  const memory = device.memoryBytes ?? USUAL_MEMORY_BYTES[kind];
  const room = Math.min(memory * MEMORY_SHARE, MOST_MODEL_BYTES);
  const threads = threadsOf(device);
  const gain = THREAD_GAIN[Math.min(threads, THREAD_GAIN.length) - 1]!;
  const tokensPerSecond = (THREAD_BYTES_PER_SECOND[kind] * gain * BUDGET_SHARE) / bytes;
  const verdict = (fits: boolean, reason: string) => ({ candidate, fits, tokensPerSecond, reason });
  if (bytes > room) {
    return verdict(
      false,
      `${name} needs ${size(bytes)} of memory; of ${size(memory)} a game may take ${size(room)}.`,
    );
  }
  if (!local && device.freeStorageBytes !== undefined && bytes > device.freeStorageBytes) {
    return verdict(
      false,
      `${name} needs ${size(bytes)} of storage; ${size(device.freeStorageBytes)} are free.`,
    );
  }
  const speed = `about ${Math.round(tokensPerSecond)} tokens a second on ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  if (tokensPerSecond < LEAST_TOKENS_PER_SECOND) {
    const isolation = device.isolated ? '' : ' The page is not isolated, so only one core can be used.';
    return verdict(
      false,
      `${name} would talk too slowly: ${speed}, expected ${LEAST_TOKENS_PER_SECOND}.${isolation}`,
    );
  }
  return verdict(true, `${size(bytes)} of ${size(memory)} of memory, ${speed}.`);
}

/** As the engine chooses them: one core is left to the game. */
function threadsOf({ cores, isolated, phone }: DeviceProfile): number {
  return isolated && !phone ? Math.min(Math.max(cores - 1, 1), 4) : 1;
}

function size(bytes: number): string {
  return bytes >= GB ? `${(bytes / GB).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;
}
