/** What a save's picture is as a file: a small PNG. */

/** Pixels of art. */
export const PICTURE = { width: 80, height: 45 } as const;
/** One has some kB; uncompressed it would have 14. */
const MAX_BYTES = 32 * 1024;
/** The signature, and the header's length and name. */
const BEGINNING = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];
const HEADER_BYTES = 24;

/** Whether it begins as a PNG of the right size; what it holds only the browser's decoder can say. */
export function isPicture(value: unknown): value is Uint8Array {
  if (!(value instanceof Uint8Array) || value.byteLength > MAX_BYTES || value.byteLength < HEADER_BYTES) {
    return false;
  }
  const header = new DataView(value.buffer, value.byteOffset, HEADER_BYTES);
  return (
    BEGINNING.every((byte, at) => value[at] === byte) &&
    header.getUint32(16) === PICTURE.width &&
    header.getUint32(20) === PICTURE.height
  );
}
