/**
 * Walks a grammar byte by byte. A state is what may still come: a linked list of nodes, shared and built only where
 * the walk gets to. A position is the set of states that a text leads to; its steps are remembered, so that looking
 * at thousands of pieces costs one table look-up a byte.
 */
import type { Grammar } from '../protocol.js';
import { type ByteNode, compileGrammar, grammarInvalid } from './compile-grammar.js';

/** States at once; an ambiguous grammar could grow them without end. */
const MAX_STATES = 4096;

/** What is still to come: a node (a repeat with its count so far), then the rest. */
class State {
  readonly id: number;
  readonly node: ByteNode;
  readonly count: number;
  readonly next: State | null;
  readonly #ids: { next: number };
  /** States with a node more in front, by node and count: equal states are one object. */
  readonly #before = new Map<ByteNode, Map<number, State>>();
  #position: Position | undefined;

  constructor(ids: { next: number }, node: ByteNode, count: number, next: State | null) {
    this.#ids = ids;
    this.id = ids.next++;
    this.node = node;
    this.count = count;
    this.next = next;
  }

  /** The one state that has `node` before this one. */
  precededBy(node: ByteNode, count = 0): State {
    const counts = this.#before.get(node) ?? new Map<number, State>();
    this.#before.set(node, counts);
    const state = counts.get(count) ?? new State(this.#ids, node, count, this);
    counts.set(count, state);
    return state;
  }

  get position(): Position {
    this.#position ??= expand(this);
    return this.#position;
  }
}

/** Ends every list; its node is never matched. */
const END_NODE: ByteNode = { kind: 'sequence', items: [] };

/** Where a text leads to: the byte states that may come next, and whether nothing need come. */
class Position {
  readonly leaves: readonly State[];
  readonly canEnd: boolean;
  /** By byte: null where it may not come, undefined where nobody asked yet. */
  readonly #steps: (Position | null | undefined)[] = new Array(256).fill(undefined);
  /** Positions of several states at once that were reached from here, by their ids. */
  readonly #merged = new Map<string, Position>();
  #firstBytes: Uint8Array | undefined;

  constructor(leaves: readonly State[], canEnd: boolean) {
    this.leaves = leaves;
    this.canEnd = canEnd;
  }

  step(byte: number): Position | null {
    const known = this.#steps[byte];
    if (known !== undefined) return known;
    const position = this.#findStep(byte);
    this.#steps[byte] = position;
    return position;
  }

  /** 1 for every byte that may come next; u8[256]. */
  get firstBytes(): Uint8Array {
    if (!this.#firstBytes) {
      this.#firstBytes = new Uint8Array(256);
      for (const { node } of this.leaves) {
        if (node.kind === 'byte') for (let i = 0; i < 256; i++) this.#firstBytes[i]! |= node.set[i]!;
      }
    }
    return this.#firstBytes;
  }

  #findStep(byte: number): Position | null {
    const nexts = new Set<State>();
    for (const { node, next } of this.leaves) {
      if (node.kind === 'byte' && node.set[byte] === 1) nexts.add(next!);
    }
    if (nexts.size === 0) return null;
    const states = [...nexts];
    if (states.length === 1) return states[0]!.position;
    const key = states.map(({ id }) => id).join();
    const merged = this.#merged.get(key) ?? merge(states);
    this.#merged.set(key, merged);
    return merged;
  }
}

function merge(states: readonly State[]): Position {
  const leaves = new Set(states.flatMap(({ position }) => position.leaves));
  if (leaves.size > MAX_STATES) throw tooManyStates();
  const canEnd = states.some(({ position }) => position.canEnd);
  // Often all but one state add nothing (an end inside a text): then its own steps are known already.
  const same = states.find(({ position }) => position.leaves.length === leaves.size);
  if (same && same.position.canEnd === canEnd) return same.position;
  return new Position([...leaves], canEnd);
}

function expand(start: State): Position {
  const leaves: State[] = [];
  const seen = new Set<State>();
  /** Repeats of items that may be empty, by what follows: a second round without a byte would add nothing. */
  const rounds = new Map<State, Set<ByteNode>>();
  let canEnd = false;
  const todo = [start];
  for (let state = todo.pop(); state; state = todo.pop()) {
    if (seen.has(state)) continue;
    seen.add(state);
    if (seen.size > MAX_STATES) throw tooManyStates();
    const { node, next: rest } = state;
    if (rest === null) {
      canEnd = true;
      continue;
    }
    switch (node.kind) {
      case 'byte':
        leaves.push(state);
        break;
      case 'sequence':
        todo.push(node.items.reduceRight((after, item) => after.precededBy(item), rest));
        break;
      case 'alternatives':
        for (const item of node.items) todo.push(rest.precededBy(item));
        break;
      case 'repeat': {
        if (state.count >= node.min) todo.push(rest);
        const begun = rounds.get(rest) ?? new Set<ByteNode>();
        if (state.count >= node.max || begun.has(node)) break;
        if (node.itemMayBeEmpty) rounds.set(rest, begun.add(node));
        // Past the minimum, an unbounded repeat need not count.
        const unbounded = node.max === Number.POSITIVE_INFINITY;
        const count = unbounded ? Math.min(state.count + 1, node.min) : state.count + 1;
        todo.push(rest.precededBy(node, count).precededBy(node.item));
        break;
      }
      case 'rule':
        todo.push(rest.precededBy(node.rule.body));
        break;
    }
  }
  return new Position(leaves, canEnd);
}

function tooManyStates() {
  return grammarInvalid('root', `more than ${MAX_STATES} ways to go on at once`);
}

/** Where a walk through a grammar stands; cheap to copy. */
export class GrammarWalker {
  #position: Position;

  private constructor(position: Position) {
    this.#position = position;
  }

  /** @throws EngineError grammar-invalid: an undefined or left-recursive rule, an empty class, absurd sizes */
  static start(grammar: Grammar): GrammarWalker {
    const end = new State({ next: 0 }, END_NODE, 0, null);
    return new GrammarWalker(end.precededBy(compileGrammar(grammar)).position);
  }

  /** Whether the text so far is complete. */
  get canEnd(): boolean {
    return this.#position.canEnd;
  }

  /** 1 for every byte that may come next; u8[256]. */
  get firstBytes(): Uint8Array {
    return this.#position.firstBytes;
  }

  /**
   * Whether `bytes` from `begin` to before `end` may come next, in whole; moves nothing.
   * @throws EngineError grammar-invalid: it is ambiguous in more than 4096 ways
   */
  accepts(bytes: Uint8Array, begin = 0, end = bytes.length): boolean {
    return follow(this.#position, bytes, begin, end) !== null;
  }

  /** Moves past bytes that `accepts` took. @throws RangeError they may not come */
  advance(bytes: Uint8Array): void {
    const position = follow(this.#position, bytes, 0, bytes.length);
    if (!position) throw new RangeError(`Got bytes ${bytes.join(' ')}; the grammar expects others.`);
    this.#position = position;
  }

  clone(): GrammarWalker {
    return new GrammarWalker(this.#position);
  }
}

function follow(start: Position, bytes: Uint8Array, begin: number, end: number): Position | null {
  let position: Position | null = start;
  for (let i = begin; i < end && position; i++) position = position.step(bytes[i]!);
  return position;
}
