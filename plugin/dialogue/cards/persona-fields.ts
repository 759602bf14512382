/** What a card says, in the fields of a persona. */
import { DialogueError } from '../dialogue-error.js';
import type { Persona } from '../persona/types.js';
import { bookOf, examplesOf, textOf, textsOf } from './card-fields.js';
import { MAX_GREETINGS, MAX_NAME } from './limits.js';
import type { Card } from './read-card.js';

/** Where a persona keeps the card it came from, and a card the persona. */
export const CARD_KEY = 'card';
export const PARLEY_KEY = 'parley';

/** All but the card itself. */
export function fieldsOf({ data }: Card): Omit<Persona, 'extensions'> {
  const name = textOf(data.name, '').slice(0, MAX_NAME);
  if (name === '') throw cardInvalid('no name', 'one', 'Name the character in the card.');
  const described = [data.description, data.personality].filter((text) => typeof text === 'string');
  const description = textOf(described.join('\n'), name);
  if (description === '') {
    throw cardInvalid(
      'neither description nor personality',
      'one of them',
      'Describe the character in the card.',
    );
  }
  const scenario = textOf(data.scenario, name);
  const examples = examplesOf(data.mes_example, name);
  const greetings = textsOf([data.first_mes, ...arrayOf(data.alternate_greetings)], name);
  const book = bookOf(data.character_book, name);
  const tags = textsOf(data.tags, name);
  const [creator, notes] = [textOf(data.creator, name), textOf(data.creator_notes, name)];
  const meta = {
    ...(creator ? { creator } : {}),
    ...(notes ? { notes } : {}),
    ...(tags.length > 0 ? { tags } : {}),
  };
  return {
    schema: '1',
    id: idOf(name),
    ...(Object.keys(meta).length > 0 ? { meta } : {}),
    identity: { name },
    core: { description },
    ...(examples.length > 0 ? { voice: { examples } } : {}),
    ...(scenario ? { scenario } : {}),
    ...(book.length > 0 ? { knowledge: { book } } : {}),
    ...(greetings.length > 0 ? { dialogue: { greetings: greetings.slice(0, MAX_GREETINGS) } } : {}),
  };
}

function idOf(name: string): string {
  const id = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return id === '' ? 'character' : id;
}

function arrayOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function cardInvalid(got: string, expected: string, hint: string): DialogueError {
  return new DialogueError('card-invalid', `The card has ${got}, expected ${expected}.`, { hint });
}
