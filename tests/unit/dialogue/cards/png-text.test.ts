import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readCardText } from '../../../../plugin/dialogue/cards/png-text.js';

function chunk(type: string, data: string): Buffer {
  const body = Buffer.from(type + data, 'latin1');
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}
const png = (...chunks: Buffer[]) =>
  Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks, chunk('IEND', '')]);
const text = (name: string, json: string) =>
  chunk('tEXt', `${name}\0${Buffer.from(json).toString('base64')}`);
const refused = expect.objectContaining({ code: 'card-invalid' });

describe('readCardText', () => {
  it('prefers ccv3 to chara and reads UTF-8', () => {
    expect(readCardText(png(text('ccv3', '{"é":3}'), text('chara', '2')))).toBe('{"é":3}');
    expect(readCardText(png(text('chara', '2')))).toBe('2');
  });
  it('refuses what is damaged or no card with card-invalid', () => {
    const damaged = png(text('chara', '2'));
    damaged[20]! ^= 1;
    const files = [damaged, png(), png(text('chara', '2')).subarray(0, 29), new Uint8Array(20 << 20)];
    for (const file of files) expect(() => readCardText(file)).toThrow(refused);
  });
});
