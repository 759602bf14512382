/** A grammar in words, for a model behind a server that keeps to none: it is asked for the form, and dialogue checks. */
import type { Grammar, GrammarNode } from '../engine-port.js';

const ANY = '…';

/** What stands behind the player's line. */
export function askForForm(grammar: Grammar): string {
  const form = sketch(grammar.rules.root!, grammar).replace(/…+/g, ANY);
  return `\n\n(Answer in this form and say nothing else; ${ANY} stands for one or two short sentences in character, (a|b) for one of these, ()? may be left out:)\n${form}`;
}

function sketch(node: GrammarNode, grammar: Grammar): string {
  switch (node.type) {
    case 'literal':
      return node.text;
    case 'chars':
      return ANY;
    case 'sequence':
      return node.items.map((item) => sketch(item, grammar)).join('');
    case 'alternatives':
      return `(${node.items.map((item) => sketch(item, grammar)).join('|')})`;
    case 'repeat': {
      const item = sketch(node.item, grammar);
      return node.min === 0 && item.replaceAll(ANY, '') !== '' ? `(${item})?` : item;
    }
    case 'reference':
      return sketch(grammar.rules[node.rule]!, grammar);
  }
}
