/** The pieces of a GGUF vocabulary and what kind each one is. */
import type { GgufValue } from '../model-file/gguf-reader.js';
import { EngineError } from '../protocol.js';

/** Kinds of pieces, numbered as in GGUF. @source llama.h, enum llama_token_type */
export const PIECE_NORMAL = 1;
export const PIECE_UNKNOWN = 2;
export const PIECE_CONTROL = 3;
export const PIECE_USER_DEFINED = 4;
export const PIECE_BYTE = 6;

/** Ends of turn that files forget to name. @source llama.cpp, llama-vocab.cpp */
const END_OF_TURN_PIECES = ['<|im_end|>', '<|endoftext|>', '<|eot_id|>', '<|end|>', '<end_of_turn>', '</s>'];

export interface Vocabulary {
  readonly pieces: readonly string[];
  readonly types: readonly number[];
  readonly idOf: ReadonlyMap<string, number>;
  readonly bosToken: number | undefined;
  readonly addBos: boolean;
  readonly addSpacePrefix: boolean;
  readonly eogTokens: ReadonlySet<number>;
}

/** @throws EngineError gguf-invalid: the token lists are missing or do not fit each other */
export function readVocabulary(metadata: ReadonlyMap<string, GgufValue>): Vocabulary {
  const pieces = stringList(metadata, 'tokenizer.ggml.tokens');
  const types = metadata.get('tokenizer.ggml.token_type') ?? pieces.map(() => PIECE_NORMAL);
  if (!Array.isArray(types) || types.length !== pieces.length || !types.every((t) => typeof t === 'number')) {
    throw invalid(`tokenizer.ggml.token_type does not fit ${pieces.length} tokens.`);
  }
  const idOf = new Map<string, number>();
  pieces.forEach((piece, id) => {
    if (!idOf.has(piece)) idOf.set(piece, id);
  });
  const special = (name: string): number | undefined => {
    const id = metadata.get(`tokenizer.ggml.${name}_token_id`);
    if (id === undefined) return undefined;
    if (typeof id === 'number' && id >= 0 && id < pieces.length) return id;
    throw invalid(`tokenizer.ggml.${name}_token_id is ${String(id)}; expected 0 to ${pieces.length - 1}.`);
  };
  const isSpm = metadata.get('tokenizer.ggml.model') === 'llama';
  const named = [special('eos'), special('eot'), special('eom')];
  const known = END_OF_TURN_PIECES.map((piece) => idOf.get(piece)).filter(
    (id) => id !== undefined && types[id] === PIECE_CONTROL,
  );
  return {
    pieces,
    types,
    idOf,
    bosToken: special('bos'),
    addBos: flag(metadata, 'tokenizer.ggml.add_bos_token', isSpm),
    addSpacePrefix: flag(metadata, 'tokenizer.ggml.add_space_prefix', isSpm),
    eogTokens: new Set([...named, ...known].filter((id) => id !== undefined)),
  };
}

/** @throws EngineError gguf-invalid: the entry is no list of strings */
export function stringList(metadata: ReadonlyMap<string, GgufValue>, key: string): readonly string[] {
  const list = metadata.get(key);
  if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list;
  throw invalid(`${key} is ${list === undefined ? 'missing' : 'no list of strings'}.`);
}

function flag(metadata: ReadonlyMap<string, GgufValue>, key: string, fallback: boolean): boolean {
  const value = metadata.get(key);
  return typeof value === 'boolean' ? value : fallback;
}

function invalid(message: string): EngineError {
  return new EngineError('gguf-invalid', message, { hint: 'The file is damaged or made by a broken tool.' });
}
