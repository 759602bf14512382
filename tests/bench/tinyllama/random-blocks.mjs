/** Random weights as GGUF blocks: every code is random, and the scales give the weights a chosen deviation. */

/**
 * A tensor type. Quantized types name where a block keeps its halves, and each half as a multiple of the deviation:
 * the multiples follow from random codes being uniform, and minimums are set so that the weights average 0.
 * @typedef {object} BlockType
 * @property {number} id ggml's number
 * @property {number} blockSize values
 * @property {number} blockBytes
 * @property {readonly (readonly [offset: number, multiple: number])[]} [halves]
 * @property {boolean} [mirrored] half of the scales are negative: the codes are not symmetric around 0
 * @property {(bytes: Uint8Array, block: number) => void} [pair] makes the sub-minimums of the block at a byte nearly its sub-scales
 */

/** Deviations of values over scale, of uniform codes: 16 (Q4) and 32 (Q5) codes, and of k-quants with random sub-scales. */
const Q4 = 4.637;
const Q5 = 9.247;
const Q8 = 73.6;
const Q2_K = 9.9;
const Q3_K = 43.4;
const Q4_K = 168.8;
const Q5_K = 338.1;
const Q6_K = 1365;

/**
 * Weights that share a minimum would not average 0 if it were random: their products with activations, which are made of
 * such blocks too, would add up. An 8-bit KV cache then costs much more, in llama.cpp as well (measured with Q5_K). A
 * little difference stays, so that minimums and scales cannot be mistaken for each other. The first: 16 bytes of a 4-bit scale below a 4-bit minimum.
 * @param {Uint8Array} bytes
 * @param {number} block
 */
function pairNibbles(bytes, block) {
  for (let i = block; i < block + 16; i++) bytes[i] = (bytes[i] & 0x1f) | ((bytes[i] & 0x0e) << 4);
}

/**
 * Eight 6-bit scales and minimums in 12 bytes behind two halves. @source ggml-quants.c, get_scale_min_k4
 * @param {Uint8Array} bytes
 * @param {number} block
 */
function pairPacked(bytes, block) {
  for (let i = block + 4; i < block + 8; i++) {
    bytes[i + 4] = (bytes[i + 4] & 0x03) | (bytes[i] & 0xfc);
    bytes[i + 8] = (bytes[i + 8] & 0x3f) | ((bytes[i + 8] & 0x0c) << 4);
  }
}

/** @satisfies {Record<string, BlockType>} @source ggml-common.h, block_* */
export const BLOCK_TYPES = {
  F32: { id: 0, blockSize: 1, blockBytes: 4 },
  F16: { id: 1, blockSize: 1, blockBytes: 2 },
  Q4_0: { id: 2, blockSize: 32, blockBytes: 18, halves: [[0, 1 / Q4]], mirrored: true },
  Q4_1: {
    id: 3,
    blockSize: 32,
    blockBytes: 20,
    halves: [
      [0, 1 / Q4],
      [2, -7.5 / Q4],
    ],
  },
  Q5_0: { id: 6, blockSize: 32, blockBytes: 22, halves: [[0, 1 / Q5]], mirrored: true },
  Q5_1: {
    id: 7,
    blockSize: 32,
    blockBytes: 24,
    halves: [
      [0, 1 / Q5],
      [2, -15.5 / Q5],
    ],
  },
  Q8_0: { id: 8, blockSize: 32, blockBytes: 34, halves: [[0, 1 / Q8]] },
  Q2_K: {
    id: 10,
    blockSize: 256,
    blockBytes: 84,
    halves: [
      [80, 1 / Q2_K],
      [82, 1.5 / Q2_K],
    ],
    pair: pairNibbles,
  },
  Q3_K: { id: 11, blockSize: 256, blockBytes: 110, halves: [[108, 1 / Q3_K]], mirrored: true },
  Q4_K: {
    id: 12,
    blockSize: 256,
    blockBytes: 144,
    halves: [
      [0, 1 / Q4_K],
      [2, 7.5 / Q4_K],
    ],
    pair: pairPacked,
  },
  Q5_K: {
    id: 13,
    blockSize: 256,
    blockBytes: 176,
    halves: [
      [0, 1 / Q5_K],
      [2, 15.5 / Q5_K],
    ],
    pair: pairPacked,
  },
  Q6_K: { id: 14, blockSize: 256, blockBytes: 210, halves: [[208, 1 / Q6_K]], mirrored: true },
  BF16: { id: 30, blockSize: 1, blockBytes: 2 },
};

/** @typedef {keyof typeof BLOCK_TYPES} TypeName */

/** Blocks (or single values) made at once; a multiple of 4 bytes of every type. */
const CHUNK_BLOCKS = 1 << 14;
/** How much the scales vary: each is one of these shares of the wanted one. */
const JITTER = Array.from({ length: 64 }, (_, i) => 0.75 + i / 126);

/** A source of random 32-bit words, the same for the same seed. @source Marsaglia, Xorshift RNGs */
export class RandomWords {
  #state;

  /** @param {number} seed */
  constructor(seed) {
    this.#state = (Math.imul(seed, 2654435761) ^ 0x9e3779b9) >>> 0 || 1;
  }

  /** @param {Uint32Array} out */
  fill(out) {
    let x = this.#state;
    for (let i = 0; i < out.length; i++) {
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      out[i] = x;
    }
    this.#state = x;
  }
}

/**
 * The bytes of `count` random weights around 0, in chunks that are reused: write one before asking for the next.
 * @param {BlockType} type
 * @param {number} count a multiple of the block size
 * @param {number} deviation of the weights
 * @param {RandomWords} random
 */
export function* randomBlocks(type, count, deviation, random) {
  const blocks = count / type.blockSize;
  if (!Number.isInteger(blocks)) throw new RangeError(`Got ${count} weights in blocks of ${type.blockSize}.`);
  const values = type.blockSize === 1 ? CHUNK_BLOCKS * 64 : CHUNK_BLOCKS;
  const words = new Uint32Array((Math.min(values, padToWord(blocks)) * type.blockBytes) / 4);
  const finish = finisher(type, deviation);
  for (let done = 0; done < blocks; done += values) {
    random.fill(words);
    finish(words);
    const left = Math.min(values, blocks - done);
    yield new Uint8Array(words.buffer, 0, left * type.blockBytes);
  }
}

/** @param {number} blocks */
function padToWord(blocks) {
  return Math.ceil(blocks / 4) * 4;
}

/**
 * Turns random words into valid weights in place.
 * @param {BlockType} type
 * @param {number} deviation
 * @returns {(words: Uint32Array) => void}
 */
function finisher(type, deviation) {
  // Uniform over ±this has the deviation.
  const bound = deviation * Math.sqrt(3);
  if (type === BLOCK_TYPES.F32) {
    return (words) => {
      const floats = new Float32Array(words.buffer);
      for (let i = 0; i < floats.length; i++) floats[i] = bound * (words[i] / 2 ** 31 - 1);
    };
  }
  if (type === BLOCK_TYPES.F16 || type === BLOCK_TYPES.BF16) {
    const encode = type === BLOCK_TYPES.F16 ? toHalf : toBrainFloat;
    const table = Uint16Array.from({ length: 1 << 16 }, (_, i) => encode(bound * (i / 2 ** 15 - 1)));
    return (words) => {
      const halves = new Uint16Array(words.buffer);
      for (let i = 0; i < halves.length; i++) halves[i] = table[halves[i]];
    };
  }
  const tables = (type.halves ?? []).map(([offset, multiple]) => ({
    offset,
    table: Uint16Array.from(JITTER, (share) => toHalf(deviation * multiple * share)),
  }));
  return (words) => {
    const bytes = new Uint8Array(words.buffer);
    if (type === BLOCK_TYPES.Q8_0) {
      // Quantizers give ±127.
      for (let i = 0; i < bytes.length; i++) if (bytes[i] === 0x80) bytes[i] = 0;
    }
    const halves = new Uint16Array(words.buffer);
    const stride = type.blockBytes / 2;
    for (let block = 0; block < halves.length; block += stride) {
      const pick = halves[block + tables[0].offset / 2];
      const sign = type.mirrored ? pick & 0x8000 : 0;
      for (const { offset, table } of tables) halves[block + offset / 2] = table[pick & 63] | sign;
      type.pair?.(bytes, block * 2);
    }
  };
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/**
 * The nearest IEEE half (ties away from zero) of a number within its normal and subnormal range.
 * @param {number} value
 */
export function toHalf(value) {
  const sign = value < 0 ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size < 2 ** -14) return sign | Math.round(size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  return sign | (((exponent + 15) << 10) + Math.round((size / 2 ** exponent - 1) * 1024));
}

/** @param {number} value */
function toBrainFloat(value) {
  float[0] = value;
  return (bits[0] + 0x8000) >>> 16;
}
