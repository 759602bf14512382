import { describe, expect, it } from 'vitest';
import { AdaptiveBudget } from '../../../plugin/phaser/adaptive-budget.js';

const MOST_MS = 10;
const FRAME_MS = 1000 / 60;

function frames(budget: AdaptiveBudget, count: number, intervalMs: number, working = true): void {
  for (let i = 0; i < count; i++) budget.frame(intervalMs, working, MOST_MS);
}

/** A display of 60 Hz on which frames are late while more than `roomMs` are granted. */
function play(budget: AdaptiveBudget, count: number, roomMs: number): { late: number; grantedMs: number } {
  let late = 0;
  let grantedMs = 0;
  for (let i = 0; i < count; i++) {
    const missed = budget.ms > roomMs;
    if (missed) late++;
    grantedMs += budget.ms;
    budget.frame(missed ? 2 * FRAME_MS : FRAME_MS, true, MOST_MS);
  }
  return { late, grantedMs: grantedMs / count };
}

describe('AdaptiveBudget', () => {
  it('grants more while frames come on time, up to the most', () => {
    const budget = new AdaptiveBudget();
    const before = budget.ms;
    frames(budget, 20, FRAME_MS);
    expect(budget.ms).toBeGreaterThan(before);
    frames(budget, 1000, FRAME_MS);
    expect(budget.ms).toBe(MOST_MS);
  });

  it('gives way at once when a frame is late, and never stops altogether', () => {
    const budget = new AdaptiveBudget();
    frames(budget, 1000, FRAME_MS);
    frames(budget, 1, 2 * FRAME_MS);
    expect(budget.ms).toBeLessThan(0.7 * MOST_MS);
    frames(budget, 20, 2 * FRAME_MS);
    expect(budget.ms).toBe(1);
  });

  it('finds the room that a game leaves, with few late frames', () => {
    const budget = new AdaptiveBudget();
    frames(budget, 60, FRAME_MS, false);
    play(budget, 300, 5);
    const { late, grantedMs } = play(budget, 3000, 5);
    expect(late / 3000).toBeLessThan(0.03);
    expect(grantedMs).toBeGreaterThan(3.5);
  });

  it('takes the pace that the game has without it for usual: 30 a second are not late', () => {
    const budget = new AdaptiveBudget();
    frames(budget, 90, 2 * FRAME_MS, false);
    expect(budget.usualMs).toBeCloseTo(2 * FRAME_MS);
    frames(budget, 500, 2 * FRAME_MS);
    expect(budget.ms).toBe(MOST_MS);
  });

  it('learns nothing about the display from frames that it may have made late itself', () => {
    const budget = new AdaptiveBudget();
    frames(budget, 90, FRAME_MS, false);
    for (let i = 0; i < 400; i++) budget.frame(i % 2 ? FRAME_MS : 2 * FRAME_MS, true, MOST_MS);
    expect(budget.usualMs).toBeCloseTo(FRAME_MS);
    expect(budget.ms).toBeLessThan(2);
  });

  it('does not starve when the game has become slower for good', () => {
    const budget = new AdaptiveBudget();
    frames(budget, 90, FRAME_MS, false);
    frames(budget, 500, 2 * FRAME_MS);
    expect(budget.ms).toBeGreaterThan(5);
  });

  it('changes nothing while the engine rests', () => {
    const budget = new AdaptiveBudget();
    const before = budget.ms;
    frames(budget, 100, 5 * FRAME_MS, false);
    expect(budget.ms).toBe(before);
  });
});
