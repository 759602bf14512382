/**
 * Writes a GGUF file of TinyLlama 1.1B's exact shape with seeded random weights, for benchmarks and tests:
 * `node tests/bench/tinyllama/write-tinyllama.mjs --out FILE [--type Q4_0] [--output-type Q8_0] [--layers 22] [--seed 1]`.
 */
import { open } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ggufHead } from './gguf-header.mjs';
import { BLOCK_TYPES, RandomWords, randomBlocks } from './random-blocks.mjs';
import { KINDS, metadata, SHAPE, tensors } from './tinyllama.mjs';

/** Deviation of the norm weights around 1. */
const NORM_DEVIATION = 0.1;

/**
 * @param {object} options
 * @param {string} options.out path of the new file
 * @param {string} [options.type] one of KINDS; default Q4_0
 * @param {string} [options.outputType] type of the output matrix; default Q6_K with k-quants, Q8_0 with other quantized types, else the same
 * @param {number} [options.layers] default 22
 * @param {number} [options.seed] default 1; the same seed gives the same file
 * @returns {Promise<number>} the file's size in bytes
 * @throws RangeError a type that is not known, or layers below 1
 */
export async function writeTinyLlama({ out, type = 'Q4_0', outputType, layers = SHAPE.nLayers, seed = 1 }) {
  if (!(type in KINDS))
    throw new RangeError(`Got type ${type}; expected one of ${Object.keys(KINDS).join(' ')}.`);
  const last = /** @type {import('./random-blocks.mjs').TypeName} */ (outputType ?? defaultOutput(type));
  if (!(last in BLOCK_TYPES)) {
    throw new RangeError(`Got output type ${last}; expected one of ${Object.keys(BLOCK_TYPES).join(' ')}.`);
  }
  if (!Number.isInteger(layers) || layers < 1)
    throw new RangeError(`Got ${layers} layers; expected 1 or more.`);
  const list = tensors(type, last, layers);
  const { head, starts, end } = ggufHead(metadata(type, layers), list);
  const random = new RandomWords(seed);
  const file = await open(out, 'w');
  try {
    await file.write(head, 0, head.length, 0);
    for (const [i, { dims, type: blockType, deviation }] of list.entries()) {
      const count = dims.reduce((product, dim) => product * dim, 1);
      let position = starts[i];
      for (const chunk of randomBlocks(blockType, count, deviation ?? NORM_DEVIATION, random)) {
        if (deviation === undefined) addOne(chunk);
        await file.write(chunk, 0, chunk.length, position);
        position += chunk.length;
      }
    }
    await file.truncate(end);
  } finally {
    await file.close();
  }
  return end;
}

/** @param {string} type */
function defaultOutput(type) {
  const { blockSize } = BLOCK_TYPES[KINDS[type].type];
  if (blockSize === 1) return type;
  return blockSize === 32 ? 'Q8_0' : 'Q6_K';
}

/** @param {Uint8Array} bytes f32 */
function addOne({ buffer, byteOffset, length }) {
  const floats = new Float32Array(buffer, byteOffset, length / 4);
  for (let i = 0; i < floats.length; i++) floats[i] += 1;
}

if (import.meta.filename === process.argv[1]) {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      type: { type: 'string' },
      'output-type': { type: 'string' },
      layers: { type: 'string' },
      seed: { type: 'string' },
    },
  });
  const { out, type, layers, seed } = values;
  if (!out) {
    console.error('--out FILE is missing.');
    process.exit(1);
  }
  const bytes = await writeTinyLlama({
    out,
    ...(type ? { type } : {}),
    ...(values['output-type'] ? { outputType: values['output-type'] } : {}),
    ...(layers ? { layers: Number(layers) } : {}),
    ...(seed ? { seed: Number(seed) } : {}),
  });
  console.log(`${out}: ${(bytes / 1e6).toFixed(1)} MB`);
}
