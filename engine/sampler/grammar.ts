/**
 * A grammar over text, compiled to a machine over UTF-8 bytes and walked as a set of states.
 * A state is what may still come: a linked list of nodes, shared and built only where the walk gets to.
 */
import { EngineError, type Grammar, type GrammarNode } from '../protocol.js';
import { utf8Ranges } from './utf8-ranges.js';

/** A grammar is written by a program for one answer; real ones have a few hundred nodes. */
const MAX_NODES = 20_000;
const MAX_REPEAT = 100_000;
const MAX_CODE_POINT = 0x10ffff;
/** States at once; an ambiguous grammar could grow them without end. */
const MAX_STATES = 4096;

type Node =
  | { readonly kind: 'byte'; readonly low: number; readonly high: number }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'alternatives'; readonly items: readonly Node[] }
  | { readonly kind: 'repeat'; readonly item: Node; readonly min: number; readonly max: number }
  | { readonly kind: 'rule'; readonly rule: Rule };

interface Rule {
  readonly name: string;
  body: Node | undefined;
}

/** What is still to come: a node (a repeat with its count so far), then the rest. */
class State {
  readonly node: Node;
  readonly count: number;
  readonly next: State | null;
  /** States after this node's completion, by node and count: equal states are one object. */
  readonly #before = new Map<Node, Map<number, State>>();
  #open: Open | undefined;

  constructor(node: Node, count: number, next: State | null) {
    this.node = node;
    this.count = count;
    this.next = next;
  }

  /** The one state that has `node` before this one. */
  precededBy(node: Node, count: number): State {
    const counts = this.#before.get(node) ?? new Map<number, State>();
    this.#before.set(node, counts);
    const state = counts.get(count) ?? new State(node, count, this);
    counts.set(count, state);
    return state;
  }

  /** The byte nodes that may come first, and whether nothing need come. */
  get open(): Open {
    this.#open ??= expand(this);
    return this.#open;
  }
}

interface Open {
  readonly leaves: readonly State[];
  readonly canEnd: boolean;
}

/** Ends every list; its node is never matched. */
const END_NODE: Node = { kind: 'sequence', items: [] };

function expand(start: State): Open {
  const leaves = new Set<State>();
  const seen = new Set<State>();
  let canEnd = false;
  const visit = (state: State): void => {
    if (seen.has(state)) return;
    seen.add(state);
    if (seen.size > MAX_STATES) throw invalid('root', `more than ${MAX_STATES} states at once`);
    const { node, next } = state;
    if (node === END_NODE) {
      canEnd = true;
      return;
    }
    const rest = next!;
    switch (node.kind) {
      case 'byte':
        leaves.add(state);
        break;
      case 'sequence':
        visit(node.items.reduceRight((after, item) => after.precededBy(item, 0), rest));
        break;
      case 'alternatives':
        for (const item of node.items) visit(rest.precededBy(item, 0));
        break;
      case 'repeat': {
        if (state.count >= node.min) visit(rest);
        if (state.count < node.max) {
          // Past the minimum, an unbounded repeat need not count.
          const count =
            node.max === Number.POSITIVE_INFINITY ? Math.min(state.count + 1, node.min) : state.count + 1;
          visit(rest.precededBy(node, count).precededBy(node.item, 0));
        }
        break;
      }
      case 'rule':
        visit(rest.precededBy(node.rule.body!, 0));
        break;
    }
  };
  visit(start);
  return { leaves: [...leaves], canEnd };
}

/** Where a walk through a grammar stands; cheap to copy. */
export class GrammarWalker {
  #leaves: readonly State[];
  #canEnd: boolean;
  #firstBytes: Uint8Array | undefined;

  private constructor(leaves: readonly State[], canEnd: boolean) {
    this.#leaves = leaves;
    this.#canEnd = canEnd;
  }

  /** @throws EngineError grammar-invalid: an undefined or left-recursive rule, an empty class, absurd sizes */
  static start(grammar: Grammar): GrammarWalker {
    const root = compile(grammar);
    const end = new State(END_NODE, 0, null);
    const { leaves, canEnd } = end.precededBy(root, 0).open;
    return new GrammarWalker(leaves, canEnd);
  }

  /** Whether the text so far is complete. */
  get canEnd(): boolean {
    return this.#canEnd;
  }

  /** 1 for every byte that may come next; u8[256]. */
  get firstBytes(): Uint8Array {
    if (!this.#firstBytes) {
      this.#firstBytes = new Uint8Array(256);
      for (const { node } of this.#leaves) {
        if (node.kind === 'byte') this.#firstBytes.fill(1, node.low, node.high + 1);
      }
    }
    return this.#firstBytes;
  }

  /** Whether these bytes may come next, in whole; moves nothing. */
  accepts(bytes: Uint8Array): boolean {
    return follow(this.#leaves, bytes).leaves !== undefined;
  }

  /** Moves past bytes that `accepts` took. */
  advance(bytes: Uint8Array): void {
    const { leaves, canEnd } = follow(this.#leaves, bytes);
    if (!leaves) throw new RangeError('The grammar does not accept these bytes.');
    this.#leaves = leaves;
    if (bytes.length > 0) this.#canEnd = canEnd;
    this.#firstBytes = undefined;
  }

  clone(): GrammarWalker {
    return new GrammarWalker(this.#leaves, this.#canEnd);
  }
}

function follow(
  start: readonly State[],
  bytes: Uint8Array,
): { leaves: readonly State[] | undefined; canEnd: boolean } {
  let leaves = start;
  let canEnd = false;
  for (const byte of bytes) {
    const opens: Open[] = [];
    for (const { node, next } of leaves) {
      if (node.kind === 'byte' && byte >= node.low && byte <= node.high) opens.push(next!.open);
    }
    if (opens.length === 0) return { leaves: undefined, canEnd: false };
    canEnd = opens.some((open) => open.canEnd);
    leaves = opens.length === 1 ? opens[0]!.leaves : [...new Set(opens.flatMap((open) => open.leaves))];
    if (leaves.length > MAX_STATES) throw invalid('root', `more than ${MAX_STATES} states at once`);
  }
  return { leaves, canEnd };
}

function compile(grammar: Grammar): Node {
  const rules = new Map<string, Rule>(
    Object.keys(grammar.rules).map((name) => [name, { name, body: undefined }]),
  );
  const budget = { nodes: MAX_NODES };
  for (const [name, rule] of rules) rule.body = compileNode(grammar.rules[name]!, name, rules, budget);
  const root = rules.get('root');
  if (!root) throw invalid('root', 'no such rule');
  for (const rule of rules.values()) checkLeftRecursion(rule, new Set());
  return { kind: 'rule', rule: root };
}

function compileNode(
  node: GrammarNode,
  path: string,
  rules: ReadonlyMap<string, Rule>,
  budget: { nodes: number },
): Node {
  if (--budget.nodes < 0) throw invalid(path, `more than ${MAX_NODES} nodes`);
  const inner = (item: GrammarNode, i: number | string) => compileNode(item, `${path}.${i}`, rules, budget);
  switch (node.type) {
    case 'literal':
      return {
        kind: 'sequence',
        items: Array.from(new TextEncoder().encode(node.text), (byte) => ({
          kind: 'byte',
          low: byte,
          high: byte,
        })),
      };
    case 'chars':
      return compileChars(node.ranges, node.negated ?? false, path);
    case 'sequence':
      return { kind: 'sequence', items: node.items.map(inner) };
    case 'alternatives':
      if (node.items.length === 0) throw invalid(path, 'no alternatives');
      return { kind: 'alternatives', items: node.items.map(inner) };
    case 'repeat': {
      const { min, max = Number.POSITIVE_INFINITY } = node;
      if (!(Number.isInteger(min) && min >= 0 && min <= MAX_REPEAT && max >= Math.max(min, 1))) {
        throw invalid(path, `a repeat of ${min} to ${max}`);
      }
      const item = inner(node.item, 'item');
      if (isNullable(item)) throw invalid(path, 'a repeat of what may be empty');
      return { kind: 'repeat', item, min, max };
    }
    case 'reference': {
      const rule = rules.get(node.rule);
      if (!rule) throw invalid(path, `a reference to ${JSON.stringify(node.rule)}, which is no rule`);
      return { kind: 'rule', rule };
    }
    default:
      throw invalid(path, `a node of type ${JSON.stringify((node as { type?: unknown }).type)}`);
  }
}

function compileChars(ranges: readonly (readonly [number, number])[], negated: boolean, path: string): Node {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const bad = sorted.find(([low, high]) => !(low >= 0 && low <= high && high <= MAX_CODE_POINT));
  if (bad) throw invalid(path, `the character range ${bad[0]} to ${bad[1]}`);
  let wanted = sorted;
  if (negated) {
    wanted = [];
    let from = 0;
    for (const [low, high] of sorted) {
      if (low > from) wanted.push([from, low - 1]);
      from = Math.max(from, high + 1);
    }
    if (from <= MAX_CODE_POINT) wanted.push([from, MAX_CODE_POINT]);
  }
  const items = wanted
    .flatMap(([low, high]) => utf8Ranges(low, high))
    .map((bytes): Node => {
      const nodes = bytes.map(([low, high]): Node => ({ kind: 'byte', low, high }));
      return nodes.length === 1 ? nodes[0]! : { kind: 'sequence', items: nodes };
    });
  if (items.length === 0) throw invalid(path, 'an empty character class');
  return { kind: 'alternatives', items };
}

/** Rules that are still being compiled count as not empty; a repeat over a rule is checked once more on the way. */
function isNullable(node: Node, open = new Set<Rule>()): boolean {
  switch (node.kind) {
    case 'byte':
      return false;
    case 'sequence':
      return node.items.every((item) => isNullable(item, open));
    case 'alternatives':
      return node.items.some((item) => isNullable(item, open));
    case 'repeat':
      return node.min === 0 || isNullable(node.item, open);
    case 'rule': {
      if (open.has(node.rule) || !node.rule.body) return false;
      return isNullable(node.rule.body, new Set([...open, node.rule]));
    }
  }
}

/** A rule that can come back to itself without a byte would expand for ever. */
function checkLeftRecursion(rule: Rule, open: Set<Rule>): void {
  if (open.has(rule)) throw invalid(rule.name, 'left recursion');
  const inside = new Set([...open, rule]);
  const visit = (node: Node): void => {
    switch (node.kind) {
      case 'sequence':
        for (const item of node.items) {
          visit(item);
          if (!isNullable(item)) return;
        }
        break;
      case 'alternatives':
        for (const item of node.items) visit(item);
        break;
      case 'repeat':
        if (isNullable(node.item)) throw invalid(rule.name, 'a repeat of what may be empty');
        visit(node.item);
        break;
      case 'rule':
        checkLeftRecursion(node.rule, inside);
        break;
    }
  };
  visit(rule.body!);
}

function invalid(path: string, got: string): EngineError {
  return new EngineError('grammar-invalid', `The grammar has ${got}, at ${path}.`);
}
