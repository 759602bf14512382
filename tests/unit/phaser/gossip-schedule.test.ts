import { describe, expect, it } from 'vitest';
import { type Gossiper, GossipSchedule } from '../../../plugin/phaser/gossip-schedule.js';

const person = (id: string, x: number, free = true): Gossiper => ({ id, at: { x, y: 0 }, free });
const ids = (pair: readonly Gossiper[] | undefined) => pair?.map(({ id }) => id);

describe('GossipSchedule', () => {
  it('chooses the nearest two who are free, within the distance', () => {
    const people = [person('mira', 0), person('bess', 100), person('orrin', 130), person('pip', 400)];
    expect(ids(new GossipSchedule({ pauseMs: 0 }).next(0, people))).toEqual(['bess', 'orrin']);
    expect(ids(new GossipSchedule({ pauseMs: 0, distance: 20 }).next(0, people))).toBeUndefined();
    const busy = [person('mira', 0), person('bess', 100), person('orrin', 130, false)];
    expect(ids(new GossipSchedule({ pauseMs: 0 }).next(0, busy))).toEqual(['mira', 'bess']);
  });

  it('waits before the first talk and between two, and longer before the same two talk again', () => {
    const schedule = new GossipSchedule({ pauseMs: 10, cooldownMs: 100 });
    const two = [person('mira', 0), person('bess', 50)];
    const three = [...two, person('orrin', 110)];
    expect(schedule.next(-10, two)).toBeUndefined();
    expect(ids(schedule.next(0, two))).toEqual(['mira', 'bess']);
    schedule.ended(5);
    expect(schedule.next(14, three)).toBeUndefined();
    expect(ids(schedule.next(15, three))).toEqual(['bess', 'orrin']);
    expect(ids(schedule.next(16, three))).toEqual(['mira', 'orrin']);
    expect(schedule.next(17, two)).toBeUndefined();
    expect(ids(schedule.next(100, [...two].reverse()))).toEqual(['bess', 'mira']);
  });

  it('rejects what is no number from 0', () => {
    expect(() => new GossipSchedule({ distance: Number.NaN })).toThrow('gossip.distance: got NaN');
    expect(() => new GossipSchedule({ pauseMs: -1 })).toThrow(RangeError);
  });
});
