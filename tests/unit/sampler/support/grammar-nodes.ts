import type { Grammar, GrammarNode } from '../../../../engine/protocol.js';

export const rootOnly = (root: GrammarNode): Grammar => ({ rules: { root } });
export const literal = (text: string): GrammarNode => ({ type: 'literal', text });
export const reference = (rule: string): GrammarNode => ({ type: 'reference', rule });
export const chars = (...ranges: (readonly [number, number])[]): GrammarNode => ({ type: 'chars', ranges });
export const sequence = (...items: GrammarNode[]): GrammarNode => ({ type: 'sequence', items });
export const alternatives = (...items: GrammarNode[]): GrammarNode => ({ type: 'alternatives', items });

export function notChars(text: string): GrammarNode {
  const ranges = Array.from(text, (char) => [char.codePointAt(0)!, char.codePointAt(0)!] as const);
  return { type: 'chars', ranges, negated: true };
}

export function repeat(item: GrammarNode, min: number, max?: number): GrammarNode {
  return max === undefined ? { type: 'repeat', item, min } : { type: 'repeat', item, min, max };
}
