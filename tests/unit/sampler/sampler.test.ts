import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Grammar, Sampling } from '../../../engine/protocol.js';
import { createSampler, type SamplerOptions } from '../../../engine/sampler/sampler.js';
import { seeded } from '../../support/seeded.js';
import { matches } from './support/naive-matcher.js';
import { CONTROL, END, smallVocabulary } from './support/small-vocabulary.js';

const vocabulary = smallVocabulary();
const { vocabSize } = vocabulary;

function sampler(sampling: Sampling, more: Partial<SamplerOptions> = {}) {
  return createSampler({ ...vocabulary, sampling, seed: 1, ...more });
}

/** Logits of a small vocabulary without text. */
function plain(sampling: Sampling, logits: readonly number[], seed = 1) {
  const chain = createSampler({
    sampling,
    seed,
    pieceBytes: () => new Uint8Array(0),
    vocabSize: logits.length,
    eogTokens: new Set(),
  });
  return {
    ...chain,
    sample: () => chain.sample(Float32Array.from(logits)),
    accept: (t: number) => chain.accept(t),
  };
}

/** All logits 0 but the named ones. */
function favouring(scores: Readonly<Record<number, number>>): Float32Array {
  const logits = new Float32Array(vocabSize);
  for (const [token, score] of Object.entries(scores)) logits[Number(token)] = score;
  return logits;
}

/** Tokens that top-k, then top-p, then min-p leave, computed with a whole softmax. */
function naiveSet(
  logits: readonly number[],
  sampling: Required<Omit<Sampling, 'repeatPenalty' | 'minTokens'>>,
): Set<number> {
  const { temperature, topK, topP, minP } = sampling;
  let tokens = logits.map((_, token) => token).sort((a, b) => logits[b]! - logits[a]! || a - b);
  if (topK > 0) tokens = tokens.slice(0, topK);
  const weights = tokens.map((token) => Math.exp((logits[token]! - logits[tokens[0]!]!) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let mass = 0;
  const kept = tokens.filter((_, i) => {
    // Sums differ in their last digits: a token at the very edge may be in or out.
    const inside = mass <= topP * total * (1 + 1e-9) && weights[i]! >= minP * (1 - 1e-9);
    mass += weights[i]!;
    return inside;
  });
  return new Set(kept);
}

describe('createSampler', () => {
  it('takes the highest logit at temperature 0, ties to the lowest id', () => {
    expect(plain({}, [1, 3, 2, 3]).sample()).toBe(1);
    expect(plain({ temperature: 0 }, [-5, -5]).sample()).toBe(0);
    expect(plain({ topK: 1, temperature: 1 }, [0, 7, 7]).sample()).toBe(1);
  });

  it('draws only inside the set that top-k, top-p and min-p leave', () => {
    const sampling = fc.record({
      temperature: fc.double({ min: 0.05, max: 3, noNaN: true }),
      topK: fc.constantFrom(0, 0, 1, 3, 20),
      topP: fc.constantFrom(1, 0.95, 0.5, 0.01),
      minP: fc.constantFrom(0, 0, 0.05, 0.5),
    });
    const logits = fc.array(fc.double({ min: -12, max: 12, noNaN: true }).map(Math.fround), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(sampling, logits, fc.nat(), (options, scores, seed) => {
        const allowed = naiveSet(scores, options);
        const chain = plain(options, scores, seed);
        for (let i = 0; i < 20; i++) expect(allowed).toContain(chain.sample());
      }),
      { numRuns: 500 },
    );
  });

  it('draws each token as often as its probability says', () => {
    const scores = [0, 1, 2, -3, 2];
    const temperature = 0.8;
    for (const cut of [{}, { topK: 4 }, { topP: 0.93 }, { minP: 0.2 }]) {
      const chain = plain({ temperature, ...cut }, scores, 9);
      const counts = new Array<number>(scores.length).fill(0);
      for (let i = 0; i < 20_000; i++) counts[chain.sample()]!++;
      const kept = naiveSet(scores, { temperature, topK: 0, topP: 1, minP: 0, ...cut });
      const weights = scores.map((score, token) => (kept.has(token) ? Math.exp(score / temperature) : 0));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      counts.forEach((count, token) => {
        expect(Math.abs(count / 20_000 - weights[token]! / total)).toBeLessThan(0.012);
      });
    }
  });

  it('never draws what lies 17 temperatures below the best', () => {
    const chain = plain({ temperature: 1 }, [0, -17.5, -17.5, -40]);
    for (let i = 0; i < 2000; i++) expect(chain.sample()).toBe(0);
  });

  it('gives the same tokens for the same seed, others for another', () => {
    const random = seeded(4);
    const steps = Array.from({ length: 40 }, () => random.floats(vocabSize, 2));
    const run = (seed: number) => {
      const chain = sampler({ temperature: 0.8, topP: 0.95, repeatPenalty: 1.1 }, { seed });
      return steps.map((logits) => {
        const token = chain.sample(logits);
        chain.accept(token);
        return token;
      });
    };
    expect(run(11)).toEqual(run(11));
    expect(run(11)).not.toEqual(run(12));
  });

  it('penalizes tokens of the answer alone, above and below zero, and leaves the logits as they were', () => {
    const chain = sampler({ repeatPenalty: 2 });
    const logits = favouring({ 50: 3, 60: 2 });
    const before = logits.slice();
    expect(chain.sample(logits)).toBe(50);
    chain.accept(50);
    expect(chain.sample(logits)).toBe(60);
    expect(logits).toEqual(before);
    const below = plain({ repeatPenalty: 2 }, [-1, -1.5]);
    below.accept(0);
    expect(below.sample()).toBe(1);
  });

  it('survives logits that are infinite or no number', () => {
    const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
    expect(plain({ temperature: 1 }, [nan, 0, nan]).sample()).toBe(1);
    expect([1, 3]).toContain(plain({ temperature: 1, topP: 0.9 }, [0, infinity, 5, infinity]).sample());
    expect(plain({ temperature: 1 }, [-infinity, -infinity, -3]).sample()).toBe(2);
  });

  it.each([
    { temperature: -1 },
    { temperature: Number.NaN },
    { topK: -1 },
    { topP: 0 },
    { topP: 1.1 },
    { minP: 2 },
    { repeatPenalty: 0 },
  ])('throws RangeError for %o', (sampling) => {
    expect(() => sampler(sampling)).toThrow(RangeError);
  });

  it('does not end the turn before minTokens', () => {
    const end = 3;
    const chain = createSampler({
      sampling: { minTokens: 2 },
      seed: 1,
      pieceBytes: () => Uint8Array.of(97),
      vocabSize: 4,
      eogTokens: new Set([end]),
    });
    const eager = Float32Array.of(0, 1, 2, 9);
    for (let i = 0; i < 2; i++) {
      expect(chain.sample(eager)).toBe(2);
      chain.accept(2);
    }
    expect(chain.sample(eager)).toBe(end);
  });

  it('throws RangeError for another number of logits', () => {
    expect(() => sampler({}).sample(new Float32Array(3))).toThrow(RangeError);
  });
});

const literal = (text: string) => ({ type: 'literal', text }) as const;
const text = {
  type: 'repeat',
  item: {
    type: 'chars',
    ranges: [
      [0, 31],
      [91, 91],
      [93, 93],
      [64, 64],
      [123, 123],
    ],
    negated: true,
  },
  min: 1,
  max: 30,
} as const;
const ANSWER: Grammar = {
  rules: {
    root: {
      type: 'sequence',
      items: [
        literal('['),
        { type: 'alternatives', items: [literal('happy'), literal('sad')] },
        literal('] '),
        text,
        { type: 'repeat', item: { type: 'reference', rule: 'give' }, min: 0, max: 1 },
      ],
    },
    give: {
      type: 'sequence',
      items: [
        literal('\n@give {"item": "'),
        {
          type: 'repeat',
          item: {
            type: 'chars',
            ranges: [
              [0, 31],
              [34, 34],
              [92, 92],
            ],
            negated: true,
          },
          min: 1,
          max: 9,
        },
        literal('"}'),
      ],
    },
  },
};

/** Samples until the turn ends. */
function answer(
  options: Partial<SamplerOptions>,
  sampling: Sampling,
  random: ReturnType<typeof seeded>,
): number[] {
  const chain = sampler(sampling, { grammar: ANSWER, ...options });
  const tokens: number[] = [];
  while (tokens.length < 400) {
    const token = chain.sample(random.floats(vocabSize, 3));
    if (token === END) return tokens;
    expect(token).not.toBe(CONTROL);
    chain.accept(token);
    tokens.push(token);
  }
  throw new Error('The answer did not end.');
}

describe('createSampler with a grammar', () => {
  it('gives answers that match it, whatever the logits', () => {
    const settings: Sampling[] = [
      {},
      { temperature: 1 },
      { temperature: 0.7, topP: 0.9 },
      { temperature: 2, topK: 5 },
      { temperature: 1, minP: 0.1 },
    ];
    let acted = 0;
    for (let seed = 0; seed < 200; seed++) {
      const tokens = answer({ seed }, settings[seed % settings.length]!, seeded(seed));
      const whole = vocabulary.text(tokens);
      expect(matches(ANSWER, whole), whole).toBe(true);
      if (whole.includes('@give')) acted++;
    }
    expect(acted).toBeGreaterThan(0);
  });

  it('ends the turn only where the answer is complete', () => {
    const chain = sampler({}, { grammar: ANSWER });
    const eager = favouring({ [END]: 100, [CONTROL]: 200, [vocabulary.id('[happy')]: 1 });
    expect(chain.sample(eager)).toBe(vocabulary.id('[happy'));
    for (const piece of ['[happy', '] ']) chain.accept(vocabulary.id(piece));
    expect(chain.sample(eager)).not.toBe(END);
    chain.accept(vocabulary.id('The'));
    expect(chain.sample(eager)).toBe(END);
  });

  it('finds the one piece that fits far below the others', () => {
    const chain = sampler({ temperature: 0.7, topP: 0.9 }, { grammar: ANSWER });
    chain.accept(vocabulary.id('[happy'));
    // '] ' and ']' would do, and so would 'd]' elsewhere; all others stand high above.
    const logits = new Float32Array(vocabSize).fill(50);
    for (const [piece, score] of [
      ['] ', -5000],
      [']', -4000],
    ] as const)
      logits[vocabulary.id(piece)] = score;
    logits[2 + ']'.codePointAt(0)!] = -6000;
    expect(chain.sample(logits)).toBe(vocabulary.id(']'));
  });

  it('ends the turn when nothing else may come', () => {
    const grammar: Grammar = { rules: { root: literal('d]') } };
    const chain = sampler({ temperature: 1 }, { grammar });
    const logits = favouring({ [END]: -1e6 });
    expect(['d]', 'd'].map((piece) => vocabulary.id(piece))).toContain(chain.sample(logits));
    chain.accept(vocabulary.id('d]'));
    expect(chain.sample(logits)).toBe(END);
  });

  it('draws by the probabilities of the admissible tokens', () => {
    const grammar: Grammar = {
      rules: { root: { type: 'alternatives', items: ['a', 'b', 'c'].map(literal) } },
    };
    const [a, b, c] = ['a', 'b', 'c'].map((piece) => vocabulary.id(piece));
    const logits = favouring({ [a!]: 1, [b!]: 0, [c!]: 2, [vocabulary.id('x')]: 30 });
    const counts = new Map<number, number>();
    const chain = sampler({ temperature: 1 }, { grammar });
    for (let i = 0; i < 20_000; i++) {
      const token = chain.sample(logits);
      counts.set(token, (counts.get(token) ?? 0) + 1);
    }
    const total = Math.E + 1 + Math.E ** 2;
    expect(counts.get(a!)! / 20_000).toBeCloseTo(Math.E / total, 1);
    expect(counts.get(c!)! / 20_000).toBeCloseTo(Math.E ** 2 / total, 1);
    expect(counts.size).toBe(3);
  });
});

describe('createSampler with banned words', () => {
  /** The token sampled after some pieces, the best first. */
  function chosen(ban: readonly string[], said: readonly string[], wishes: readonly string[]): string {
    const chain = sampler({}, { ban });
    for (const piece of said) chain.accept(vocabulary.id(piece));
    const ids = wishes.map((piece) => vocabulary.id(piece));
    const token = chain.sample(favouring(Object.fromEntries(ids.map((id, i) => [id, 10 - i]))));
    return wishes[ids.indexOf(token)] ?? `token ${token}`;
  }

  it('refuses a piece that completes one, without case, in whole or across pieces', () => {
    expect(chosen(['gold'], [], ['GOLD', 'Gol'])).toBe('Gol');
    expect(chosen(['GOLD'], ['Gol'], ['d', 'd]', '.'])).toBe('.');
    expect(chosen(['gold'], [' the', ' go'], ['ld', 'd'])).toBe('d');
    expect(chosen(['the eel'], [' the'], [' eel', '.'])).toBe('.');
  });

  it('lets it stand inside another word', () => {
    expect(chosen(['gold'], ['mari'], ['gold', '.'])).toBe('gold');
    expect(chosen(['eel'], ['Gol', ' the', 'é'], ['eel'])).toBe('eel');
    expect(chosen(['eel'], ['.'], ['eel', 'é'])).toBe('é');
  });

  it('sees a character whose bytes come in two tokens', () => {
    const chain = sampler({}, { ban: ['é'] });
    const [first, second] = new TextEncoder().encode('É');
    chain.accept(2 + first!);
    expect(chain.sample(favouring({ [2 + second!]: 9, [vocabulary.id('.')]: 5 }))).toBe(vocabulary.id('.'));
  });

  it('holds together with a grammar, and in every answer', () => {
    for (let seed = 0; seed < 60; seed++) {
      const tokens = answer({ seed, ban: ['a', 'eel', 'The'] }, { temperature: 1 }, seeded(seed + 500));
      const whole = vocabulary.text(tokens);
      expect(matches(ANSWER, whole)).toBe(true);
      expect(whole).not.toMatch(/(?<![\p{L}\p{N}])(a|eel|the)/iu);
    }
  });

  it('ignores empty words', () => {
    expect(chosen([''], [], ['The'])).toBe('The');
  });
});

describe('createSampler with a bias', () => {
  const text = (token: number) => new TextDecoder().decode(vocabulary.pieceBytes(token));
  const beginning = Array.from({ length: vocabSize }, (_, token) => token).filter((t) =>
    text(t).startsWith('\n'),
  );

  it('raises all tokens that begin with the text, and no others', () => {
    expect(beginning.length).toBeGreaterThan(1);
    const other = Array.from({ length: vocabSize }, (_, token) => token).find(
      (t) => t !== END && text(t) !== '' && !text(t).includes('\n'),
    )!;
    for (const token of beginning) {
      const logits = favouring({ [other]: 3, [token]: 1 });
      expect(sampler({}).sample(logits)).toBe(other);
      expect(sampler({}, { bias: { text: '\n', logit: 1.5 } }).sample(logits)).toBe(other);
      expect(sampler({}, { bias: { text: '\n', logit: 2.5 } }).sample(logits)).toBe(token);
      expect(
        sampler({}, { bias: { text: '\n', logit: -9 } }).sample(favouring({ [token]: 5, [other]: 1 })),
      ).toBe(other);
    }
  });

  it('leaves the logits that it is given as they are', () => {
    const logits = favouring({ 1: 2 });
    sampler({}, { bias: { text: '\n', logit: 5 } }).sample(logits);
    expect(logits).toEqual(favouring({ 1: 2 }));
  });
});
