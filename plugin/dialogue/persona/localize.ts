/** A persona in another language: the fields that its file overrides for a locale. */

import { isRecord } from '../is-record.js';
import type { Persona } from './types.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The persona with the overrides of the locale: `de-AT` takes those, else those of `de`, else none. Objects are merged
 * field by field; of lists whose entries have ids, entries with the same id; any other list is replaced.
 * @param locale a BCP 47 tag
 */
export function localizePersona(persona: Persona, locale: string): Persona {
  const { i18n = {}, ...base } = persona;
  const tags = Object.keys(i18n);
  const parts = locale.toLowerCase().split(/[-_]/);
  for (let length = parts.length; length > 0; length--) {
    const wanted = parts.slice(0, length).join('-');
    const tag = tags.find((name) => name.toLowerCase().replaceAll('_', '-') === wanted);
    if (tag !== undefined) return merged(base, i18n[tag]!) as unknown as Persona;
  }
  return persona;
}

/** @returns a new object; neither of the two is changed */
export function merged(base: Fields, over: Fields): Fields {
  const entries = Object.entries(over).map(([key, value]): [string, unknown] => {
    const before = Object.hasOwn(base, key) ? base[key] : undefined;
    if (isRecord(before) && isRecord(value)) return [key, merged(before, value)];
    if (Array.isArray(before) && Array.isArray(value)) return [key, mergedList(before, value)];
    return [key, value];
  });
  return { ...base, ...Object.fromEntries(entries) };
}

function mergedList(before: readonly unknown[], over: readonly unknown[]): readonly unknown[] {
  const idOf = (item: unknown) => (isRecord(item) ? (item.id ?? item.name) : undefined);
  if (![...before, ...over].every((item) => typeof idOf(item) === 'string')) return over;
  const byId = new Map(over.map((item) => [idOf(item), item as Fields]));
  const kept = before.map((item) => {
    const change = byId.get(idOf(item));
    byId.delete(idOf(item));
    return change ? merged(item as Fields, change) : item;
  });
  return [...kept, ...byId.values()];
}
