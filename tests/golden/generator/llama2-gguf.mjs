/** A GGUF file with the Llama 2 vocabulary and no tensors. Pieces by id, scores -(id - 259), bytes 3 to 258. */
const STRING = 8;
const ARRAY = 9;
const F32 = 6;
const I32 = 5;
const U32 = 4;

export function llama2Gguf(vocabulary) {
  const pieces = [];
  for (const [piece, id] of Object.entries(vocabulary.model?.vocab ?? vocabulary))
    pieces[id] = piece.replaceAll(' ', '\u2581');
  const parts = [];
  const push = (bytes, write) => {
    const buffer = Buffer.alloc(bytes);
    write(buffer);
    parts.push(buffer);
  };
  const u32 = (n) => push(4, (b) => b.writeUInt32LE(n));
  const u64 = (n) => push(8, (b) => b.writeBigUInt64LE(BigInt(n)));
  const string = (text) => {
    const bytes = Buffer.from(text);
    u64(bytes.length);
    parts.push(bytes);
  };
  const entries = [
    ['general.architecture', STRING, 'llama'],
    ['llama.context_length', U32, 2048],
    ['llama.embedding_length', U32, 64],
    ['llama.block_count', U32, 1],
    ['llama.feed_forward_length', U32, 64],
    ['llama.attention.head_count', U32, 1],
    ['llama.rope.dimension_count', U32, 64],
    ['llama.attention.layer_norm_rms_epsilon', F32, 1e-5],
    ['tokenizer.ggml.model', STRING, 'llama'],
    ['tokenizer.ggml.tokens', [STRING], pieces],
    ['tokenizer.ggml.scores', [F32], pieces.map((_, id) => (id < 259 ? 0 : -(id - 259)))],
    [
      'tokenizer.ggml.token_type',
      [I32],
      pieces.map((_, id) => (id === 0 ? 2 : id < 3 ? 3 : id < 259 ? 6 : 1)),
    ],
    ['tokenizer.ggml.bos_token_id', U32, 1],
    ['tokenizer.ggml.eos_token_id', U32, 2],
    ['tokenizer.ggml.unknown_token_id', U32, 0],
  ];
  const scalar = (type, value) => {
    if (type === STRING) string(value);
    else push(4, (b) => (type === F32 ? b.writeFloatLE(value) : b.writeInt32LE(value)));
  };
  parts.push(Buffer.from('GGUF'));
  u32(3);
  u64(0);
  u64(entries.length);
  for (const [key, type, value] of entries) {
    string(key);
    if (Array.isArray(type)) {
      u32(ARRAY);
      u32(type[0]);
      u64(value.length);
      for (const item of value) scalar(type[0], item);
    } else {
      u32(type);
      scalar(type, value);
    }
  }
  return Buffer.concat(parts);
}
