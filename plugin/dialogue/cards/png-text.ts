/** The card JSON in a PNG: base64 in a `tEXt` chunk. Compressed chunks are not read, so none can blow up. */
import { DialogueError } from '../dialogue-error.js';
import { MAX_CARD_CHARS, MAX_FILE_BYTES } from './limits.js';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** @throws DialogueError card-invalid: no PNG, too large, damaged, or without a card */
export function readCardText(png: Uint8Array): string {
  if (png.length > MAX_FILE_BYTES) throw invalid(`${png.length} bytes`, `at most ${MAX_FILE_BYTES}`);
  if (!SIGNATURE.every((byte, i) => png[i] === byte)) throw invalid('another signature', 'a PNG');
  const texts = readTexts(png);
  const base64 = texts.get('ccv3') ?? texts.get('chara');
  if (base64 === undefined) throw invalid('no card in it', 'a tEXt chunk named ccv3 or chara');
  try {
    const binary = atob(base64);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw invalid('a damaged card', 'base64 of UTF-8', cause);
  }
}

/** A file that ends without IEND, yet after a whole chunk, is taken: the card is checked by itself. */
function readTexts(png: Uint8Array): Map<string, string> {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const latin1 = new TextDecoder('latin1');
  const texts = new Map<string, string>();
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = at + 12 <= png.length ? view.getUint32(at) : Number.POSITIVE_INFINITY;
    const end = at + 12 + length;
    if (end > png.length) throw invalid(`a chunk past the end, at byte ${at}`, 'whole chunks');
    const type = latin1.decode(png.subarray(at + 4, at + 8));
    if (type === 'IEND') break;
    const data = png.subarray(at + 8, end - 4);
    // Names are short: a zero is not looked for in the whole of a large chunk.
    const zero = type === 'tEXt' ? data.subarray(0, 6).indexOf(0) : -1;
    const name = latin1.decode(data.subarray(0, Math.max(0, zero)));
    if (name === 'ccv3' || name === 'chara') {
      // A character of UTF-8 takes up to three bytes, which base64 makes four.
      if (data.length > 4 * MAX_CARD_CHARS + 6)
        throw invalid('a longer card', `at most ${MAX_CARD_CHARS} characters`);
      if (crc32(png.subarray(at + 4, end - 4)) !== view.getUint32(end - 4))
        throw invalid(`a wrong checksum, at byte ${at}`, 'an undamaged chunk');
      texts.set(name, latin1.decode(data.subarray(zero + 1)));
    }
    at = end;
  }
  return texts;
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function invalid(got: string, expected: string, cause?: unknown): DialogueError {
  return new DialogueError('card-invalid', `The card has ${got}, expected ${expected}.`, {
    hint: 'Export the character again as a V2 or V3 card.',
    cause,
  });
}
