/** The metadata of a GGUF file that tokenizers and chat templates need. */
import { load_vocab as loadVocabulary } from '@lenml/llama2-tokenizer-vocab-llama2';
import { openModelFile } from '../../cli/node-engine.js';
import { ByteSource } from '../../engine/model-file/byte-source.js';
import { type GgufValue, readGgufHeader } from '../../engine/model-file/gguf-reader.js';
import { MODEL_PATH } from './engine-fixture.js';

export type Metadata = ReadonlyMap<string, GgufValue>;

/** Of the bundled model: byte-level BPE and ChatML. */
export async function bundledMetadata(): Promise<Metadata> {
  const { chunks, totalBytes } = await openModelFile([MODEL_PATH]);
  const source = new ByteSource(chunks);
  const { metadata } = await readGgufHeader(source, totalBytes);
  await source.close();
  return metadata;
}

/** The template of TinyLlama-Chat and of Zephyr; its role markers are ordinary text to the vocabulary. */
export const ZEPHYR_TEMPLATE = [
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

const [UNKNOWN, CONTROL, NORMAL, BYTE] = [2, 3, 1, 6];
const FIRST_BYTE = 3;
const FIRST_PIECE = FIRST_BYTE + 256;

/**
 * As a TinyLlama file has it: SentencePiece BPE with byte fallback over 32000 pieces. (The package's list is that of
 * Mistral 7B, whatever its name says: same kind, size and control tokens as Llama 2, other merges.)
 */
export function tinyLlamaMetadata(template = ZEPHYR_TEMPLATE): Metadata {
  const pieces: string[] = [];
  for (const [piece, id] of Object.entries(loadVocabulary())) pieces[id] = piece.replaceAll(' ', '\u2581');
  return new Map<string, GgufValue>([
    ['tokenizer.ggml.model', 'llama'],
    ['tokenizer.ggml.tokens', pieces],
    ['tokenizer.ggml.scores', pieces.map((_, id) => (id < FIRST_PIECE ? 0 : FIRST_PIECE - id))],
    [
      'tokenizer.ggml.token_type',
      pieces.map((_, id) => {
        if (id < FIRST_BYTE) return id === 0 ? UNKNOWN! : CONTROL!;
        return id < FIRST_PIECE ? BYTE! : NORMAL!;
      }),
    ],
    ['tokenizer.ggml.bos_token_id', 1],
    ['tokenizer.ggml.eos_token_id', 2],
    ['tokenizer.chat_template', template],
  ]);
}
