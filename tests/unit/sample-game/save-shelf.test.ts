import 'fake-indexeddb/auto';
import { createStore, get, set } from 'idb-keyval';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SavedGame } from '../../../sample-game/saves/save-file.js';
import { SaveShelf } from '../../../sample-game/saves/save-shelf.js';

const game = (playedMs: number): SavedGame => ({
  savedAt: 1,
  playedMs,
  place: 'The inn',
  objective: 'Ask.',
  player: { x: 1, y: 2, facing: 'up' },
  state: { 'clue.soup': true },
  talks: new Uint8Array([7]),
});

/** Damages the newest save of a slot, as a disk would. */
async function damage(slot: string): Promise<void> {
  const store = createStore('saltmere', 'saves');
  const bytes = (await get<Uint8Array>(slot, store))!;
  await set(slot, bytes.slice(0, bytes.length >> 1), store);
}

describe('SaveShelf', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('keeps a game for the next visit, and forgets what is removed', async () => {
    await new SaveShelf().write('2', game(5));
    expect(await new SaveShelf().read('2')).toEqual({ slot: '2', game: game(5) });
    await new SaveShelf().remove('2');
    expect(await new SaveShelf().read('2')).toEqual({ slot: '2' });
  });

  it('gives the save before one that is damaged, with save-damaged, and keeps it through further saves', async () => {
    const shelf = new SaveShelf();
    await shelf.write('auto', game(1));
    await shelf.write('auto', game(2));
    await damage('auto');
    expect(await shelf.read('auto')).toMatchObject({ game: game(1), error: { code: expect.any(String) } });
    await shelf.write('auto', game(3));
    await damage('auto');
    expect((await shelf.read('auto')).game).toEqual(game(1));
  });

  it('tells of a damaged save with none before it, and leaves the other slots', async () => {
    const shelf = new SaveShelf();
    await shelf.write('1', game(1));
    await shelf.write('3', game(3));
    await damage('1');
    const contents = await shelf.list();
    const [, first, second, third] = contents;
    expect(first).toMatchObject({ slot: '1', error: { name: 'SaveError' } });
    expect(first?.game).toBeUndefined();
    expect(second).toEqual({ slot: '2' });
    expect(third).toEqual({ slot: '3', game: game(3) });
  });

  it('keeps saves for the visit where the browser blocks its storage, and says so', async () => {
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
    const shelf = new SaveShelf();
    expect(await shelf.list()).toHaveLength(4);
    await shelf.write('1', game(4));
    expect((await shelf.read('1')).game).toEqual(game(4));
    expect(shelf.lasting).toBe(false);
  });
});
