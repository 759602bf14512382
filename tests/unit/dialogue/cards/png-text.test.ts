import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCardText } from '../../../../plugin/dialogue/cards/png-text.js';
import { cardToPersona, DialogueError, readCard } from '../../../../plugin/dialogue/index.js';

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

  it('takes a file without IEND, and asks only the chunk of the card for its checksum', () => {
    const other = chunk('tEXt', 'Comment\0x');
    other[other.length - 1]! ^= 1;
    const file = png(other, text('chara', '2'));
    expect(readCardText(file.subarray(0, file.length - chunk('IEND', '').length))).toBe('2');
  });

  it('refuses a card that is too long before it looks into it', () => {
    expect(() => readCardText(png(chunk('tEXt', `chara\0${'A'.repeat(9 << 20)}`)))).toThrow(
      /a longer card, expected at most 2000000 characters/,
    );
  });

  it('gives a persona or a DialogueError, whatever is flipped, cut out or put in', () => {
    const whole = png(text('chara', '{"name":"Bo","description":"Bo digs.","mes_example":""}'));
    const change = fc.record({
      at: fc.nat(whole.length),
      cut: fc.nat(8),
      put: fc.uint8Array({ maxLength: 8 }),
    });
    fc.assert(
      fc.property(change, ({ at, cut, put }) => {
        const file = Buffer.concat([whole.subarray(0, at), put, whole.subarray(at + cut)]);
        try {
          expect(cardToPersona(readCard(readCardText(file))).identity.name).toBe('Bo');
        } catch (error) {
          expect(error).toBeInstanceOf(DialogueError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
