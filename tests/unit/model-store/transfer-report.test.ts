import { describe, expect, it } from 'vitest';
import type { TransferProgress } from '../../../engine/model-store/protocol.js';
import { transferReport } from '../../../engine/model-store/transfer-report.js';

function watch() {
  const told: TransferProgress[] = [];
  const clock = { ms: 0 };
  const { report, repeat } = transferReport(
    (progress) => told.push(progress),
    () => clock.ms,
  );
  return { told, clock, report, repeat };
}

describe('transferReport', () => {
  it('tells speed and time left from what came lately', () => {
    const { told, clock, report } = watch();
    report('connecting', 0, 10_000_000);
    expect(told.at(-1)).toMatchObject({ bytesPerSecond: 0, secondsLeft: undefined });
    for (let loaded = 0; loaded <= 2_000_000; loaded += 100_000) {
      clock.ms += 100;
      report('download', loaded, 10_000_000);
    }
    expect(told.at(-1)!.bytesPerSecond).toBeCloseTo(1_000_000, -5);
    expect(told.at(-1)!.secondsLeft).toBeCloseTo(8, 0);
    // Ten times as slow for longer than the window.
    for (let loaded = 2_010_000; loaded <= 2_800_000; loaded += 10_000) {
      clock.ms += 100;
      report('download', loaded, 10_000_000);
    }
    expect(told.at(-1)!.bytesPerSecond).toBeCloseTo(100_000, -4);
  });

  it('counts from the new beginning when a download begins again', () => {
    const { told, clock, report } = watch();
    report('download', 5_000_000, undefined);
    clock.ms = 1000;
    report('connecting', 0, undefined);
    clock.ms = 2000;
    report('download', 300_000, undefined);
    expect(told.at(-1)).toMatchObject({ bytesPerSecond: 300_000, secondsLeft: undefined });
  });

  it('tells the last bytes, and a speed that falls to nothing, while a connection stands still', () => {
    const { told, clock, report, repeat } = watch();
    for (; clock.ms < 1000; clock.ms += 90) report('download', clock.ms * 1000, 10_000_000);
    repeat();
    const fast = told.at(-1)!;
    expect(fast.loadedBytes).toBe(990_000);
    for (let i = 0; i < 13; i++) {
      clock.ms += 500;
      repeat();
    }
    expect(told.at(-1)).toMatchObject({ loadedBytes: 990_000, bytesPerSecond: 0, secondsLeft: undefined });
    expect(fast.bytesPerSecond).toBeGreaterThan(0);
  });

  it('tells a stage at once and the rest ten times a second', () => {
    const { told, clock, report } = watch();
    for (; clock.ms < 1000; clock.ms += 5) report('download', clock.ms, 1000);
    report('check', 1000, 1000);
    expect(told.length).toBe(11);
    expect(told.at(-1)!.stage).toBe('check');
  });
});
