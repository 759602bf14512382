/** Writes the head of a GGUF file, version 3. @source ggml/docs/gguf.md */

const ALIGNMENT = 32;

/** @typedef {'u32' | 'f32' | 'i32' | 'string'} ScalarType */
/** @typedef {{ key: string, type: ScalarType, value: number | string } | { key: string, arrayOf: ScalarType, value: readonly (number | string)[] }} MetadataEntry */
/** @typedef {{ name: string, dims: readonly number[], type: { id: number }, bytes: number }} TensorEntry */

/** GGUF's numbers for the types of metadata. */
const TYPE_IDS = { u32: 4, i32: 5, f32: 6, string: 8 };
const ARRAY = 9;

/**
 * The head, and where each tensor starts in the file.
 * @param {readonly MetadataEntry[]} metadata
 * @param {readonly TensorEntry[]} tensors in file order
 * @returns {{ head: Buffer, starts: number[], end: number }} all in bytes; `head` is padded to the first tensor
 */
export function ggufHead(metadata, tensors) {
  /** @type {Buffer[]} */
  const parts = [Buffer.from('GGUF')];
  /** @param {number} value */
  const u32 = (value) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    parts.push(bytes);
  };
  /** @param {number} value */
  const u64 = (value) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    parts.push(bytes);
  };
  /** @param {string} text */
  const string = (text) => {
    const bytes = Buffer.from(text);
    u64(bytes.length);
    parts.push(bytes);
  };
  /**
   * @param {ScalarType} type
   * @param {number | string} value
   */
  const scalar = (type, value) => {
    if (type === 'string') return string(String(value));
    const bytes = Buffer.alloc(4);
    if (type === 'f32') bytes.writeFloatLE(Number(value));
    else if (type === 'i32') bytes.writeInt32LE(Number(value));
    else bytes.writeUInt32LE(Number(value));
    parts.push(bytes);
  };
  u32(3);
  u64(tensors.length);
  u64(metadata.length);
  for (const entry of metadata) {
    string(entry.key);
    if ('arrayOf' in entry) {
      u32(ARRAY);
      u32(TYPE_IDS[entry.arrayOf]);
      u64(entry.value.length);
      for (const value of entry.value) scalar(entry.arrayOf, value);
    } else {
      u32(TYPE_IDS[entry.type]);
      scalar(entry.type, entry.value);
    }
  }
  let offset = 0;
  const offsets = tensors.map(({ name, dims, type, bytes }) => {
    string(name);
    u32(dims.length);
    for (const dim of dims) u64(dim);
    u32(type.id);
    u64(offset);
    const start = offset;
    offset = padded(offset + bytes);
    return start;
  });
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const first = padded(length);
  parts.push(Buffer.alloc(first - length));
  return { head: Buffer.concat(parts), starts: offsets.map((start) => first + start), end: first + offset };
}

/** @param {number} bytes */
function padded(bytes) {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
