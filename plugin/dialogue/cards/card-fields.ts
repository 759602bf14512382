/** Fields of a card, which may hold anything, as the types that a persona needs. */

import { isRecord } from '../is-record.js';
import type { BookEntry } from '../persona/types.js';

export type Fields = Readonly<Record<string, unknown>>;
export type Example = { readonly player: string; readonly npc: string };

/** Longest text of a persona. */
const MAX_TEXT = 2000;
const MAX_KEYS = 30;
const MAX_KEY = 100;
export const MAX_ENTRIES = 500;
const MAX_EXAMPLES = 12;

/** On one line, with the names in place of their macros; cut at a sentence where it is too long for a persona. */
export function textOf(value: unknown, name: string): string {
  if (typeof value !== 'string') return '';
  const filled = value
    .replace(/\{\{char\}\}|<bot>/gi, () => name)
    .replace(/\{\{user\}\}|<user>/gi, 'the player')
    // One of several: a persona says the same each time.
    .replace(/\{\{(?:random|pick)\s*:{1,2}\s*([^{},]*)[^{}]*\}\}/gi, '$1')
    // Comments and macros of other programs mean nothing here.
    .replace(/\{\{[^{}]*\}\}/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (filled.length <= MAX_TEXT) return filled;
  const cut = filled.slice(0, MAX_TEXT);
  return /^.*[.!?…]["'”)]?(?=\s)/s.exec(cut)?.[0] ?? cut;
}

export function textsOf(value: unknown, name: string): string[] {
  return Array.isArray(value) ? value.map((item) => textOf(item, name)).filter(Boolean) : [];
}

/** Exchanges of `mes_example`: blocks behind `<START>`, in which the player's turn is followed by the character's. */
export function examplesOf(value: unknown, name: string): Example[] {
  if (typeof value !== 'string') return [];
  return value
    .split(/<start>/i)
    .flatMap((block) => {
      // No line breaks in the space: a million empty lines would be tried a million times each.
      const turns = block.split(/^[ \t]*(?=(?:\{\{(?:user|char)\}\}|<(?:user|bot)>)\s*:)/im);
      const said = turns.flatMap((turn) => {
        const [, who, text] = /^(\{\{user\}\}|\{\{char\}\}|<user>|<bot>)\s*:([\s\S]*)$/i.exec(turn) ?? [];
        const line = textOf(text, name);
        return who && line !== '' ? [{ isPlayer: /user/i.test(who), line }] : [];
      });
      return said.flatMap(({ isPlayer, line }, i) => {
        const next = said[i + 1];
        return isPlayer && next && !next.isPlayer ? [{ player: line, npc: next.line }] : [];
      });
    })
    .slice(0, MAX_EXAMPLES);
}

/** Entries as they stand in a character book, a V3 lorebook or world info. */
export function bookEntries(value: unknown): Fields[] {
  if (!isRecord(value)) return [];
  const { entries } = value;
  const list = Array.isArray(entries) ? entries : isRecord(entries) ? Object.values(entries) : [];
  return list.filter(isRecord);
}

export function isEnabled({ enabled, disable }: Fields): boolean {
  return enabled !== false && disable !== true;
}

export function keysOf({ keys, key }: Fields): string[] {
  const list = keys ?? key;
  return Array.isArray(list) ? list.filter((item): item is string => typeof item === 'string') : [];
}

/** Whether a key is a regular expression: they come from anywhere, and one of them can hang the game. */
export function isPattern(entry: Fields, key: string): boolean {
  return entry.use_regex === true || /^\/.*\/[a-z]*$/s.test(key);
}

/** Enabled entries for a persona, without keys that are regular expressions. */
export function bookOf(value: unknown, name: string): BookEntry[] {
  return bookEntries(value)
    .filter(isEnabled)
    .flatMap((entry) => {
      const text = textOf(withoutDecorators(entry.content), name);
      if (text === '') return [];
      const keys = textsOf(
        keysOf(entry).filter((key) => !isPattern(entry, key)),
        name,
      )
        .filter((key) => key.length <= MAX_KEY)
        .slice(0, MAX_KEYS);
      const order = Number(entry.priority ?? entry.insertion_order ?? entry.order ?? 0);
      const priority = Math.max(0, Math.min(100, Number.isFinite(order) ? order : 0));
      return [
        {
          text,
          ...(keys.length > 0 ? { keys } : {}),
          ...(entry.constant === true ? { constant: true } : {}),
          ...(priority > 0 ? { priority } : {}),
        },
      ];
    })
    .slice(0, MAX_ENTRIES);
}

/** V3 entries may begin with lines such as `@@depth 4`, which tell other programs where they go. */
function withoutDecorators(content: unknown): unknown {
  return typeof content === 'string' ? content.replace(/^(?:[ \t]*@@[^\n]*(?:\n|$))+/, '') : content;
}
