/** Text to token ids and back, for the two vocabularies of Llama files. */
import type { GgufValue } from '../model-file/gguf-reader.js';
import { EngineError, type Segment } from '../protocol.js';
import { ByteBpe } from './byte-bpe.js';
import { SentencePieceBpe } from './sentencepiece-bpe.js';
import { splitSpecialPieces } from './special-pieces.js';
import { PIECE_CONTROL, PIECE_USER_DEFINED, readVocabulary, type Vocabulary } from './vocabulary.js';

export interface TokenizeOptions {
  /** Default: as the file says. */
  readonly addBos?: boolean;
  /** The text follows other tokens: a SentencePiece vocabulary adds no space before it. */
  readonly continues?: boolean;
}

export interface Tokenizer {
  readonly vocabSize: number;
  readonly bosToken: number | undefined;
  readonly addBos: boolean;
  /** Tokens that end a turn. */
  readonly eogTokens: ReadonlySet<number>;
  /** Ids of the joined segments; special pieces are matched only inside trusted ones. */
  tokenize(segments: readonly Segment[], options?: TokenizeOptions): number[];
  /** The text that a token stands for; empty for control tokens. */
  pieceBytes(token: number): Uint8Array;
}

/** One way to turn plain text, without special pieces, into ids. */
export interface TextTokenizer {
  /** Appends the ids of `text` to `out`; `first`: nothing stands before it. */
  tokenizeText(text: string, out: number[], first: boolean): void;
  pieceBytes(token: number): Uint8Array;
}

/**
 * @throws EngineError unsupported-tokenizer: a model or pre-tokenizer that is not known
 * @throws EngineError gguf-invalid: the vocabulary is missing or damaged
 */
export function createTokenizer(metadata: ReadonlyMap<string, GgufValue>): Tokenizer {
  const vocabulary = readVocabulary(metadata);
  const text = createTextTokenizer(metadata, vocabulary);
  const { pieces, types, bosToken, addBos, eogTokens } = vocabulary;
  const specialIds = pieces.flatMap((_, id) =>
    types[id] === PIECE_CONTROL || types[id] === PIECE_USER_DEFINED ? [id] : [],
  );
  const specials = new Map(specialIds.map((id) => [pieces[id]!, id]));
  const empty = new Uint8Array(0);
  const bytes: (Uint8Array | undefined)[] = [];
  return {
    vocabSize: pieces.length,
    bosToken,
    addBos,
    eogTokens,
    tokenize(segments, options = {}) {
      const out: number[] = [];
      if ((options.addBos ?? addBos) && bosToken !== undefined && !options.continues) out.push(bosToken);
      let first = !options.continues;
      for (const part of splitSpecialPieces(segments, specials)) {
        if (typeof part === 'number') {
          out.push(part);
          first = true;
        } else {
          text.tokenizeText(part, out, first);
          first = false;
        }
      }
      return out;
    },
    pieceBytes(token) {
      bytes[token] ??= types[token] === PIECE_CONTROL ? empty : text.pieceBytes(token);
      return bytes[token];
    },
  };
}

function createTextTokenizer(
  metadata: ReadonlyMap<string, GgufValue>,
  vocabulary: Vocabulary,
): TextTokenizer {
  const model = metadata.get('tokenizer.ggml.model');
  if (model === 'gpt2') return new ByteBpe(metadata, vocabulary);
  if (model === 'llama') return new SentencePieceBpe(metadata, vocabulary);
  throw new EngineError(
    'unsupported-tokenizer',
    `Got tokenizer model ${String(model)}; expected gpt2 (byte-level BPE) or llama (SentencePiece BPE).`,
  );
}
