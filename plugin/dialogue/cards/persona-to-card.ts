/** A persona as a V3 character card: what the card it came from had, with what its author changed since. */
import { isRecord } from '../is-record.js';
import type { BookEntry, Line, Persona } from '../persona/types.js';
import type { Fields } from './card-fields.js';
import { CARD_KEY, fieldsOf, PARLEY_KEY } from './persona-fields.js';
import { type Card, readCard } from './read-card.js';

type CardFields = Record<string, unknown>;

/** Fields that a V3 card must have. */
const EMPTY: Fields = {
  name: '',
  description: '',
  personality: '',
  scenario: '',
  first_mes: '',
  mes_example: '',
  creator_notes: '',
  system_prompt: '',
  post_history_instructions: '',
  alternate_greetings: [],
  group_only_greetings: [],
  tags: [],
  creator: '',
  character_version: '',
  extensions: {},
};

/** The whole persona stands in `data.extensions.parley`, so that it comes back as it was. */
export function personaToCard(persona: Persona): Fields {
  const kept = keptCard(persona);
  const before = kept && fieldsOf(kept);
  const data: CardFields = { ...EMPTY, ...kept?.data };
  for (const [read, write] of FIELDS) {
    const now = read(persona);
    if (before && JSON.stringify(read(before)) === JSON.stringify(now)) continue;
    Object.assign(data, write(now));
  }
  data.extensions = { ...(isRecord(data.extensions) ? data.extensions : {}), [PARLEY_KEY]: persona };
  // V1 has its fields outside, where V3 has none.
  const outside = kept && kept.kind !== 'v1' ? kept.whole : {};
  return { ...outside, spec: 'chara_card_v3', spec_version: '3.0', data };
}

function keptCard({ extensions }: Persona): Card | undefined {
  const kept = extensions?.[CARD_KEY];
  if (kept === undefined) return undefined;
  return readCard(JSON.stringify(kept));
}

type Readable = Omit<Persona, 'extensions'>;
type Field<T> = readonly [read: (persona: Readable) => T, write: (value: T) => CardFields];
const field = <T>(read: (persona: Readable) => T, write: (value: T) => CardFields): Field<unknown> =>
  [read, write] as unknown as Field<unknown>;

/** What a field of a persona is in a card. */
const FIELDS = [
  field(
    ({ identity }) => identity.name,
    (name) => ({ name }),
  ),
  field(
    ({ core }) => core.description ?? core.compact,
    (description) => ({ description, personality: '' }),
  ),
  field(
    ({ scenario }) => scenario ?? '',
    (scenario) => ({ scenario }),
  ),
  field(
    ({ dialogue }) => (dialogue?.greetings ?? []).map(textOfLine),
    ([first = '', ...others]) => ({ first_mes: first, alternate_greetings: others }),
  ),
  field(
    ({ voice }) => voice?.examples ?? [],
    (examples) => ({
      mes_example: examples
        .map(({ player, npc }) => `<START>\n{{user}}: ${player}\n{{char}}: ${npc}`)
        .join('\n'),
    }),
  ),
  field(
    ({ knowledge }) => [
      ...(knowledge?.facts ?? []).map((text): BookEntry => ({ text })),
      ...(knowledge?.book ?? []),
    ],
    (book) => (book.length > 0 ? { character_book: bookFields(book) } : {}),
  ),
  field(
    ({ meta }) => meta?.creator ?? '',
    (creator) => ({ creator }),
  ),
  field(
    ({ meta }) => meta?.notes ?? '',
    (notes) => ({ creator_notes: notes }),
  ),
  field(
    ({ meta }) => meta?.tags ?? [],
    (tags) => ({ tags }),
  ),
  field(
    ({ version }) => version,
    (version) => (version === undefined ? {} : { character_version: version }),
  ),
];

/** Facts have no keys: they are always shown there, where no search finds them. */
function bookFields(book: readonly BookEntry[]): Fields {
  const entries = book.map(({ text, keys = [], constant, priority = 0, id }, i) => ({
    keys,
    content: text,
    extensions: {},
    enabled: true,
    insertion_order: i,
    use_regex: false,
    constant: constant ?? keys.length === 0,
    priority,
    ...(id === undefined ? {} : { name: id }),
  }));
  return { extensions: {}, entries };
}

function textOfLine(line: Line): string {
  return typeof line === 'string' ? line : line.text;
}
