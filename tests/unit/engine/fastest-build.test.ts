import { describe, expect, it } from 'vitest';
import { readKernels } from '../../../cli/node-engine.js';
import { fastestBuild } from '../../../engine/model/fastest-build.js';
import { chooseBuild, supportedBuilds } from '../../../engine/model/kernels.js';
import { KERNEL_FOLDER } from '../../support/kernel-memory.js';

const binaries = await readKernels(KERNEL_FOLDER);
/** A module that no engine compiles. */
const foreign = Uint8Array.from(binaries.relaxed);
foreign.fill(0xff, foreign.length - 2000);

/** Runs out of a millisecond after `calls` readings for the build whose turn it is: builds are measured in order. */
function scriptedClock(readings: readonly number[], builds: number): () => number {
  let time = 0;
  let started = false;
  let turn = -1;
  let left = 0;
  return () => {
    if (!started) {
      started = true;
      turn++;
      // Warm-up is 10 rounds of each build in turn, then rounds over all of them.
      const warmUps = 10 * builds;
      const build = turn < warmUps ? Math.floor(turn / 10) : (turn - warmUps) % builds;
      left = readings[build]!;
      return time;
    }
    if (--left > 0) return time;
    started = false;
    time += 1;
    return time;
  };
}

describe('fastestBuild', () => {
  it.each([
    [[9, 3, 3], 'relaxed'],
    [[3, 9, 3], 'wide'],
    [[3, 4, 9], 'plain'],
    // What is barely faster does not change the order.
    [[100, 110, 114], 'relaxed'],
  ] as const)('finds, of builds with %j calls a millisecond, %s', async (readings, expected) => {
    expect(await fastestBuild(binaries, scriptedClock(readings, 3), setImmediate)).toBe(expected);
  });

  it('is no build whose result is wrong', async () => {
    // The wide kernel as Chrome 118 compiles it at first: the name of another kernel in its place does the same.
    const broken = Uint8Array.from(binaries.relaxed);
    const names = Buffer.from(broken.buffer);
    const wide = names.indexOf('gemm4W4Wide');
    const wideK = names.indexOf('gemm4W4KWide');
    expect(Math.min(wide, wideK)).toBeGreaterThan(0);
    const [at, atK] = [wide + 'gemm4W4Wide'.length + 1, wideK + 'gemm4W4KWide'.length + 1];
    [broken[at], broken[atK]] = [broken[atK]!, broken[at]!];
    const builds = { ...binaries, relaxed: broken };
    expect(await fastestBuild(builds, scriptedClock([3, 9], 2), setImmediate)).toBe('plain');
    expect(await fastestBuild(builds, scriptedClock([9, 3], 2), setImmediate)).toBe('relaxed');
  });

  it('is one that compiles, on the real clock', async () => {
    expect(supportedBuilds(binaries)).toContain(
      await fastestBuild(binaries, () => performance.now(), setImmediate),
    );
  });

  it('measures nothing where one build compiles', async () => {
    const noClock = () => {
      throw new Error('The clock was read.');
    };
    expect(await fastestBuild({ ...binaries, relaxed: foreign }, noClock, setImmediate)).toBe('plain');
  });
});

describe('chooseBuild', () => {
  it('rejects a wanted build that does not compile with unsupported-browser', () => {
    const builds = { ...binaries, relaxed: foreign };
    expect(chooseBuild(builds)).toBe('plain');
    expect(() => chooseBuild(builds, 'wide')).toThrow(
      expect.objectContaining({ code: 'unsupported-browser' }),
    );
  });
});
