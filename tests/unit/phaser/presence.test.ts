import { describe, expect, it } from 'vitest';
import { Presence, type PresenceMoment, type PresenceOptions } from '../../../plugin/phaser/presence.js';

/** A presence with everything it has its character do, in order. */
function watched(options: PresenceOptions = {}) {
  const did: string[] = [];
  const presence = new Presence(
    { barkPauseMs: Number.POSITIVE_INFINITY, ...options },
    {
      notice: (distance) => did.push(`notice ${distance}`),
      lose: () => did.push('lose'),
      face: (dx, dy) => did.push(`face ${dx.toFixed(1)},${dy.toFixed(1)}`),
      reach: (within) => did.push(within ? 'within reach' : 'out of reach'),
      callOut: (how) => did.push(`call out: ${how}`),
      bark: () => did.push('bark'),
      left: () => did.push('left'),
    },
    () => 0.5,
  );
  let nowMs = 0;
  /** What it did at a distance to the right, some time later. */
  const at = (dx: number, moment: Partial<PresenceMoment> = {}, afterMs = 100) => {
    nowMs += afterMs;
    did.length = 0;
    presence.update({ nowMs, dx, dy: 0, talking: false, quiet: false, others: false, ...moment });
    return [...did];
  };
  return { presence, at, did };
}

describe('Presence', () => {
  it('notices who comes near, turns, calls out once, and loses sight farther away than it noticed', () => {
    const { at } = watched();
    expect(at(200)).toEqual([]);
    expect(at(70)).toEqual(['notice 70', 'call out: bark', 'face 1.0,0.0']);
    expect(at(60)).toEqual([]);
    expect(at(30)).toEqual(['within reach']);
    expect(at(95)).toEqual(['out of reach']);
    expect(at(101)).toEqual(['lose']);
    // The next visit is within the pause.
    expect(at(70)).toEqual(['notice 70', 'face 1.0,0.0']);
    at(200);
    expect(at(70, {}, 60_000)).toContain('call out: bark');
  });

  it('turns again when the direction changes by more than some degrees', () => {
    const { at } = watched();
    at(50);
    expect(at(50, { dy: 5 })).toEqual([]);
    expect(at(50, { dy: 20 })).toEqual(['face 0.9,0.4']);
    expect(at(0, { dy: 20 })).toEqual(['within reach', 'face 0.0,1.0']);
  });

  it('says nothing of its own accord while the player talks to anyone, or when it is to be quiet', () => {
    let quiet = false;
    const { at } = watched({ barkPauseMs: 1000, quiet: () => quiet });
    expect(at(70, { quiet: true })).toEqual(['notice 70', 'face 1.0,0.0']);
    expect(at(70, { quiet: true }, 5000)).toEqual([]);
    quiet = true;
    expect(at(70, {}, 5000)).toEqual([]);
    quiet = false;
    expect(at(70, {}, 5000)).toEqual(['bark']);
  });

  it('waits with what it would say while another one speaks', () => {
    const { at } = watched({ barkPauseMs: 1000 });
    expect(at(70, { others: true })).toEqual(['notice 70', 'face 1.0,0.0']);
    expect(at(70, { others: true }, 500)).toEqual([]);
    expect(at(70)).toEqual(['call out: bark']);
    expect(at(70, { others: true }, 5000)).toEqual([]);
    expect(at(70)).toEqual(['bark']);
  });

  it('calls out to nobody who was gone before its turn came', () => {
    const { at } = watched();
    at(70, { others: true });
    expect(at(200, { others: true })).toEqual(['lose']);
    expect(at(200)).toEqual([]);
  });

  it('lets a call out be when the player speaks to someone meanwhile', () => {
    const { at } = watched();
    at(70, { others: true });
    at(70, { quiet: true });
    expect(at(70)).toEqual([]);
  });

  it('barks at intervals, not to who stands before it', () => {
    const { at } = watched({ barkPauseMs: 1000, callOut: false });
    // Half of a pause at first, then one and a half.
    expect(at(300)).toEqual([]);
    expect(at(300, {}, 500)).toEqual(['bark']);
    expect(at(300, {}, 1499)).toEqual([]);
    expect(at(300, {}, 1)).toEqual(['bark']);
    at(20);
    expect(at(20, {}, 5000)).toEqual([]);
  });

  it('barks not right behind a talk in which its turn came', () => {
    const { at } = watched({ barkPauseMs: 1000, callOut: false });
    at(300);
    at(300, { quiet: true }, 5000);
    expect(at(300)).toEqual([]);
    expect(at(300, {}, 1500)).toEqual(['bark']);
  });

  it('ends a talk that the player walks out of, once', () => {
    const { at } = watched();
    at(30, { talking: true });
    expect(at(150, { talking: true })).not.toContain('left');
    expect(at(161, { talking: true })).toContain('left');
    expect(at(200, { talking: true })).not.toContain('left');
  });

  it('leaves a talk from afar alone, and one that may not be left', () => {
    const { at } = watched();
    expect(at(500, { talking: true })).not.toContain('left');
    const stays = watched({ leaveDistance: Number.POSITIVE_INFINITY });
    stays.at(30, { talking: true });
    expect(stays.at(5000, { talking: true })).not.toContain('left');
  });

  it('takes back what it told when it ends', () => {
    const { presence, at, did } = watched({ callOut: false });
    at(30);
    did.length = 0;
    presence.end();
    expect(did).toEqual(['out of reach', 'lose']);
  });

  it('rejects distances and pauses that are no numbers from 0', () => {
    expect(() => watched({ noticeDistance: -1 })).toThrow('noticeDistance: got -1, expected a number from 0');
    expect(() => watched({ callOutPauseMs: Number.NaN })).toThrow(RangeError);
  });
});
