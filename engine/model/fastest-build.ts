/**
 * Which kernel build is the fastest here: measured, for no engine says what it makes of an instruction. All give the same
 * bits, so a wrong choice costs speed and nothing else.
 */
import type { KernelBuild } from '../protocol.js';
import { compileKernels, instantiateKernels, type KernelBinaries, supportedBuilds } from './kernels.js';

/** Compilers take their time to make fast code of what is called often. */
const WARM_UP_MS = 10;
const ROUNDS = 12;
const ROUND_MS = 1;
/** The most promising build stays unless another one is this much faster: other programs disturb a measurement this short. */
const CLEARLY_FASTER = 1.15;

/** A matrix of 4-bit weights that stays in the first cache, a group of activations, and the result; see kernels/. */
const TILES = 8;
const BLOCKS = 16;
const TILE_BYTES = 144;
const SCALES_AT = 128;
const WEIGHTS = 64 * 1024;
const CODES = WEIGHTS + TILES * BLOCKS * TILE_BYTES;
const LANES = 4;
const META = CODES + BLOCKS * LANES * 64;
const X = META + BLOCKS * LANES * 16;
const OUT = X + BLOCKS * 128;
const MEMORY_PAGES = 2;

interface Trial {
  readonly build: KernelBuild;
  readonly call: () => void;
  readonly result: Float32Array;
}

/**
 * About a tenth of a second of work, with pauses in which other messages are handled; none where only one build compiles.
 * @param now milliseconds, monotonic
 * @param defer calls back from the event loop after other messages were handled
 */
export async function fastestBuild(
  binaries: KernelBinaries,
  now: () => number,
  defer: (callback: () => void) => void,
): Promise<KernelBuild | undefined> {
  const builds = supportedBuilds(binaries);
  if (builds.length < 2) return builds[0];
  const all = await Promise.all(builds.map((build) => createTrial(binaries, build)));
  const trials = all.filter((trial) => isRight(trial, all));
  for (const { call } of trials) {
    for (let ms = 0; ms < WARM_UP_MS; ms += ROUND_MS) {
      callsPerMs(call, now);
      await new Promise<void>(defer);
    }
  }
  const best = trials.map(() => 0);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, { call }] of trials.entries()) best[i] = Math.max(best[i]!, callsPerMs(call, now));
    await new Promise<void>(defer);
  }
  let fastest = 0;
  for (let i = 1; i < trials.length; i++) if (best[i]! > best[fastest]! * CLEARLY_FASTER) fastest = i;
  return trials[fastest]!.build;
}

/**
 * Whether the wide kernels give what the relaxed ones do on the same weights. The baseline compiler of V8 11.3 and 11.8
 * (Chrome 113 and 118) makes wrong code of the dot product that only they use; that of 12.4 does not.
 */
function isRight({ build, result }: Trial, trials: readonly Trial[]): boolean {
  if (build !== 'wide') return true;
  const relaxed = trials.find((trial) => trial.build === 'relaxed')!.result;
  return result.every((value, i) => value === relaxed[i]);
}

/** Its result is that of a first call, which baseline compilers make code for. */
async function createTrial(binaries: KernelBinaries, build: KernelBuild): Promise<Trial> {
  const memory = new WebAssembly.Memory({ initial: MEMORY_PAGES, maximum: MEMORY_PAGES });
  const kernels = await instantiateKernels(await compileKernels(binaries, build, false), memory, build);
  const bytes = new Uint8Array(memory.buffer);
  for (let i = WEIGHTS; i < CODES; i++) bytes[i] = Math.imul(i, 0x9e3779b1) >>> 24;
  for (let tile = WEIGHTS; tile < CODES; tile += TILE_BYTES) {
    bytes.fill(0x20, tile + SCALES_AT, tile + TILE_BYTES);
  }
  new Float32Array(memory.buffer, X, BLOCKS * 32).forEach((_, i, x) => {
    x[i] = (i % 255) - 127;
  });
  for (let lane = 0; lane < LANES; lane++) kernels.quantizeW4(CODES, META, X, BLOCKS * 32, LANES, lane);
  const call = () => kernels.gemm4W4(OUT, TILES * 32, WEIGHTS, CODES, META, 1, 0, TILES, BLOCKS);
  call();
  return { build, call, result: new Float32Array(memory.buffer, OUT, LANES * TILES * 8).slice() };
}

function callsPerMs(call: () => void, now: () => number): number {
  const start = now();
  for (let calls = 1; ; calls++) {
    // A clock costs more than one call.
    for (let i = 0; i < 16; i++) call();
    const spent = now() - start;
    if (spent >= ROUND_MS) return (calls * 16) / spent;
  }
}
