import { encode } from '@msgpack/msgpack';
import { describe, expect, it } from 'vitest';
import { FallbackDocs } from '../../../plugin/phaser/fallback-docs.js';
import { readSave, SlotDocs } from '../../../plugin/phaser/slot-docs.js';

const bytes = (...values: number[]) => new Uint8Array(values);
const memory = () => new FallbackDocs(undefined, () => undefined);

describe('SlotDocs', () => {
  it('packs what was written in the slot, and only that', async () => {
    const store = memory();
    const main = new SlotDocs(store, 'main');
    await main.writeDoc('main/mira.talk', bytes(1));
    await main.writeDoc('main/bo.talk', bytes(2));
    await new SlotDocs(store, 'other').writeDoc('other/mira.talk', bytes(3));
    const docs = readSave(await new SlotDocs(store, 'main').save());
    expect([...docs].map(([name, doc]) => [name, ...doc])).toEqual([
      ['mira.talk', 1],
      ['bo.talk', 2],
    ]);
  });

  it('includes a write that has not ended when the save begins', async () => {
    const docs = new SlotDocs(memory(), 'main');
    const write = docs.writeDoc('main/mira.talk', bytes(1));
    expect(readSave(await docs.save()).size).toBe(1);
    await write;
  });

  it('replaces the slot by a save: newer talks go, older ones come back', async () => {
    const store = memory();
    const before = new SlotDocs(store, 'main');
    await before.writeDoc('main/mira.talk', bytes(1));
    const save = readSave(await before.save());
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
    const copy = new SlotDocs(store, 'copy', readSave(await main.save()));
    expect(await copy.readDoc('copy/mira.talk')).toEqual(bytes(1));
  });

  it('refuses writes once closed: a character of the old game cannot overwrite the new one', async () => {
    const store = memory();
    const old = new SlotDocs(store, 'main');
    const fresh = new SlotDocs(store, 'main', new Map(), old.close());
    await old.writeDoc('main/mira.talk', bytes(9));
    expect(await fresh.readDoc('main/mira.talk')).toBeUndefined();
  });

  it('still finds documents when its index is damaged, and lists them again as they are written', async () => {
    const store = memory();
    await new SlotDocs(store, 'main').writeDoc('main/mira.talk', bytes(1));
    await store.writeDoc('main/index.docs', bytes(0xc1, 0xff));
    const docs = new SlotDocs(store, 'main');
    expect(await docs.readDoc('main/mira.talk')).toEqual(bytes(1));
    await docs.writeDoc('main/mira.talk', bytes(2));
    expect(readSave(await new SlotDocs(store, 'main').save()).get('mira.talk')).toEqual(bytes(2));
  });

  it('still finds a document that an index made after the damage does not name', async () => {
    const store = memory();
    const before = new SlotDocs(store, 'main');
    await before.writeDoc('main/mira.talk', bytes(1));
    await before.writeDoc('main/bo.talk', bytes(2));
    await store.writeDoc('main/index.docs', new Uint8Array());
    await new SlotDocs(store, 'main').writeDoc('main/mira.talk', bytes(3));
    const after = new SlotDocs(store, 'main');
    expect(await after.readDoc('main/bo.talk')).toEqual(bytes(2));
    expect([...readSave(await after.save()).keys()].sort()).toEqual(['bo.talk', 'mira.talk']);
  });

  it('reads what the index names once, when the slot is opened: later the worker may be busy', async () => {
    const store = memory();
    await new SlotDocs(store, 'main').writeDoc('main/mira.talk', bytes(1));
    const reads: string[] = [];
    const spy = {
      readDoc: (key: string) => {
        reads.push(key);
        return store.readDoc(key);
      },
      writeDoc: (key: string, doc: Uint8Array) => store.writeDoc(key, doc),
    };
    const docs = new SlotDocs(spy, 'main');
    await docs.opened();
    const before = [...reads];
    expect(await docs.readDoc('main/mira.talk')).toEqual(bytes(1));
    expect(reads).toEqual(before);
    expect(await docs.readDoc('main/nobody.talk')).toBeUndefined();
  });
});

describe('readSave', () => {
  const save = (change: object) => encode({ format: 'parley-save', version: 1, docs: {}, ...change });

  it.each([
    ['bytes that are not MessagePack', bytes(0xc1, 1, 2)],
    ['another format', save({ format: 'other' })],
    ['a later version', save({ version: 2 })],
    ['a document that is no bytes', save({ docs: { 'mira.talk': 'text' } })],
    ['a name that leaves the slot', save({ docs: { '../other/mira.talk': bytes(1) } })],
    ['a save cut short', save({ docs: { 'mira.talk': bytes(1, 2, 3) } }).subarray(0, 40)],
    ['a number', encode(7)],
  ])('rejects %s with save-invalid', (_, file) => {
    expect(() => readSave(file)).toThrow(expect.objectContaining({ code: 'save-invalid' }));
  });

  it('rejects what is no Uint8Array with a TypeError', () => {
    expect(() => readSave('save' as unknown as Uint8Array)).toThrow(TypeError);
  });
});
