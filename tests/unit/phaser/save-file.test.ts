import { encode } from '@msgpack/msgpack';
import { describe, expect, it } from 'vitest';
import { readSave, writeSave } from '../../../plugin/phaser/save-file.js';

const bytes = (...values: number[]) => new Uint8Array(values);

describe('writeSave', () => {
  it('is read back, with caches and without', () => {
    const docs = new Map([['mira.talk', bytes(1, 2)]]);
    expect(readSave(writeSave(docs, new Map()))).toEqual({ docs, caches: new Map() });
    const caches = new Map([['mira.talk', bytes(3)]]);
    expect(readSave(writeSave(docs, caches))).toEqual({ docs, caches });
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
    ['a cache that is no bytes', save({ caches: { 'mira.talk': 'text' } })],
    ['a save cut short', save({ docs: { 'mira.talk': bytes(1, 2, 3) } }).subarray(0, 40)],
    ['a number', encode(7)],
  ])('rejects %s with save-invalid', (_, file) => {
    expect(() => readSave(file)).toThrow(expect.objectContaining({ code: 'save-invalid' }));
  });

  it('rejects what is no Uint8Array with a TypeError', () => {
    expect(() => readSave('save' as unknown as Uint8Array)).toThrow(TypeError);
  });
});
