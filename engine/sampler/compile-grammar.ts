/** Checks a grammar and turns it into nodes over UTF-8 bytes. */
import { EngineError, type Grammar, type GrammarNode } from '../protocol.js';
import { type ByteRange, utf8Ranges } from './utf8-ranges.js';

/** A grammar is written by a program for one answer; real ones have a few hundred nodes. Bytes of literals count. */
const MAX_NODES = 20_000;
const MAX_RULES = 1000;
/** Nested nodes of one rule; deeper ones would exhaust the stack of a worker. */
const MAX_DEPTH = 200;
/** Far beyond an answer's length, so that a larger one is a mistake. */
const MAX_REPEAT = 100_000;
const MAX_CODE_POINT = 0x10ffff;

export type ByteNode =
  | { readonly kind: 'byte'; readonly set: Uint8Array }
  | { readonly kind: 'sequence'; readonly items: readonly ByteNode[] }
  | { readonly kind: 'alternatives'; readonly items: readonly ByteNode[] }
  | RepeatNode
  | { readonly kind: 'rule'; readonly rule: Rule };

export interface RepeatNode {
  readonly kind: 'repeat';
  readonly item: ByteNode;
  /** 0 where the item may be empty. */
  min: number;
  readonly max: number;
  itemMayBeEmpty: boolean;
}

export interface Rule {
  readonly name: string;
  body: ByteNode;
  mayBeEmpty: boolean;
}

/** @throws EngineError grammar-invalid: an undefined or left-recursive rule, an empty class, absurd sizes */
export function compileGrammar(grammar: Grammar): ByteNode {
  return new Compiler(grammar).root();
}

/** What any failed check of a grammar throws. */
export function grammarInvalid(path: string, got: string): EngineError {
  return new EngineError('grammar-invalid', `The grammar has ${got}, at ${path}.`, {
    hint: 'It comes from the persona: check its emotion labels and the parameters of its actions.',
  });
}

class Compiler {
  readonly #grammar: Grammar;
  readonly #rules: Map<string, Rule>;
  readonly #repeats: RepeatNode[] = [];
  /** Equal byte ranges are one node, so that equal states become one object. */
  readonly #ranges = new Map<string, ByteNode>();
  #nodes = 0;

  constructor(grammar: Grammar) {
    this.#grammar = grammar;
    const names = Object.keys(grammar.rules);
    if (names.length > MAX_RULES) throw grammarInvalid('rules', `${names.length} rules, over ${MAX_RULES}`);
    const body: ByteNode = { kind: 'sequence', items: [] };
    this.#rules = new Map(names.map((name) => [name, { name, body, mayBeEmpty: false }]));
  }

  root(): ByteNode {
    const root = this.#rules.get('root');
    if (!root) throw grammarInvalid('root', 'no such rule');
    for (const [name, rule] of this.#rules) rule.body = this.#compile(this.#grammar.rules[name]!, name, 0);
    this.#findEmpty();
    this.#refuseLeftRecursion();
    return { kind: 'rule', rule: root };
  }

  #compile(node: GrammarNode, path: string, depth: number): ByteNode {
    this.#charge(1, path);
    if (depth > MAX_DEPTH) throw grammarInvalid(path, `nodes nested deeper than ${MAX_DEPTH}`);
    const inner = (item: GrammarNode, i: number | string) => this.#compile(item, `${path}.${i}`, depth + 1);
    switch (node.type) {
      case 'literal': {
        const bytes = new TextEncoder().encode(node.text);
        this.#charge(bytes.length, path);
        return { kind: 'sequence', items: Array.from(bytes, (byte) => this.#range([byte, byte])) };
      }
      case 'chars':
        return this.#compileChars(node.ranges, node.negated ?? false, path);
      case 'sequence':
        return { kind: 'sequence', items: node.items.map(inner) };
      case 'alternatives':
        if (node.items.length === 0) throw grammarInvalid(path, 'no alternatives');
        return { kind: 'alternatives', items: node.items.map(inner) };
      case 'repeat': {
        const { min, max } = node;
        const valid = isCount(min) && (max === undefined || (isCount(max) && max >= min));
        if (!valid) throw grammarInvalid(path, `a repeat of ${min} to ${max} (at most ${MAX_REPEAT})`);
        const repeat: RepeatNode = {
          kind: 'repeat',
          item: inner(node.item, 'item'),
          min,
          max: max ?? Number.POSITIVE_INFINITY,
          itemMayBeEmpty: false,
        };
        this.#repeats.push(repeat);
        return repeat;
      }
      case 'reference': {
        const rule = this.#rules.get(node.rule);
        if (!rule) {
          throw grammarInvalid(path, `a reference to ${JSON.stringify(node.rule)}, which is no rule`);
        }
        return { kind: 'rule', rule };
      }
      default:
        throw grammarInvalid(path, `a node of type ${JSON.stringify((node as { type?: unknown }).type)}`);
    }
  }

  #compileChars(ranges: readonly (readonly [number, number])[], negated: boolean, path: string): ByteNode {
    this.#charge(ranges.length, path);
    const bad = ranges.find(([low, high]) => !(isCodePoint(low) && isCodePoint(high) && low <= high));
    if (bad) throw grammarInvalid(path, `the character range ${bad[0]} to ${bad[1]}`);
    const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
    // Lead bytes with the same continuation become one set: fewer branches to look at for each byte.
    const byTail = new Map<string, { set: Uint8Array; tail: ByteRange[] }>();
    for (const [low, high] of negated ? complement(sorted) : sorted) {
      for (const [lead, ...tail] of utf8Ranges(low, high)) {
        const key = tail.join();
        const group = byTail.get(key) ?? { set: new Uint8Array(256), tail };
        group.set.fill(1, lead![0], lead![1] + 1);
        byTail.set(key, group);
      }
    }
    if (byTail.size === 0) throw grammarInvalid(path, 'an empty character class');
    const items = [...byTail.values()].map(({ set, tail }): ByteNode => {
      const lead: ByteNode = { kind: 'byte', set };
      return tail.length === 0
        ? lead
        : { kind: 'sequence', items: [lead, ...tail.map((range) => this.#range(range))] };
    });
    return items.length === 1 ? items[0]! : { kind: 'alternatives', items };
  }

  #range(range: ByteRange): ByteNode {
    const key = range.join();
    const node = this.#ranges.get(key) ?? {
      kind: 'byte',
      set: new Uint8Array(256).fill(1, range[0], range[1] + 1),
    };
    this.#ranges.set(key, node);
    return node;
  }

  #charge(nodes: number, path: string): void {
    this.#nodes += nodes;
    if (this.#nodes > MAX_NODES) throw grammarInvalid(path, `more than ${MAX_NODES} nodes and literal bytes`);
  }

  /** To a fixed point, since rules may refer to each other in any order. */
  #findEmpty(): void {
    for (let changed = true; changed; ) {
      changed = false;
      for (const rule of this.#rules.values()) {
        if (!rule.mayBeEmpty && mayBeEmpty(rule.body)) {
          rule.mayBeEmpty = true;
          changed = true;
        }
      }
    }
    for (const repeat of this.#repeats) {
      repeat.itemMayBeEmpty = mayBeEmpty(repeat.item);
      if (repeat.itemMayBeEmpty) repeat.min = 0;
    }
  }

  /** A rule that can come back to itself without a byte would expand for ever. */
  #refuseLeftRecursion(): void {
    const open = new Map<Rule, Set<Rule>>();
    for (const rule of this.#rules.values()) {
      const left = new Set<Rule>();
      collectLeft(rule.body, left);
      open.set(rule, left);
    }
    // Takes away rules that begin with no rule left; those on a cycle stay.
    for (let changed = true; changed; ) {
      changed = false;
      for (const [rule, left] of open) {
        if ([...left].every((other) => !open.has(other))) {
          open.delete(rule);
          changed = true;
        }
      }
    }
    for (const rule of open.keys()) {
      if (reaches(rule, rule, open)) throw grammarInvalid(rule.name, 'left recursion');
    }
  }
}

/** Whether `rule` comes back to `goal` along the rules that may stand first. */
function reaches(rule: Rule, goal: Rule, left: ReadonlyMap<Rule, ReadonlySet<Rule>>): boolean {
  const seen = new Set<Rule>();
  const todo = [rule];
  for (let next = todo.pop(); next; next = todo.pop()) {
    for (const other of left.get(next) ?? []) {
      if (other === goal) return true;
      if (!seen.has(other)) todo.push(other);
      seen.add(other);
    }
  }
  return false;
}

function mayBeEmpty(node: ByteNode): boolean {
  switch (node.kind) {
    case 'byte':
      return false;
    case 'sequence':
      return node.items.every(mayBeEmpty);
    case 'alternatives':
      return node.items.some(mayBeEmpty);
    case 'repeat':
      return node.min === 0 || mayBeEmpty(node.item);
    case 'rule':
      return node.rule.mayBeEmpty;
  }
}

/** Adds the rules that may stand first in `node`. */
function collectLeft(node: ByteNode, out: Set<Rule>): void {
  switch (node.kind) {
    case 'byte':
      break;
    case 'sequence':
      for (const item of node.items) {
        collectLeft(item, out);
        if (!mayBeEmpty(item)) return;
      }
      break;
    case 'alternatives':
      for (const item of node.items) collectLeft(item, out);
      break;
    case 'repeat':
      collectLeft(node.item, out);
      break;
    case 'rule':
      out.add(node.rule);
      break;
  }
}

function complement(sorted: readonly (readonly [number, number])[]): [number, number][] {
  const out: [number, number][] = [];
  let from = 0;
  for (const [low, high] of sorted) {
    if (low > from) out.push([from, low - 1]);
    from = Math.max(from, high + 1);
  }
  if (from <= MAX_CODE_POINT) out.push([from, MAX_CODE_POINT]);
  return out;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_REPEAT;
}

function isCodePoint(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_CODE_POINT;
}
