/** On the bundled model: what its embeddings know of words. */
import { beforeAll, describe, expect, it } from 'vitest';
import { WordVectors } from '../../../engine/model/word-vectors.js';
import { type EngineFixture, loadEngine } from '../../support/engine-fixture.js';

let engine: EngineFixture;
beforeAll(async () => {
  engine = await loadEngine();
});

const nearness = (word: string, other: string) => engine.host.similarities([word], [other])[0]!;

describe('similarities', () => {
  it('is 1 of a word and itself, in any case, and the same both ways', () => {
    expect(nearness('lighthouse', 'Lighthouse')).toBeCloseTo(1, 5);
    expect(nearness('eel', 'fish')).toBeCloseTo(nearness('fish', 'eel'), 6);
  });

  it.each([
    ['bounty', 'reward', 'scar'],
    ['children', 'daughter', 'bridge'],
    ['boss', 'chief', 'cheese'],
    ['pay', 'costs', 'yellow'],
    ['painting', 'portrait', 'anchor'],
    ['doctor', 'hospital', 'harbor'],
  ])('puts %s nearer to %s than to %s', (word, near, far) => {
    expect(nearness(word, near)).toBeGreaterThan(nearness(word, far) + 0.05);
  });

  it('gives a row for each word and a column for each other, the same whatever was asked before', () => {
    const all = engine.host.similarities(['eel', 'moon'], ['fish', 'night', 'price']);
    expect(all).toHaveLength(6);
    expect(all[5]).toBe(nearness('moon', 'price'));
    expect(engine.host.similarities([], ['fish'])).toHaveLength(0);
  });
});

describe('WordVectors', () => {
  it('takes out what all embeddings have in common', () => {
    // Two meanings, and a large share that says nothing.
    const rows = [
      [9, 9, 1, 0],
      [7, 7, 1, 0.1],
      [9, 9, 0, 1],
      [7, 7, 0.1, 1],
    ];
    const vectors = new WordVectors({
      vocabSize: rows.length,
      dim: 4,
      readEmbedding: (token, out) => out.set(rows[token]!),
      tokenize: (text) => [Number(text)],
    });
    const [same, other] = vectors.similarities(['0'], ['1', '2']);
    expect(same).toBeGreaterThan(0.8);
    expect(other).toBeLessThan(-0.8);
  });
});
