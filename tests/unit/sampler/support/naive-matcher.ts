import type { Grammar, GrammarNode } from '../../../../engine/protocol.js';

/** Whether a text matches a grammar, by trying every way over its code points. */
export function matches(grammar: Grammar, text: string): boolean {
  const codes = Array.from(text, (char) => char.codePointAt(0)!);
  return ends(grammar, grammar.rules.root!, codes, 0).has(codes.length);
}

/** Where `node` may end when it begins at `at`. */
function ends(grammar: Grammar, node: GrammarNode, codes: readonly number[], at: number): Set<number> {
  const each = (starts: Iterable<number>, item: GrammarNode) =>
    new Set([...starts].flatMap((start) => [...ends(grammar, item, codes, start)]));
  switch (node.type) {
    case 'literal': {
      const wanted = Array.from(node.text, (char) => char.codePointAt(0)!);
      return wanted.every((code, i) => codes[at + i] === code) ? new Set([at + wanted.length]) : new Set();
    }
    case 'chars': {
      const code = codes[at];
      if (code === undefined) return new Set();
      const inside = node.ranges.some(([low, high]) => code >= low && code <= high);
      return inside !== (node.negated ?? false) ? new Set([at + 1]) : new Set();
    }
    case 'sequence':
      return node.items.reduce((starts, item) => each(starts, item), new Set([at]));
    case 'alternatives':
      return new Set(node.items.flatMap((item) => [...ends(grammar, item, codes, at)]));
    case 'reference':
      return ends(grammar, grammar.rules[node.rule]!, codes, at);
    case 'repeat': {
      // More rounds than characters and the minimum add nothing.
      const rounds = Math.min(node.max ?? Number.POSITIVE_INFINITY, node.min + codes.length + 1);
      let starts = new Set([at]);
      const out = new Set<number>(node.min === 0 ? starts : []);
      for (let round = 1; round <= rounds; round++) {
        starts = each(starts, node.item);
        if (round >= node.min) for (const end of starts) out.add(end);
      }
      return out;
    }
  }
}
