import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Grammar, GrammarNode } from '../../../engine/protocol.js';
import { GrammarWalker } from '../../../engine/sampler/grammar.js';
import { codeOf } from './support/error-code.js';
import {
  alternatives,
  chars,
  literal,
  notChars,
  reference,
  repeat,
  rootOnly,
  sequence,
} from './support/grammar-nodes.js';
import { matches } from './support/naive-matcher.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** Whether the whole text matches, walked byte by byte. */
function walks(grammar: Grammar, text: string): boolean {
  const walker = GrammarWalker.start(grammar);
  for (const byte of utf8(text)) {
    const bytes = Uint8Array.of(byte);
    if (!walker.accepts(bytes)) return false;
    walker.advance(bytes);
  }
  return walker.canEnd;
}

describe('GrammarWalker', () => {
  it('agrees with a backtracking matcher on random grammars, repeats of what may be empty and recursion among them', () => {
    const leaf: fc.Arbitrary<GrammarNode> = fc.oneof(
      fc.constantFrom('', 'a', 'ab', 'b', 'é', '€a', '😀').map(literal),
      fc.constantFrom<GrammarNode>(chars([97, 98]), notChars('aé'), chars([0xe8, 0x20ad]), reference('word')),
    );
    const { node } = fc.letrec<{ node: GrammarNode }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        leaf,
        fc.array(tie('node'), { maxLength: 3 }).map((items) => sequence(...items)),
        fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((items) => alternatives(...items)),
        fc
          .tuple(tie('node'), fc.nat(2), fc.option(fc.nat(2), { nil: undefined }))
          .map(([item, min, more]) => repeat(item, min, more === undefined ? undefined : min + more)),
      ),
    }));
    const text = fc.array(fc.constantFrom('a', 'b', 'é', '€', '😀', 'c'), { maxLength: 6 });
    let matched = 0;
    fc.assert(
      fc.property(node, node, fc.array(text, { minLength: 4, maxLength: 4 }), (root, word, texts) => {
        // The rule comes back to itself only behind a character.
        const inner = JSON.stringify(word).includes('"reference"') ? literal('ab') : word;
        const recursive = alternatives(inner, sequence(literal('a'), reference('word'), literal('b')));
        const grammar: Grammar = { rules: { root, word: recursive } };
        for (const letters of texts) {
          const whole = letters.join('');
          const expected = matches(grammar, whole);
          if (expected) matched++;
          expect(walks(grammar, whole)).toBe(expected);
        }
      }),
      { numRuns: 1500 },
    );
    expect(matched).toBeGreaterThan(100);
  });

  it('takes a piece of several bytes as it takes them one by one, and says which bytes may come first', () => {
    const grammar = rootOnly(sequence(literal('['), repeat(notChars(']é'), 1, 3), literal(']')));
    const piece = fc
      .array(fc.constantFrom(91, 93, 0xc3, 0xa9, 97), { maxLength: 5 })
      .map((bytes) => Uint8Array.from(bytes));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 4 }), (pieces) => {
        const walker = GrammarWalker.start(grammar);
        const single = GrammarWalker.start(grammar);
        for (const bytes of pieces) {
          const copy = single.clone();
          const byOne = [...bytes].every((byte) => {
            const taken = copy.accepts(Uint8Array.of(byte));
            expect(copy.firstBytes[byte]).toBe(taken ? 1 : 0);
            if (taken) copy.advance(Uint8Array.of(byte));
            return taken;
          });
          expect(walker.accepts(bytes)).toBe(byOne);
          if (!byOne) return;
          walker.advance(bytes);
          for (const byte of bytes) single.advance(Uint8Array.of(byte));
          expect(walker.canEnd).toBe(single.canEnd);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('accepts exactly the code points of a class, in every length of UTF-8, and no ill-formed bytes', () => {
    const edges = [0, 0x40, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x10ffff];
    const point = fc.oneof(fc.constantFrom(...edges), fc.integer({ min: 0, max: 0x10ffff }));
    const surrogate = (code: number) => code >= 0xd800 && code <= 0xdfff;
    const pair = fc
      .tuple(point, point)
      .filter(([a, b]) => !(surrogate(a) && surrogate(b)) && !(a === 0 && b === 0x10ffff));
    fc.assert(
      fc.property(
        pair,
        fc.boolean(),
        fc.array(point, { minLength: 8, maxLength: 8 }),
        ([a, b], negated, tries) => {
          const low = Math.min(a, b);
          const high = Math.max(a, b);
          fc.pre(!(negated && low === 0 && high === 0x10ffff));
          const grammar = rootOnly({ type: 'chars', ranges: [[low, high]], negated });
          for (const code of [...tries, low, high, low - 1, high + 1]) {
            if (code < 0 || code > 0x10ffff || surrogate(code)) continue;
            expect(walks(grammar, String.fromCodePoint(code))).toBe(
              (code >= low && code <= high) !== negated,
            );
          }
          for (const bytes of [[0xed, 0xa0, 0x80], [0x80], [0xc0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff]]) {
            expect(GrammarWalker.start(grammar).accepts(Uint8Array.from(bytes))).toBe(false);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('counts a repeat of a hundred thousand without a state for each', () => {
    const grammar = rootOnly(sequence(repeat(notChars('"'), 3, 100_000), literal('"')));
    expect(walks(grammar, 'ab"')).toBe(false);
    expect(walks(grammar, `${'é'.repeat(3000)}"`)).toBe(true);
    const exact = rootOnly(repeat(literal('ab'), 500, 500));
    expect(walks(exact, 'ab'.repeat(500))).toBe(true);
    expect(walks(exact, 'ab'.repeat(499))).toBe(false);
    expect(walks(exact, 'ab'.repeat(501))).toBe(false);
  });

  it('takes repeats of what may be empty, and recursion that nests deeply', () => {
    const empty = rootOnly(repeat(repeat(literal('a'), 0), 5, 90_000));
    expect(walks(empty, '')).toBe(true);
    expect(walks(empty, 'aaaa')).toBe(true);
    expect(walks(empty, 'ab')).toBe(false);
    const nested: Grammar = {
      rules: { root: sequence(literal('['), repeat(reference('root'), 0), literal(']')) },
    };
    expect(walks(nested, `${'['.repeat(2000)}${']'.repeat(2000)}`)).toBe(true);
    expect(walks(nested, '[[]')).toBe(false);
  });

  it('keeps clones apart, and stays where it was when bytes are refused', () => {
    const walker = GrammarWalker.start(rootOnly(alternatives(literal('ab'), literal('ac'))));
    walker.advance(utf8('a'));
    const clone = walker.clone();
    clone.advance(utf8('b'));
    expect([walker.canEnd, clone.canEnd]).toEqual([false, true]);
    expect(walker.accepts(utf8('c'))).toBe(true);
    expect(() => clone.advance(utf8('c'))).toThrow(RangeError);
    expect(clone.canEnd).toBe(true);
  });

  it('stops with grammar-invalid where there are too many ways to go on', () => {
    const some = repeat(chars([97, 97]), 1, 9000);
    const walker = GrammarWalker.start(rootOnly(repeat(some, 0, 9000)));
    const { code } = codeOf(() => {
      for (let i = 0; i < 9000; i++) walker.advance(utf8('a'));
    });
    expect(code).toBe('grammar-invalid');
  });
});
