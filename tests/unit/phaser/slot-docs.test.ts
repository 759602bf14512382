import { describe, expect, it } from 'vitest';
import { FallbackDocs } from '../../../plugin/phaser/fallback-docs.js';
import { SlotDocs } from '../../../plugin/phaser/slot-docs.js';

const bytes = (...values: number[]) => new Uint8Array(values);
const memory = () => new FallbackDocs(undefined, () => undefined);

describe('SlotDocs', () => {
  it('packs what was written in the slot, and only that', async () => {
    const store = memory();
    const main = new SlotDocs(store, 'main');
    await main.writeDoc('main/mira.talk', bytes(1));
    await main.writeDoc('main/bo.talk', bytes(2));
    await new SlotDocs(store, 'other').writeDoc('other/mira.talk', bytes(3));
    const docs = await new SlotDocs(store, 'main').all();
    expect([...docs].map(([name, doc]) => [name, ...doc])).toEqual([
      ['mira.talk', 1],
      ['bo.talk', 2],
    ]);
  });

  it('includes a write that has not ended when the save begins', async () => {
    const docs = new SlotDocs(memory(), 'main');
    const write = docs.writeDoc('main/mira.talk', bytes(1));
    expect((await docs.all()).size).toBe(1);
    await write;
  });

  it('replaces the slot by a save: newer talks go, older ones come back', async () => {
    const store = memory();
    const before = new SlotDocs(store, 'main');
    await before.writeDoc('main/mira.talk', bytes(1));
    const save = await before.all();
    await before.writeDoc('main/mira.talk', bytes(9));
    await before.writeDoc('main/bo.talk', bytes(9));
    const after = new SlotDocs(store, 'main', save, before.close());
    expect(await after.readDoc('main/mira.talk')).toEqual(bytes(1));
    expect(await after.readDoc('main/bo.talk')).toBeUndefined();
  });

  it('loads a save of one slot into another', async () => {
    const store = memory();
    const main = new SlotDocs(store, 'main');
    await main.writeDoc('main/mira.talk', bytes(1));
    const copy = new SlotDocs(store, 'copy', await main.all());
    expect(await copy.readDoc('copy/mira.talk')).toEqual(bytes(1));
  });

  it('refuses writes once closed: a character of the old game cannot overwrite the new one', async () => {
    const store = memory();
    const old = new SlotDocs(store, 'main');
    const fresh = new SlotDocs(store, 'main', new Map(), old.close());
    await old.writeDoc('main/mira.talk', bytes(9));
    expect(await fresh.readDoc('main/mira.talk')).toBeUndefined();
  });

  it('reads again what another page has written, after its own last write', async () => {
    const store = memory();
    const [here, there] = [new SlotDocs(store, 'main'), new SlotDocs(store, 'main')];
    await here.writeDoc('main/mira.talk', bytes(1));
    expect(await here.readDoc('main/bo.talk')).toBeUndefined();
    await there.writeDoc('main/bo.talk', bytes(2));
    const write = here.writeDoc('main/mira.talk', bytes(3));
    here.reread();
    expect(await here.readDoc('main/bo.talk')).toEqual(bytes(2));
    expect(await here.readDoc('main/mira.talk')).toEqual(bytes(3));
    await write;
    expect((await here.all()).size).toBe(2);
  });

  it('begins a new game without what another page has written', async () => {
    const store = memory();
    const here = new SlotDocs(store, 'main');
    await here.opened();
    await new SlotDocs(store, 'main').writeDoc('main/bo.talk', bytes(2));
    const fresh = new SlotDocs(store, 'main', new Map(), here.close());
    expect(await fresh.readDoc('main/bo.talk')).toBeUndefined();
    expect(await new SlotDocs(store, 'main').readDoc('main/bo.talk')).toBeUndefined();
  });

  it('still finds a document that the store could not list', async () => {
    const store = memory();
    await store.writeDoc('main/mira.talk', bytes(1));
    const deaf = {
      readDoc: (key: string) => store.readDoc(key),
      writeDoc: (key: string, doc: Uint8Array) => store.writeDoc(key, doc),
      list: async () => ({ keys: [], whole: false }),
    };
    expect(await new SlotDocs(deaf, 'main').readDoc('main/mira.talk')).toEqual(bytes(1));
  });

  it('reads what there is once, when the slot is opened: later the worker may be busy', async () => {
    const store = memory();
    await new SlotDocs(store, 'main').writeDoc('main/mira.talk', bytes(1));
    const reads: string[] = [];
    const spy = {
      readDoc: (key: string) => {
        reads.push(key);
        return store.readDoc(key);
      },
      writeDoc: (key: string, doc: Uint8Array) => store.writeDoc(key, doc),
      list: (folder: string) => store.list(folder),
    };
    const docs = new SlotDocs(spy, 'main');
    await docs.opened();
    const before = [...reads];
    expect(await docs.readDoc('main/mira.talk')).toEqual(bytes(1));
    expect(reads).toEqual(before);
    expect(await docs.readDoc('main/nobody.talk')).toBeUndefined();
  });
});
