import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createTokenizer } from '../../engine/tokenizer/tokenizer.js';
import { bundledMetadata, tinyLlamaMetadata } from '../support/vocabularies.js';

interface Golden {
  readonly texts: readonly string[];
  readonly ids: readonly (readonly number[])[];
}

const VOCABULARIES = [
  { name: 'bundled model', file: 'token-ids-parley.json', metadata: bundledMetadata },
  { name: 'Llama 2', file: 'token-ids-llama2.json', metadata: async () => tinyLlamaMetadata() },
];

describe.each(VOCABULARIES)('tokenizer, $name', ({ file, metadata }) => {
  it('gives the ids of llama.cpp for every text', async () => {
    const { texts, ids }: Golden = JSON.parse(await readFile(`tests/golden/${file}`, 'utf8'));
    const tokenizer = createTokenizer(await metadata());
    expect(texts.length).toBeGreaterThan(200);
    const wrong = texts.flatMap((text, i) => {
      // The golden texts are plain text: special pieces in them are not matched.
      const got = tokenizer.tokenize([{ text, trusted: false }], { addBos: false });
      return JSON.stringify(got) === JSON.stringify(ids[i]) ? [] : [{ text, got, expected: ids[i] }];
    });
    expect(wrong).toEqual([]);
  });
});
