/** What of a card enters no persona, in short lines for whoever imports it. */
import {
  contentOf,
  DECORATORS,
  type Fields,
  isEnabled,
  isPattern,
  keysOf,
  rawEntries,
} from './card-fields.js';
import { MAX_ENTRIES } from './limits.js';
import type { Card } from './read-card.js';

export function leftAside({ kind, data }: Card): string[] {
  const isBook = kind === 'lorebook' || kind === 'world-info';
  const all = rawEntries(isBook ? data : data.character_book);
  const enabled = all.filter(isEnabled);
  const usable = enabled.filter((entry) => contentOf(entry, '') !== '');
  const patterns = enabled.flatMap((entry) => keysOf(entry, '').filter((key) => isPattern(entry, key)));
  const decorated = enabled.filter(({ content }) => typeof content === 'string' && DECORATORS.test(content));
  const counted: [number, string][] = [
    [all.length - enabled.length, 'entries that are switched off'],
    [enabled.length - usable.length, 'entries without text'],
    [usable.length - MAX_ENTRIES, `entries over the limit of ${MAX_ENTRIES}`],
    [patterns.length, 'keys that are regular expressions'],
    [enabled.filter(hasSecondaryKeys).length, 'entries have secondary keys, which are not asked for'],
    [decorated.length, 'entries have decorators (@@)'],
    [Array.isArray(data.assets) ? data.assets.length : 0, 'assets, which are not fetched'],
  ];
  const instructions: [unknown, string][] = [
    [data.system_prompt, 'the system prompt'],
    [data.post_history_instructions, 'the post-history instructions'],
  ];
  return [
    ...counted.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`),
    ...instructions.filter(([text]) => typeof text === 'string' && text !== '').map(([, what]) => what),
  ];
}

function hasSecondaryKeys({ secondary_keys, keysecondary }: Fields): boolean {
  const keys = secondary_keys ?? keysecondary;
  return Array.isArray(keys) && keys.length > 0;
}
