/** What of a card no persona acts on, said in short for whoever imports it. All of it stays in the persona, with the card. */
import { isRecord } from '../is-record.js';
import { bookEntries, isEnabled, isPattern, keysOf, MAX_ENTRIES } from './card-fields.js';
import type { Card } from './read-card.js';

/** Short phrases; empty where all was taken. */
export function leftAside({ kind, data }: Card): string[] {
  const entries = bookEntries(kind === 'lorebook' || kind === 'world-info' ? data : data.character_book);
  const open = entries.filter(isEnabled);
  const counted = (count: number, what: string) => (count > 0 ? [`${count} ${what}`] : []);
  const filled = (value: unknown) =>
    Array.isArray(value) || typeof value === 'string' ? value.length > 0 : false;
  return [
    ...counted(entries.length - open.length, 'entries that are switched off'),
    ...counted(open.length - MAX_ENTRIES, `entries over the ${MAX_ENTRIES} that a persona holds`),
    ...counted(
      open.flatMap((entry) => keysOf(entry).filter((key) => isPattern(entry, key))).length,
      'keys that are regular expressions',
    ),
    ...counted(
      open.filter((entry) => filled(entry.secondary_keys ?? entry.keysecondary)).length,
      'entries with second keys, which are called up by the first ones alone',
    ),
    ...(filled(data.system_prompt) ? ['the system prompt'] : []),
    ...(filled(data.post_history_instructions) ? ['the instructions behind the talk'] : []),
    ...(Array.isArray(data.assets) && data.assets.some(isRecord)
      ? ['pictures, of which none is fetched']
      : []),
  ];
}
