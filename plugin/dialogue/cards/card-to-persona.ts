/** A character card as a persona; the card is kept in it whole, so that nothing is lost. */
import { isRecord } from '../is-record.js';
import { parsePersona } from '../persona/parse-persona.js';
import type { Persona } from '../persona/types.js';
import { bookOf } from './card-fields.js';
import { editedPersona } from './edited-persona.js';
import { CARD_KEY, cardInvalid, fieldsOf, PARLEY_KEY } from './persona-fields.js';
import type { Card } from './read-card.js';

/**
 * What a card says, in the fields of a persona. System prompts and instructions of a card enter no prompt: they are
 * written for other programs.
 * @throws DialogueError card-invalid: a lorebook, or a card without name or description; persona-invalid: it holds what
 * no persona may
 */
export function cardToPersona(card: Card): Persona {
  const { kind, data, whole } = card;
  if (kind === 'lorebook' || kind === 'world-info') {
    throw cardInvalid('a lorebook', 'a character', 'Give the persona that it belongs to as well.');
  }
  const parley = isRecord(data.extensions) ? data.extensions[PARLEY_KEY] : undefined;
  if (parley !== undefined) return editedPersona(parsePersona(parley, 'The persona in the card'), card);
  return parsePersona({ ...fieldsOf(card), extensions: { [CARD_KEY]: whole } }, 'The card');
}

/**
 * A persona with the entries of a lorebook behind its own.
 * @throws DialogueError card-invalid: it is no lorebook, or has no entries; persona-invalid: they are too many
 */
export function withLorebook(persona: Persona, { kind, data }: Card): Persona {
  const name = persona.identity.name;
  const entries = bookOf(kind === 'lorebook' || kind === 'world-info' ? data : data.character_book, name);
  if (entries.length === 0) throw cardInvalid('no entries', 'a lorebook', 'Look whether they are enabled.');
  const book = [...(persona.knowledge?.book ?? []), ...entries];
  return parsePersona(
    { ...persona, knowledge: { ...persona.knowledge, book } },
    'The persona with the lorebook',
  );
}
