import { encode } from '@msgpack/msgpack';
import { describe, expect, it } from 'vitest';
import {
  readSaveFile,
  type SavedGame,
  type SaveError,
  writeSaveFile,
} from '../../../sample-game/saves/save-file.js';
import { dateText, playedText } from '../../../sample-game/saves/save-words.js';

const GAME: SavedGame = {
  savedAt: Date.UTC(2026, 10, 26, 17, 5),
  playedMs: 754_000,
  place: 'The pier',
  objective: 'Find out where Tomas went.',
  player: { x: 284, y: 320, facing: 'right' },
  state: { 'clue.boat': true, 'item.herring': false, 'quest.stage': 2, name: 'Ada' },
  talks: new Uint8Array([1, 2, 3]),
};

/** The beginning of a PNG of this size. */
function png(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(60);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  return bytes;
}

/** The error that a file is refused with. */
function refused(bytes: Uint8Array): SaveError {
  try {
    readSaveFile(bytes);
  } catch (error) {
    return error as SaveError;
  }
  throw new Error('The file was read.');
}

/** A file with another envelope around the same content. */
function enveloped(change: Record<string, unknown>): Uint8Array {
  return encode({ format: 'saltmere-save', version: 1, checksum: 0, content: encode(GAME), ...change });
}

describe('save file', () => {
  it('reads what it wrote', () => {
    expect(readSaveFile(writeSaveFile(GAME))).toEqual(GAME);
  });

  it('keeps its picture', () => {
    const picture = png(80, 45);
    expect(readSaveFile(writeSaveFile({ ...GAME, picture }))).toEqual({ ...GAME, picture });
  });

  it.each([
    ['of another size', png(8000, 4500)],
    ['of no PNG', new Uint8Array(60)],
    ['that is cut short', png(80, 45).subarray(0, 20)],
    ['that is too large', Uint8Array.from({ length: 33_000 }, (_, at) => png(80, 45)[at] ?? 0)],
    ['that is no bytes', 'picture'],
  ])('reads a game without a picture %s', (_what, picture) => {
    expect(readSaveFile(writeSaveFile({ ...GAME, picture } as SavedGame))).toEqual(GAME);
  });

  it('refuses each single byte that is missing or changed, and never reads another game', () => {
    const whole = writeSaveFile(GAME);
    for (let length = 0; length < whole.length; length += 7) {
      expect(refused(whole.subarray(0, length)).code).toMatch(/^save-(?:foreign|damaged)$/);
    }
    for (let at = 0; at < whole.length; at++) {
      const changed = whole.slice();
      changed[at]! ^= 0x10;
      expect(refused(changed).code).toMatch(/^save-(?:foreign|newer|damaged)$/);
    }
  });

  it.each([
    ['save-foreign', new TextEncoder().encode('<!doctype html>'), /expected format "saltmere-save"/],
    ['save-foreign', enveloped({ format: 'parley-save' }), /expected format "saltmere-save"/],
    ['save-newer', enveloped({ version: 2 }), /Got version 2; expected 1/],
    ['save-damaged', enveloped({}), /checksum/],
    ['save-too-large', new Uint8Array(16 * 1024 * 1024 + 1), /expected at most 16777216/],
  ])('refuses with %s, saying what it got', (code, bytes, message) => {
    const error = refused(bytes);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.hint).not.toBe('');
  });

  it.each([
    ['a time', { savedAt: -1 }],
    ['a length', { playedMs: Number.NaN }],
    ['a place', { place: 3 }],
    ['a player', { player: { x: 1, y: 2, facing: 'inwards' } }],
    ['a position', { player: { x: Number.POSITIVE_INFINITY, y: 2, facing: 'up' } }],
    ['a state', { state: { clue: { deep: true } } }],
    [
      'a state of a sane size',
      { state: Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [i, true])) },
    ],
    ['talks', { talks: 'none' }],
  ])('refuses content without %s with save-damaged', (_what, change) => {
    expect(refused(writeSaveFile({ ...GAME, ...change } as SavedGame)).code).toBe('save-damaged');
  });
});

describe('times beside a save', () => {
  it('are minutes, then hours', () => {
    expect([0, 59_999, 754_000, 3_599_999, 3_900_000].map(playedText)).toEqual([
      '0 min',
      '0 min',
      '12 min',
      '59 min',
      '1 h 05 min',
    ]);
  });

  it('are days and times of this machine', () => {
    expect(dateText(new Date(2026, 10, 6, 7, 5).getTime())).toBe('6 Nov, 07:05');
  });
});
