import { describe, expect, it } from 'vitest';
import { FrameLog, summarize, WINDOW_MS } from '../../../plugin/inspector/frame-log.js';

const USE = { decodeTokens: 1, prefillTokens: 2, ms: 3 };

describe('FrameLog', () => {
  it('gives what was used to the frame of its grant, however late it is told', () => {
    const log = new FrameLog();
    for (let frame = 5; frame < 9; frame++) log.step(frame * 16, frame, 4);
    log.use({ frame: 6, ...USE });
    log.use({ frame: 6, ...USE });
    expect(log.latest().map(({ usedMs }) => usedMs)).toEqual([0, 6, 0, 0]);
    expect(log.latest()[1]).toMatchObject({ decodeTokens: 2, prefillTokens: 4, grantedMs: 4 });
  });

  it('leaves out what was used by a frame that it does not know', () => {
    const log = new FrameLog();
    log.step(16, 5, 4);
    log.step(32, 7, 4);
    for (const frame of [4, 6, 8]) log.use({ frame, ...USE });
    expect(summarize(log.latest())).toMatchObject({ usedMs: 0, decodeTokens: 0 });
  });

  it('looks back ten seconds from the last frame', () => {
    const log = new FrameLog();
    for (let frame = 0; frame <= 20; frame++) log.step(frame * 1000, frame, 1);
    expect(log.latest().map(({ timeMs }) => timeMs)).toEqual(
      [11, 12, 13, 14, 15, 16, 17, 18, 19, 20].map((s) => s * 1000),
    );
    expect(log.latest().at(-1)!.timeMs - log.latest()[0]!.timeMs).toBeLessThan(WINDOW_MS);
  });

  it('keeps a bounded number of frames', () => {
    const log = new FrameLog();
    for (let frame = 0; frame < 10_000; frame++) log.step(frame / 10, frame, 1);
    expect(log.latest().length).toBeLessThanOrEqual(4800);
    expect(log.latest().at(-1)!.frame).toBe(9999);
  });

  it('is empty at first and when cleared', () => {
    const log = new FrameLog();
    expect(log.latest()).toEqual([]);
    log.step(1, 1, 1);
    log.clear();
    expect(log.latest()).toEqual([]);
  });
});

describe('summarize', () => {
  it('takes nearest ranks of raw intervals; the first frame and pauses are none', () => {
    const log = new FrameLog();
    for (let i = 0; i <= 99; i++) log.step(i * 10, i, 2);
    log.step(990 + 40, 100, 2);
    log.step(990 + 40 + 900, 101, 2);
    expect(summarize(log.latest())).toMatchObject({
      frames: 102,
      p50Ms: 10,
      p95Ms: 10,
      p99Ms: 10,
      mostMs: 40,
      grantedMs: 204,
    });
  });

  it('is all zero without frames', () => {
    expect(Object.values(summarize([])).every((value) => value === 0)).toBe(true);
  });
});
