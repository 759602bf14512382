import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenizer } from '../../../engine/tokenizer/tokenizer.js';
import { bundledMetadata, tinyLlamaMetadata } from '../../support/vocabularies.js';

const bundled = await bundledMetadata();
const tinyLlama = tinyLlamaMetadata();
const tokenizers = [
  { name: 'byte-level BPE', tokenizer: createTokenizer(bundled) },
  { name: 'SentencePiece BPE', tokenizer: createTokenizer(tinyLlama) },
];

const SAMPLES = [
  'Five coins, and it is worth twice that.',
  '  odd   spacing \t and\r\nbreaks\n\n',
  'Ünïcödé ǅ ﬁ ß İ',
  'Привет, моряк! 你好，水手。こんにちは 한국어 ไทย العربية עברית',
  '👩‍👩‍👧‍👦 🏴‍☠️ 🇮🇸 e\u0301 \u200b',
  "It's what we've said: they'll pay 1234567 coins 3.14",
  'const x = {"item": "eel"}; // 100%',
];

describe.each(tokenizers)('$name', ({ tokenizer }) => {
  const roundTrip = (text: string) => {
    const tokens = tokenizer.tokenize([{ text, trusted: false }], { continues: true });
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      Uint8Array.from(tokens.flatMap((token) => [...tokenizer.pieceBytes(token)])),
    );
  };

  it.each(SAMPLES)('gives back %j', (text) => {
    expect(roundTrip(text)).toBe(text);
  });

  it('gives back any text', () => {
    // The bundled vocabulary lacks the bytes F1, F2 and some control characters; llama.cpp drops those too.
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        // SentencePiece writes a space so, and cannot tell the two apart.
        fc.pre(!text.includes('▁'));
        expect(roundTrip(text)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same ids wherever untrusted text is cut into segments', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SAMPLES), fc.nat(60), fc.boolean(), (text, cut, trusted) => {
        const whole = tokenizer.tokenize([{ text, trusted: false }]);
        const [head, tail] = [text.slice(0, cut), text.slice(cut)];
        // Half a character is no text.
        if (/\p{Surrogate}/u.test(head)) return;
        const parts = tokenizer.tokenize([
          { text: head, trusted },
          { text: tail, trusted: false },
        ]);
        expect(parts).toEqual(whole);
      }),
    );
  });

  it('takes a long text without spaces', () => {
    expect(roundTrip('ab'.repeat(5000))).toHaveLength(10_000);
  });

  it('ends turns at tokens that have no text', () => {
    expect(tokenizer.eogTokens.size).toBeGreaterThan(0);
    for (const token of tokenizer.eogTokens) expect(tokenizer.pieceBytes(token)).toHaveLength(0);
  });
});

describe('createTokenizer', () => {
  const without = (key: string) => new Map([...bundled].filter(([name]) => name !== key));
  const changed = (key: string, value: string | number) => new Map([...bundled, [key, value] as const]);

  it.each([
    ['no tokens', without('tokenizer.ggml.tokens'), 'gguf-invalid'],
    ['no merges', without('tokenizer.ggml.merges'), 'gguf-invalid'],
    ['no model', without('tokenizer.ggml.model'), 'unsupported-tokenizer'],
    ['another model', changed('tokenizer.ggml.model', 'bert'), 'unsupported-tokenizer'],
    ['another pre-tokenizer', changed('tokenizer.ggml.pre', 'toString'), 'unsupported-tokenizer'],
    ['an end past the vocabulary', changed('tokenizer.ggml.eos_token_id', 1e6), 'gguf-invalid'],
    ['tokens that are no list', changed('tokenizer.ggml.tokens', 'a'), 'gguf-invalid'],
  ])('refuses a file with %s', (_, metadata, code) => {
    expect(() => createTokenizer(metadata)).toThrow(expect.objectContaining({ code }));
  });
});
