/** TinyLlama 1.1B Chat v1.0 as its published GGUF files have it: shape, metadata, tokenizer and tensors. */
import { load_vocab } from '@lenml/llama2-tokenizer-vocab-llama2';
import { BLOCK_TYPES } from './random-blocks.mjs';

export const SHAPE = {
  nLayers: 22,
  dim: 2048,
  hiddenDim: 5632,
  nHeads: 32,
  nKvHeads: 4,
  headSize: 64,
  vocabSize: 32000,
  nCtx: 2048,
};

/** Of logits with random weights: over 32000 tokens the most likely one then has a probability near a tenth. */
export const LOGIT_DEVIATION = 3;

const CHAT_TEMPLATE = [
  '{% for message in messages %}',
  "{% if message['role'] == 'user' %}",
  "{{ '<|user|>\n' + message['content'] + eos_token }}",
  "{% elif message['role'] == 'system' %}",
  "{{ '<|system|>\n' + message['content'] + eos_token }}",
  "{% elif message['role'] == 'assistant' %}",
  "{{ '<|assistant|>\n'  + message['content'] + eos_token }}",
  '{% endif %}',
  '{% if loop.last and add_generation_prompt %}',
  "{{ '<|assistant|>' }}",
  '{% endif %}',
  '{% endfor %}',
].join('\n');

/**
 * The kinds of file: the type of most matrices, and llama.cpp's number of the mix. @source llama.h, llama_ftype
 * @type {Record<string, { type: import('./random-blocks.mjs').TypeName, fileType: number }>}
 */
export const KINDS = {
  F32: { type: 'F32', fileType: 0 },
  F16: { type: 'F16', fileType: 1 },
  Q4_0: { type: 'Q4_0', fileType: 2 },
  Q4_1: { type: 'Q4_1', fileType: 3 },
  Q8_0: { type: 'Q8_0', fileType: 7 },
  Q5_0: { type: 'Q5_0', fileType: 8 },
  Q5_1: { type: 'Q5_1', fileType: 9 },
  Q2_K: { type: 'Q2_K', fileType: 10 },
  Q3_K: { type: 'Q3_K', fileType: 11 },
  Q4_K: { type: 'Q4_K', fileType: 14 },
  Q4_K_M: { type: 'Q4_K', fileType: 15 },
  Q5_K: { type: 'Q5_K', fileType: 16 },
  Q6_K: { type: 'Q6_K', fileType: 18 },
  BF16: { type: 'BF16', fileType: 32 },
};

/**
 * @param {string} kind one of KINDS
 * @param {number} nLayers
 * @returns {import('./gguf-header.mjs').MetadataEntry[]}
 */
export function metadata(kind, nLayers) {
  /** @type {string[]} */
  const pieces = [];
  for (const [piece, id] of Object.entries(load_vocab())) pieces[id] = piece.replaceAll(' ', '\u2581');
  return [
    { key: 'general.architecture', type: 'string', value: 'llama' },
    { key: 'general.name', type: 'string', value: 'tinyllama-1.1b-chat-v1.0 with random weights' },
    { key: 'llama.context_length', type: 'u32', value: SHAPE.nCtx },
    { key: 'llama.embedding_length', type: 'u32', value: SHAPE.dim },
    { key: 'llama.block_count', type: 'u32', value: nLayers },
    { key: 'llama.feed_forward_length', type: 'u32', value: SHAPE.hiddenDim },
    { key: 'llama.rope.dimension_count', type: 'u32', value: SHAPE.headSize },
    { key: 'llama.attention.head_count', type: 'u32', value: SHAPE.nHeads },
    { key: 'llama.attention.head_count_kv', type: 'u32', value: SHAPE.nKvHeads },
    { key: 'llama.attention.layer_norm_rms_epsilon', type: 'f32', value: 1e-5 },
    { key: 'llama.rope.freq_base', type: 'f32', value: 10000 },
    { key: 'general.file_type', type: 'u32', value: KINDS[kind].fileType },
    { key: 'tokenizer.ggml.model', type: 'string', value: 'llama' },
    { key: 'tokenizer.ggml.tokens', arrayOf: 'string', value: pieces },
    {
      key: 'tokenizer.ggml.scores',
      arrayOf: 'f32',
      value: pieces.map((_, id) => (id < 259 ? 0 : -(id - 259))),
    },
    { key: 'tokenizer.ggml.token_type', arrayOf: 'i32', value: pieces.map((_, id) => tokenType(id)) },
    { key: 'tokenizer.ggml.bos_token_id', type: 'u32', value: 1 },
    { key: 'tokenizer.ggml.eos_token_id', type: 'u32', value: 2 },
    { key: 'tokenizer.ggml.unknown_token_id', type: 'u32', value: 0 },
    { key: 'tokenizer.ggml.padding_token_id', type: 'u32', value: 2 },
    { key: 'tokenizer.chat_template', type: 'string', value: CHAT_TEMPLATE },
    { key: 'general.quantization_version', type: 'u32', value: 2 },
  ];
}

/**
 * 2 unknown, 3 control, 6 byte, 1 normal.
 * @param {number} id
 */
function tokenType(id) {
  if (id === 0) return 2;
  if (id < 3) return 3;
  return id < 259 ? 6 : 1;
}

/** @typedef {import('./gguf-header.mjs').TensorEntry & { type: import('./random-blocks.mjs').BlockType, deviation: number | undefined }} Tensor */

/**
 * All tensors in file order; `deviation` of the weights keeps activations near 1 and logits near ±3, and is undefined for norms.
 * @param {string} kind one of KINDS
 * @param {import('./random-blocks.mjs').TypeName} outputType
 * @param {number} nLayers
 * @returns {Tensor[]}
 */
export function tensors(kind, outputType, nLayers) {
  const { dim, hiddenDim, vocabSize, nKvHeads, headSize } = SHAPE;
  const kvDim = nKvHeads * headSize;
  const main = KINDS[kind].type;
  /**
   * @param {string} name
   * @param {number} columns
   * @param {number} rows
   */
  const matrix = (name, columns, rows, typeName = main, deviation = columns ** -0.5) => {
    const type = BLOCK_TYPES[typeName];
    return {
      name,
      dims: [columns, rows],
      type,
      bytes: (columns / type.blockSize) * rows * type.blockBytes,
      deviation,
    };
  };
  /** @param {string} name */
  const norm = (name) => ({ name, dims: [dim], type: BLOCK_TYPES.F32, bytes: dim * 4, deviation: undefined });
  const all = [
    matrix('output.weight', dim, vocabSize, outputType, LOGIT_DEVIATION * dim ** -0.5),
    matrix('token_embd.weight', dim, vocabSize, main, 1),
  ];
  for (let layer = 0; layer < nLayers; layer++) {
    const block = `blk.${layer}.`;
    const careful = kind === 'Q4_K_M' && hasMoreBits(layer, nLayers) ? 'Q6_K' : main;
    all.push(
      norm(`${block}attn_norm.weight`),
      matrix(`${block}ffn_down.weight`, hiddenDim, dim, careful),
      matrix(`${block}ffn_gate.weight`, dim, hiddenDim),
      matrix(`${block}ffn_up.weight`, dim, hiddenDim),
      norm(`${block}ffn_norm.weight`),
      matrix(`${block}attn_k.weight`, dim, kvDim),
      matrix(`${block}attn_output.weight`, dim, dim),
      matrix(`${block}attn_q.weight`, dim, dim),
      matrix(`${block}attn_v.weight`, dim, kvDim, careful),
    );
  }
  return [...all, norm('output_norm.weight')];
}

/**
 * Where llama.cpp's mixes spend more bits. @source llama-quant.cpp, use_more_bits
 * @param {number} layer
 * @param {number} nLayers
 */
function hasMoreBits(layer, nLayers) {
  const eighth = Math.floor(nLayers / 8);
  return layer < eighth || layer >= Math.floor((7 * nLayers) / 8) || (layer - eighth) % 3 === 2;
}
