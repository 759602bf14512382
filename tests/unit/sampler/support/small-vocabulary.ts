import type { SamplerOptions } from '../../../../engine/sampler/sampler.js';

const PIECES = [
  '[happy',
  '[sa',
  'd]',
  ']',
  '] ',
  ' the',
  'The',
  ' eel',
  'eel',
  ' go',
  'ld',
  'Gol',
  'GOLD',
  '.',
  '!\n',
  '\n@',
  'give',
  ' {"',
  '": "',
  '"}',
  'item',
  'hap',
  'py] W',
  'ell, ',
  ' €',
  '😀',
  'é',
  '@',
  '[',
  ' a',
  'ppy',
  '\n',
  '[[',
  'mari',
  'gold',
];

/** Like the bundled model's in shape: control tokens without bytes, every single byte, then longer pieces. */
export interface SmallVocabulary extends Pick<SamplerOptions, 'pieceBytes' | 'vocabSize' | 'eogTokens'> {
  /** The token of a piece. */
  id(piece: string): number;
  text(tokens: readonly number[]): string;
}

export const END = 1;
export const CONTROL = 0;
const BYTES_FROM = 2;

export function smallVocabulary(): SmallVocabulary {
  const encoder = new TextEncoder();
  const pieces = [
    new Uint8Array(0),
    new Uint8Array(0),
    ...Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
    ...PIECES.map((piece) => encoder.encode(piece)),
  ];
  return {
    pieceBytes: (token) => pieces[token]!,
    vocabSize: pieces.length,
    eogTokens: new Set([END]),
    id(piece) {
      const at = PIECES.indexOf(piece);
      return at >= 0 ? BYTES_FROM + 256 + at : BYTES_FROM + encoder.encode(piece)[0]!;
    },
    text: (tokens) =>
      new TextDecoder('utf-8', { fatal: true }).decode(
        Uint8Array.from(tokens.flatMap((token) => [...pieces[token]!])),
      ),
  };
}
