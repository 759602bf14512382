import { describe, expect, it } from 'vitest';
import { Cast, type CastMember } from '../../../plugin/phaser/cast.js';
import { runnablePrefixes, type Spender } from '../../../plugin/phaser/runnable.js';

// Phaser's scene status numbers.
const [PENDING, START, RUNNING, PAUSED, SLEEPING, SHUTDOWN] = [0, 2, 5, 6, 7, 8];

function spender(change: Partial<Spender> = {}): Spender {
  return { sequencePrefix: 'main/mira/', talking: true, whilePaused: true, sceneStatus: RUNNING, ...change };
}

function member(change: Partial<CastMember> = {}): CastMember {
  return { ...spender(), reopen: () => undefined, ...change };
}

describe('runnablePrefixes', () => {
  it('lets all characters of a running scene compute, from its start on', () => {
    for (const sceneStatus of [START, 3, 4, RUNNING]) {
      expect(runnablePrefixes([spender({ sceneStatus, talking: false })])).toEqual(['main/mira/']);
    }
  });

  it('lets only talks of a paused scene compute', () => {
    expect(runnablePrefixes([spender({ sceneStatus: PAUSED })])).toEqual(['main/mira/']);
    expect(runnablePrefixes([spender({ sceneStatus: PAUSED, talking: false })])).toEqual([]);
    expect(runnablePrefixes([spender({ sceneStatus: PAUSED, whilePaused: false })])).toEqual([]);
  });

  it('lets nothing of a scene compute that sleeps, is shut down or has not started', () => {
    for (const sceneStatus of [PENDING, 1, SLEEPING, SHUTDOWN, 9]) {
      expect(runnablePrefixes([spender({ sceneStatus })])).toEqual([]);
    }
  });
});

describe('Cast', () => {
  it('rejects a second live character of one id with duplicate-character', () => {
    const cast = new Cast();
    const remove = cast.add('mira', member());
    expect(() => cast.add('mira', member())).toThrow(
      expect.objectContaining({ code: 'duplicate-character', message: expect.stringContaining('"mira"') }),
    );
    remove();
    expect(() => cast.add('mira', member())).not.toThrow();
  });

  it('removes only the member that was added, however often it is told to', () => {
    const cast = new Cast();
    const remove = cast.add('mira', member());
    remove();
    cast.add('mira', member());
    remove();
    expect(cast.ids()).toEqual(['mira']);
  });

  it('reads what may run anew at each step', () => {
    const cast = new Cast();
    const mira = { ...member(), sceneStatus: RUNNING };
    cast.add('mira', mira);
    expect(cast.runnable()).toEqual(['main/mira/']);
    mira.sceneStatus = SLEEPING;
    expect(cast.runnable()).toEqual([]);
  });

  it('reopens those who are not in a talk', () => {
    const cast = new Cast();
    const opened: string[] = [];
    cast.add('a', member({ talking: true, reopen: () => opened.push('a') }));
    cast.add('b', member({ talking: false, reopen: () => opened.push('b') }));
    cast.reopenSilent();
    expect(opened).toEqual(['b']);
  });

  it('reopens every member', () => {
    const cast = new Cast();
    const opened: string[] = [];
    cast.add('a', member({ reopen: () => opened.push('a') }));
    cast.add('b', member({ reopen: () => opened.push('b') }));
    cast.reopenAll();
    expect(opened).toEqual(['a', 'b']);
  });
});
