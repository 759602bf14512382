/** Fields of a card, which may hold anything, as the types that a persona needs. */

import { isRecord } from '../is-record.js';
import type { BookEntry } from '../persona/types.js';
import { MAX_ENTRIES, MAX_EXAMPLES, MAX_KEY, MAX_KEYS, MAX_TEXT } from './limits.js';

export type Fields = Readonly<Record<string, unknown>>;
export type Example = { readonly player: string; readonly npc: string };

/** On one line, with the names in place of their macros; cut at a sentence where it is too long for a persona. */
export function textOf(value: unknown, name: string): string {
  if (typeof value !== 'string') return '';
  const filled = value
    .replace(/\{\{char\}\}|<bot>/gi, () => name)
    .replace(/\{\{user\}\}|<user>/gi, 'the player')
    // The first choice, so that the same card always makes the same persona.
    .replace(/\{\{(?:random|pick)::?([^{}]*)\}\}/gi, (_, choices: string) => choices.split(/::|,/)[0] ?? '')
    // Comments, hidden keys and macros of other programs mean nothing here.
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

/** Entries of a book as they stand there. */
export function rawEntries(value: unknown): Fields[] {
  const entries = isRecord(value) ? value.entries : undefined;
  const list = Array.isArray(entries) ? entries : isRecord(entries) ? Object.values(entries) : [];
  return list.filter(isRecord);
}

export const isEnabled = ({ enabled, disable }: Fields): boolean => enabled !== false && disable !== true;

export const keysOf = ({ keys, key }: Fields, name: string): string[] => textsOf(keys ?? key, name);

export const isPattern = (entry: Fields, key: string): boolean =>
  entry.use_regex === true || /^\/.*\/[a-z]*$/s.test(key);

/** Lines such as `@@depth 4` at the beginning of an entry; they are for other programs. */
export const DECORATORS = /^\s*(?:@@[^\n]*(?:\n\s*|$))+/;

/** What a persona is told of an entry. */
export function contentOf({ content }: Fields, name: string): string {
  return typeof content === 'string' ? textOf(content.replace(DECORATORS, ''), name) : '';
}

/**
 * Entries of a character book, of a V3 lorebook, or of world info. Keys that are regular expressions are left out: they
 * come from anywhere, and one of them can hang the game.
 */
export function bookOf(value: unknown, name: string): BookEntry[] {
  return rawEntries(value)
    .filter(isEnabled)
    .flatMap((entry) => {
      const text = contentOf(entry, name);
      if (text === '') return [];
      const keys = keysOf(entry, name)
        .filter((key) => !isPattern(entry, key) && key.length <= MAX_KEY)
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
