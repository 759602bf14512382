/** Makes one matrix wrong, as a faulty kernel would: shows that the comparison notices. */
import { open } from 'node:fs/promises';

export const DAMAGES = ['scale', 'nibbles'];
/** Small, and its products are averaged over positions: damage elsewhere shows more. */
export const DAMAGED_TENSOR = 'blk.0.attn_v.weight';

/**
 * Overwrites a tensor in a file.
 * @param {string} path
 * @param {{ start: number, bytes: number }} place in bytes
 * @param {import('./random-blocks.mjs').BlockType} type
 * @param {string} damage one of DAMAGES: scales an eighth to a quarter too large, or halves of code bytes swapped
 */
export async function damageTensor(path, { start, bytes }, { blockBytes, halves }, damage) {
  if (!halves) throw new RangeError('Got a type without scales and codes; expected a quantized one.');
  const scaleOffsets = halves.map(([offset]) => offset);
  const file = await open(path, 'r+');
  try {
    const data = Buffer.alloc(bytes);
    await file.read(data, 0, bytes, start);
    for (let block = 0; block < bytes; block += blockBytes) {
      if (damage === 'scale') {
        const at = block + scaleOffsets[0];
        const half = data.readUInt16LE(at);
        const size = half & 0x7fff;
        // Halves below 2^-14 have no exponent; above it, this is a quarter of the power of two below the number.
        data.writeUInt16LE((half & 0x8000) | (size < 0x400 ? Math.round(size * 1.2) : size + 0x100), at);
        continue;
      }
      for (let i = 0; i < blockBytes; i++) {
        if (scaleOffsets.some((offset) => i === offset || i === offset + 1)) continue;
        const byte = data[block + i];
        data[block + i] = (byte >> 4) | ((byte & 15) << 4);
      }
    }
    await file.write(data, 0, bytes, start);
  } finally {
    await file.close();
  }
}
