import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StreamingText } from '../../../engine/tokenizer/text-decoder.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('StreamingText', () => {
  it('gives whole characters only, however the bytes are cut', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(5), { minLength: 1, maxLength: 10 }), (whole, cuts) => {
        const stream = new StreamingText();
        const bytes = bytesOf(whole);
        let given = '';
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const part = bytes.subarray(at, at + 1 + (cuts[i % cuts.length] ?? 0));
          given += stream.push(part);
          at += part.length;
          expect(whole.startsWith(given)).toBe(true);
          expect(stream.open).toBe(bytesOf(given).length < Math.min(at, bytes.length));
        }
        expect(given).toBe(whole);
      }),
    );
  });

  it('says whether a character is open', () => {
    const stream = new StreamingText();
    const [a, b, c, d] = bytesOf('😀');
    const states = [a, b, c, d].map((byte) => [stream.push(Uint8Array.of(byte!)), stream.open]);
    expect(states).toEqual([
      ['', true],
      ['', true],
      ['', true],
      ['😀', false],
    ]);
  });

  it('keeps a byte order mark, which is text here', () => {
    expect(new StreamingText().push(bytesOf('\ufeffa'))).toBe('\ufeffa');
  });

  it('replaces bytes that are no UTF-8 and goes on', () => {
    const stream = new StreamingText();
    expect(stream.push(Uint8Array.of(0x61, 0xff, 0x62))).toBe('a\ufffdb');
    stream.push(Uint8Array.of(0xe2, 0x82));
    expect(stream.push(bytesOf('x'))).toBe('\ufffdx');
    expect(stream.open).toBe(false);
  });
});
