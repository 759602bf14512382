import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Grammar, GrammarNode } from '../../../engine/protocol.js';
import { GrammarWalker } from '../../../engine/sampler/grammar.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Tries everything: the places where a match of `node` from `at` can end, and whether one ran out of text. */
function match(grammar: Grammar, node: GrammarNode, text: readonly string[], at: number) {
  let ranOut = false;
  const walk = (current: GrammarNode, from: number): Set<number> => {
    switch (current.type) {
      case 'literal': {
        const chars = [...current.text];
        for (const [i, char] of chars.entries()) {
          if (from + i >= text.length) {
            ranOut = true;
            return new Set();
          }
          if (text[from + i] !== char) return new Set();
        }
        return new Set([from + chars.length]);
      }
      case 'chars': {
        if (from >= text.length) {
          ranOut = true;
          return new Set();
        }
        const point = text[from]!.codePointAt(0)!;
        const inside = current.ranges.some(([low, high]) => point >= low && point <= high);
        return new Set(inside !== (current.negated ?? false) ? [from + 1] : []);
      }
      case 'sequence': {
        let ends = new Set([from]);
        for (const item of current.items) ends = new Set([...ends].flatMap((end) => [...walk(item, end)]));
        return ends;
      }
      case 'alternatives':
        return new Set(current.items.flatMap((item) => [...walk(item, from)]));
      case 'repeat': {
        const all = new Set<number>();
        let ends = new Set([from]);
        const most = Math.min(current.max ?? Number.POSITIVE_INFINITY, text.length + current.min + 1);
        for (let n = 0; n <= most && ends.size > 0; n++) {
          if (n >= current.min) for (const end of ends) all.add(end);
          if (n < most) ends = new Set([...ends].flatMap((end) => [...walk(current.item, end)]));
        }
        return all;
      }
      case 'reference':
        return walk(grammar.rules[current.rule]!, from);
    }
  };
  const ends = walk(node, at);
  return { complete: ends.has(text.length), viable: ends.has(text.length) || ranOut };
}

const CHARS = ['a', 'b', 'é', '😀', '\n'];
const text = fc.array(fc.constantFrom(...CHARS), { maxLength: 6 }).map((chars) => chars.join(''));
const nonEmptyText = fc
  .array(fc.constantFrom(...CHARS), { minLength: 1, maxLength: 3 })
  .map((chars) => chars.join(''));
const chars = fc.record({
  type: fc.constant('chars' as const),
  ranges: fc.constantFrom<(readonly [number, number])[]>(
    [[97, 97]],
    [[0x80, 0xfff]],
    [[0x1f600, 0x1f64f]],
    [
      [10, 10],
      [98, 0x10ffff],
    ],
  ),
  negated: fc.boolean(),
});
/** Nodes that match at least one character, so that repeats of them are sound. */
const solid: fc.Arbitrary<GrammarNode> = fc.letrec<{ node: GrammarNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    nonEmptyText.map((literal): GrammarNode => ({ type: 'literal', text: literal })),
    chars,
    fc.constant<GrammarNode>({ type: 'reference', rule: 'helper' }),
    fc
      .array(tie('node'), { minLength: 1, maxLength: 3 })
      .chain((items) =>
        fc.constantFrom<GrammarNode>({ type: 'sequence', items }, { type: 'alternatives', items }),
      ),
    fc
      .record({ item: tie('node'), min: fc.nat(2), extra: fc.option(fc.integer({ min: 1, max: 2 })) })
      .map(({ item, min, extra }): GrammarNode => {
        const repeat: GrammarNode = {
          type: 'repeat',
          item,
          min,
          ...(extra === null ? {} : { max: min + extra }),
        };
        // One more character keeps a repeat of nothing solid.
        return min > 0 ? repeat : { type: 'sequence', items: [repeat, { type: 'literal', text: 'b' }] };
      }),
  ),
})).node;

const grammars = fc
  .record({
    root: solid,
    helper: fc.oneof(
      nonEmptyText.map((t): GrammarNode => ({ type: 'literal', text: t })),
      chars,
    ),
  })
  .map((rules): Grammar => ({ rules }));

describe('GrammarWalker on beginnings', () => {
  it('takes exactly the beginnings that a backtracking matcher can complete', () => {
    fc.assert(
      fc.property(grammars, text, (grammar, input) => {
        const expected = match(grammar, grammar.rules.root!, [...input], 0);
        const walker = GrammarWalker.start(grammar);
        const bytes = bytesOf(input);
        expect(walker.accepts(bytes)).toBe(expected.viable);
        if (!expected.viable) return;
        walker.advance(bytes);
        expect(walker.canEnd).toBe(expected.complete);
      }),
      { numRuns: 3000 },
    );
  });

  it('gives the same answer byte by byte, and names every byte that may come first', () => {
    fc.assert(
      fc.property(grammars, text, (grammar, input) => {
        const whole = GrammarWalker.start(grammar);
        const walker = GrammarWalker.start(grammar);
        let viable = true;
        for (const byte of bytesOf(input)) {
          const one = Uint8Array.of(byte);
          expect(walker.firstBytes[byte] === 1).toBe(walker.accepts(one));
          viable = walker.accepts(one);
          if (!viable) break;
          walker.advance(one);
        }
        expect(viable).toBe(whole.accepts(bytesOf(input)));
      }),
      { numRuns: 500 },
    );
  });
});
