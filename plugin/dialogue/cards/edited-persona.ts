/** What another program changed in a card that we exported, brought into the persona that stands in it. */
import { isRecord } from '../is-record.js';
import { parsePersona } from '../persona/parse-persona.js';
import type { Persona } from '../persona/types.js';
import type { Fields } from './card-fields.js';
import { CARD_KEY, fieldsOf, PARLEY_KEY } from './persona-fields.js';
import { personaToCard } from './persona-to-card.js';
import { type Card, readCard } from './read-card.js';

const same = (a: unknown, b: unknown) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

/** Other programs write keys in an order of their own, which is no edit. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}

/**
 * The persona, with what the card says otherwise than its export would: that was edited, and wins.
 * @throws DialogueError card-invalid: name or description were deleted; persona-invalid: an edit no persona may hold
 */
export function editedPersona(persona: Persona, card: Card): Persona {
  const written = readCard(JSON.stringify(personaToCard(persona)));
  const changed = (key: string) => !same(written.data[key], card.data[key]);
  if (same(withoutPersona(written), withoutPersona(card))) return persona;
  const now = fieldsOf(card);
  const { core, voice, dialogue, meta, extensions } = persona;
  const edited: Record<string, unknown> = {
    ...persona,
    // Unknown fields that came in are kept as those of any card are.
    extensions: { ...extensions, [CARD_KEY]: withoutPersona(card) },
  };
  if (changed('name')) edited.identity = { ...persona.identity, name: now.identity.name };
  if (changed('description') || changed('personality')) {
    const { description } = now.core;
    // Where the compact text was exported in place of a description, it is the one that was edited.
    edited.core =
      core.description === undefined ? { ...core, compact: description } : { ...core, description };
  }
  if (changed('scenario')) edited.scenario = now.scenario;
  if (changed('mes_example')) edited.voice = { ...voice, examples: now.voice?.examples };
  if (changed('first_mes') || changed('alternate_greetings')) {
    const own = new Map(
      dialogue?.greetings?.map((line) => [typeof line === 'string' ? line : line.text, line]),
    );
    const greetings = now.dialogue?.greetings?.map((line) => own.get(line as string) ?? line);
    edited.dialogue = { ...dialogue, greetings };
  }
  if (changed('character_book')) edited.knowledge = editedKnowledge(persona, written, now);
  if (['creator', 'creator_notes', 'tags'].some(changed)) {
    const { creator, notes, tags } = now.meta ?? {};
    edited.meta = { ...meta, creator, notes, tags };
  }
  // Once through JSON: what was deleted is undefined here, and no key in a persona.
  return parsePersona(JSON.parse(JSON.stringify(edited)), 'The persona in the card');
}

/** Facts and entries that stand as they were exported stay what they were, with all that a card cannot hold. */
function editedKnowledge(persona: Persona, written: Card, now: Omit<Persona, 'extensions'>): object {
  const { facts = [], book = [] } = persona.knowledge ?? {};
  const before = new Set(fieldsOf(written).knowledge?.book?.map((entry) => JSON.stringify(entry)));
  const entries = now.knowledge?.book ?? [];
  const texts = new Set(entries.filter((entry) => before.has(JSON.stringify(entry))).map(({ text }) => text));
  const keptFacts = facts.filter((text) => texts.has(text));
  const kept = new Map(book.filter(({ text }) => texts.has(text)).map((entry) => [entry.text, entry]));
  return {
    ...persona.knowledge,
    facts: keptFacts.length > 0 ? keptFacts : undefined,
    book: entries
      .filter(({ text }) => !keptFacts.includes(text))
      .map((entry) => (before.has(JSON.stringify(entry)) ? (kept.get(entry.text) ?? entry) : entry)),
  };
}

function withoutPersona({ whole, data }: Card): Fields {
  const { [PARLEY_KEY]: _, ...others } = data.extensions as Fields;
  return { ...whole, data: { ...data, extensions: others } };
}
