import { describe, expect, it } from 'vitest';
import type { Priority } from '../../../plugin/engine-port.js';
import { RequestQueue } from '../../../plugin/remote/request-queue.js';

/** Requests that end when the test says. */
function queueOf(places: number) {
  const queue = new RequestQueue(places);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (name: string, priority: Priority, signal?: AbortSignal, sequence = `main/${name}/0`) =>
    queue.run(
      priority,
      sequence,
      () => {
        begun.push(name);
        return new Promise<void>((resolve) => ends.set(name, resolve));
      },
      signal,
    );
  const end = async (name: string) => {
    ends.get(name)!();
    await settled();
  };
  return { queue, begun, ask, end };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('RequestQueue', () => {
  it('lets the player go first, then characters, then the background', async () => {
    const { begun, ask, end } = queueOf(1);
    const order: [string, Priority][] = [
      ['first', 'background'],
      ['idle', 'background'],
      ['npc', 'npc'],
      ['player', 'player'],
      ['npc2', 'npc'],
    ];
    for (const [name, priority] of order) void ask(name, priority);
    await settled();
    for (const name of ['first', 'player', 'npc', 'npc2', 'idle']) await end(name);
    expect(begun).toEqual(['first', 'player', 'npc', 'npc2', 'idle']);
  });

  it('keeps one place for the player', async () => {
    const { begun, ask } = queueOf(2);
    void ask('npc', 'npc');
    void ask('npc2', 'npc');
    void ask('player', 'player');
    await settled();
    expect(begun).toEqual(['npc', 'player']);
  });

  it('begins nothing for talks that may not run, and all the rest', async () => {
    const { queue, begun, ask } = queueOf(4);
    queue.setRunnable(['main/bess/']);
    void ask('mira', 'player');
    void ask('bess', 'player');
    await settled();
    expect(begun).toEqual(['bess']);
    expect(queue.busy).toBe(true);
    queue.setRunnable(['main/bess/', 'main/mira/']);
    await settled();
    expect(begun).toEqual(['bess', 'mira']);
  });

  it('forgets what is cancelled while it waits, and frees the place of what fails', async () => {
    const { queue, begun, ask, end } = queueOf(1);
    const abort = new AbortController();
    void ask('first', 'player');
    const cancelled = ask('cancelled', 'player', abort.signal);
    abort.abort();
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    await end('first');
    await expect(queue.run('player', 'x', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect([begun, queue.busy]).toEqual([['first'], false]);
  });
});
