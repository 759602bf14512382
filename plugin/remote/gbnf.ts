/** Grammars as llama.cpp and vLLM read them. @source llama.cpp grammars/README.md */
import type { Grammar, GrammarNode } from '../engine-port.js';

/** @returns the rules as GBNF; rule names become what that allows */
export function toGbnf({ rules }: Grammar): string {
  const names = new Map(
    Object.keys(rules).map((name, i) => [name, name === 'root' ? name : `rule-${i}`] as const),
  );
  return Object.entries(rules)
    .map(([name, node]) => `${names.get(name)} ::= ${render(node, names)}\n`)
    .join('');
}

/** The grammar of all that begins with a text and goes on as `grammar` has it. */
export function behind(text: string, { rules }: Grammar): Grammar {
  const items: GrammarNode[] = [{ type: 'literal', text }, rules.root!];
  return { rules: { ...rules, root: { type: 'sequence', items } } };
}

function render(node: GrammarNode, names: ReadonlyMap<string, string>): string {
  switch (node.type) {
    case 'literal':
      return `"${escaped(node.text, /["\\]/)}"`;
    case 'chars': {
      const ranges = node.ranges.map(([from, to]) =>
        from === to ? charOf(from) : `${charOf(from)}-${charOf(to)}`,
      );
      return `[${node.negated ? '^' : ''}${ranges.join('')}]`;
    }
    case 'sequence':
      return node.items.length === 0 ? '""' : `(${node.items.map((item) => render(item, names)).join(' ')})`;
    case 'alternatives':
      return `(${node.items.map((item) => render(item, names)).join(' | ')})`;
    case 'repeat':
      return `(${render(node.item, names)})${timesOf(node.min, node.max)}`;
    case 'reference':
      return names.get(node.rule) ?? node.rule;
  }
}

function timesOf(min: number, max: number | undefined): string {
  if (max === undefined) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  return min === 0 && max === 1 ? '?' : `{${min},${max}}`;
}

/** A character of a class; zero is the end of a text there, and in none. */
function charOf(code: number): string {
  return escaped(String.fromCodePoint(Math.max(1, code)), /[-\]\\[^]/);
}

function escaped(text: string, special: RegExp): string {
  return Array.from(text, (char) => {
    const code = char.codePointAt(0)!;
    if (char === '\n') return '\\n';
    if (special.test(char) && /["\\[\]]/.test(char)) return `\\${char}`;
    if (code < 32 || code === 127 || special.test(char)) return `\\x${hex(code, 2)}`;
    if (code < 127) return char;
    return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
  }).join('');
}

function hex(code: number, digits: number): string {
  return code.toString(16).toUpperCase().padStart(digits, '0');
}
