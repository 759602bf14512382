/** A GGUF file of a Llama model that has a real shape and knows nothing: for tests of what only moves the file. */
import { createHash } from 'node:crypto';
import { ggufHead } from '../bench/tinyllama/gguf-header.mjs';

const DIM = 64;
const F32 = { id: 0 };

export interface TinyGguf {
  readonly bytes: Buffer;
  /** Hex. */
  readonly sha256: string;
}

/**
 * @param rows of the embedding, 256 bytes each
 * @param fill the value of the weights' bytes, so that two files differ
 */
export function tinyGguf(rows: number, fill: number, architecture = 'llama'): TinyGguf {
  const tensor = (name: string, ...dims: number[]) => ({
    name,
    dims,
    type: F32,
    bytes: dims.reduce((product, size) => product * size, 4),
  });
  const squares = ['attn_q', 'attn_k', 'attn_v', 'attn_output', 'ffn_gate', 'ffn_up', 'ffn_down'];
  const { head, end } = ggufHead(
    [
      { key: 'general.architecture', type: 'string', value: architecture },
      { key: 'general.name', type: 'string', value: 'Tiny' },
      { key: 'llama.embedding_length', type: 'u32', value: DIM },
      { key: 'llama.feed_forward_length', type: 'u32', value: DIM },
      { key: 'llama.attention.head_count', type: 'u32', value: 1 },
      { key: 'llama.attention.layer_norm_rms_epsilon', type: 'f32', value: 1e-5 },
      { key: 'llama.block_count', type: 'u32', value: 1 },
      { key: 'llama.context_length', type: 'u32', value: 256 },
    ],
    [
      tensor('token_embd.weight', DIM, rows),
      tensor('output_norm.weight', DIM),
      ...['attn_norm', 'ffn_norm'].map((name) => tensor(`blk.0.${name}.weight`, DIM)),
      ...squares.map((name) => tensor(`blk.0.${name}.weight`, DIM, DIM)),
    ],
  );
  const bytes = Buffer.concat([head, Buffer.alloc(end - head.length, fill)]);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}
