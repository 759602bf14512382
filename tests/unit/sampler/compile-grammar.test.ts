import { describe, expect, it } from 'vitest';
import type { Grammar, GrammarNode } from '../../../engine/protocol.js';
import { compileGrammar } from '../../../engine/sampler/compile-grammar.js';
import { GrammarWalker } from '../../../engine/sampler/grammar.js';
import { codeOf } from './support/error-code.js';
import {
  alternatives,
  chars,
  literal,
  reference,
  repeat,
  rootOnly,
  sequence,
} from './support/grammar-nodes.js';

const nested = (depth: number) =>
  Array.from({ length: depth }).reduce<GrammarNode>((inner) => sequence(inner), literal('a'));

describe('compileGrammar', () => {
  it.each<[string, unknown, string]>([
    ['no root', { rules: { other: literal('a') } }, 'root'],
    ['an undefined rule', { rules: { root: sequence(literal('a'), reference('gone')) } }, 'root.1'],
    ['a rule that only an object has', { rules: { root: reference('toString') } }, 'at root.'],
    ['no alternatives', rootOnly(alternatives()), 'at root.'],
    ['an empty class', rootOnly(sequence(chars())), 'at root.0.'],
    ['a class of nothing', rootOnly({ type: 'chars', ranges: [[0, 0x10ffff]], negated: true }), 'at root.'],
    ['a class of surrogates', rootOnly(chars([0xd800, 0xdfff])), 'at root.'],
    ['a range backwards', rootOnly(chars([98, 97])), '98 to 97'],
    ['a range past Unicode', rootOnly(chars([0, 0x110000])), '0 to 1114112'],
    ['a range between code points', rootOnly(chars([0.5, 9])), '0.5 to 9'],
    ['a negative repeat', rootOnly(repeat(literal('a'), -1)), '-1'],
    ['a repeat backwards', rootOnly(repeat(literal('a'), 3, 2)), '3 to 2'],
    ['a huge repeat', rootOnly(repeat(literal('a'), 0, 1e9)), '1000000000'],
    ['a repeat of no number', rootOnly(repeat(literal('a'), Number.NaN)), 'NaN'],
    ['an unknown node', rootOnly({ type: 'regex' } as unknown as GrammarNode), 'regex'],
    ['left recursion', { rules: { root: sequence(reference('root'), literal('a')) } }, 'at root.'],
    [
      'left recursion behind what may be empty',
      {
        rules: {
          root: sequence(literal('a'), reference('b')),
          b: sequence(repeat(literal('x'), 0), reference('c')),
          c: alternatives(literal('c'), reference('b')),
        },
      },
      'at b.',
    ],
    ['left recursion inside a repeat', { rules: { root: repeat(reference('root'), 1, 2) } }, 'at root.'],
    ['too many nodes', rootOnly(sequence(...Array.from({ length: 20_001 }, () => literal('')))), '20000'],
    ['a literal without end', rootOnly(literal('a'.repeat(20_001))), '20000'],
    ['too deep a nest', rootOnly(nested(5000)), 'root.0.0'],
    [
      'too many rules',
      { rules: Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`r${i}`, literal('a')])) },
      '1001',
    ],
  ])('rejects %s with grammar-invalid, naming where', (_, grammar, where) => {
    const { code, message } = codeOf(() => compileGrammar(grammar as Grammar));
    expect(code).toBe('grammar-invalid');
    expect(message).toContain(where);
  });

  it('takes rules named like members of an object', () => {
    const rules = Object.fromEntries([
      ['root', reference('__proto__')],
      ['__proto__', literal('a')],
    ]);
    const walker = GrammarWalker.start({ rules: rules as Record<string, GrammarNode> });
    expect(walker.accepts(Uint8Array.of(97))).toBe(true);
  });

  it('takes 190 nested nodes', () => {
    expect(GrammarWalker.start(rootOnly(nested(190))).accepts(Uint8Array.of(97))).toBe(true);
  });

  it('checks rules that use the next one twice, two hundred deep, each rule once', () => {
    const rules: Record<string, GrammarNode> = { r200: repeat(literal('a'), 0) };
    for (let i = 0; i < 200; i++) rules[`r${i}`] = sequence(reference(`r${i + 1}`), reference(`r${i + 1}`));
    const walker = GrammarWalker.start({ rules: { ...rules, root: repeat(reference('r195'), 0) } });
    expect(walker.accepts(new TextEncoder().encode('aaaa'))).toBe(true);
  });
});
