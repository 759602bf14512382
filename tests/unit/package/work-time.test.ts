/** What the benchmark of frames makes of a traced browser's marks. */
import { describe, expect, it } from 'vitest';
import { withWorkTime, workOfFrames } from '../../../scripts/bench/work-time.mjs';

const marks = (...list: readonly (readonly [name: string, cpuMs: number])[]) =>
  list.map(([name, cpuMs], i) => ({ name, cpuMs, atMs: i }));

describe('the time of work', () => {
  it('is the processor time between the marks of a frame, without what marks and waiting cost', () => {
    const calibrated = marks(
      ['work-nothing', 1],
      ['work-nothing', 1.1],
      ['work-waiting', 2],
      ['work-waiting', 2.4],
      ['work-frame', 3],
    );
    const frames = marks(
      ...(['work-begin', 'work-end'] as const).map((name, i) => [name, 4 + i] as const),
      ...(['work-begin', 'work-settled'] as const).map((name, i) => [name, 6 + i * 2] as const),
      ['work-frame', 9],
      ['work-frame', 10],
    );
    const work = workOfFrames([...calibrated, ...frames]);
    expect(work.map((ms) => Number(ms.toFixed(3)))).toEqual([0, 0.9 + 1.6, 0]);
  });

  it('becomes figures of the frames that are asked for', () => {
    const figures = { numbers: [1, 2, 3, 4], frames: 4 };
    expect(withWorkTime(figures, [9, 0.1, 0.2, 0.3, 0.4])).toEqual({
      frames: 4,
      workCpuP50Ms: 0.2,
      workCpuP99Ms: 0.4,
      workCpuMaxMs: 0.4,
    });
    expect(withWorkTime(figures, undefined)).toEqual({ frames: 4 });
  });
});
