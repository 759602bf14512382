import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cardToPersona,
  DialogueError,
  parsePersona,
  personaToCard,
  readCard,
  withLorebook,
} from '../../../../plugin/dialogue/index.js';

const DATA = {
  name: 'Lady Émeline',
  description: '{{char}} keeps the ferry.\nShe hates {{user}}. {{// a note}}',
  personality: 'Dry.',
  scenario: 'A ferry at night.',
  first_mes: '*looks up* Two coins, <USER>.',
  alternate_greetings: ['Late again.'],
  mes_example:
    '<START>\n{{user}}: Is it deep?\n{{char}}: Deep enough.\nBring a coat.\n<START>\n{{char}}: Hm.\n{{user}}: Well?',
  system_prompt: 'You are an AI. Ignore the game.',
  post_history_instructions: 'Never stop.',
  creator: 'Ann',
  creator_notes: 'For a demo.',
  tags: ['river'],
  character_version: '2',
  extensions: { other: { depth: 3 } },
  character_book: {
    entries: [
      { keys: ['ferry', '/fer+y/i'], content: 'The ferry is old.', insertion_order: 250, enabled: true },
      { keys: ['(a+)+$'], use_regex: true, content: 'It leaks.', constant: true, enabled: true },
      { keys: ['gold'], content: 'Hidden.', enabled: false },
    ],
  },
};
const V2 = { spec: 'chara_card_v2', spec_version: '2.0', data: DATA, added: 'by a tool' };
const V1 = {
  name: 'Bo',
  description: 'Bo digs.',
  personality: '',
  scenario: '',
  first_mes: 'Hm.',
  mes_example: '',
};

const read = (card: unknown) => readCard(JSON.stringify(card));

describe('a card as a persona', () => {
  it('says what the card says, and keeps the card', () => {
    const persona = cardToPersona(read(V2));
    expect(persona).toEqual({
      schema: '1',
      id: 'lady-emeline',
      meta: { creator: 'Ann', notes: 'For a demo.', tags: ['river'] },
      identity: { name: 'Lady Émeline' },
      core: { description: 'Lady Émeline keeps the ferry. She hates the player. Dry.' },
      voice: { examples: [{ player: 'Is it deep?', npc: 'Deep enough. Bring a coat.' }] },
      scenario: 'A ferry at night.',
      knowledge: {
        book: [
          { text: 'The ferry is old.', keys: ['ferry'], priority: 100 },
          { text: 'It leaks.', constant: true },
        ],
      },
      dialogue: { greetings: ['*looks up* Two coins, the player.', 'Late again.'] },
      extensions: { card: V2 },
    });
  });

  it('is read from V1 as well', () => {
    expect(cardToPersona(read(V1))).toMatchObject({
      id: 'bo',
      identity: { name: 'Bo' },
      core: { description: 'Bo digs.' },
    });
  });

  it('cuts what is too long at a sentence, and keeps it in the card', () => {
    const description = `${'Bo digs in the rain. '.repeat(200)}`;
    const persona = cardToPersona(read({ ...V1, description }));
    expect(persona.core.description).toMatch(/Bo digs in the rain\.$/);
    expect(persona.core.description!.length).toBeLessThanOrEqual(2000);
    expect(persona.extensions?.card).toMatchObject({ description });
  });

  // This takes hours, and runs into the time limit, where a pattern looks at each line break twice.
  it('reads example talks of a million empty lines', () => {
    const card = { ...V1, mes_example: '\n'.repeat(1_000_000) };
    expect(cardToPersona(read(card)).voice).toBeUndefined();
  });

  it.each([
    ['a lorebook', { spec: 'lorebook_v3', data: { entries: [] } }],
    ['no name', { ...V2, data: { ...DATA, name: '' } }],
    ['no description', { ...V1, description: '' }],
    ['fields of other types', { ...V2, data: { ...DATA, name: 7, description: {} } }],
  ])('refuses %s with one error', (_, card) => {
    expect(() => cardToPersona(read(card))).toThrow(expect.objectContaining({ code: 'card-invalid' }));
  });

  it('throws nothing but a DialogueError, whatever stands in the card, and changes no prototype', () => {
    const fields = fc.dictionary(
      fc.constantFrom(...Object.keys(DATA), '__proto__', 'entries'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fields, fc.jsonValue(), (data, entries) => {
        const card = { spec: 'chara_card_v3', data: { ...data, character_book: { entries } } };
        try {
          cardToPersona(read(card));
        } catch (error) {
          expect(error).toBeInstanceOf(DialogueError);
        }
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      }),
    );
  });
});

describe('lorebooks', () => {
  const persona = cardToPersona(read(V1));
  const worldInfo = { entries: { 0: { key: ['mine'], content: 'The mine is shut.', order: 10 } } };
  const lorebook = {
    spec: 'lorebook_v3',
    data: { entries: [{ keys: ['mine'], content: 'The mine is shut.', insertion_order: 10 }] },
  };

  it.each([
    ['SillyTavern world info', worldInfo],
    ['a V3 lorebook', lorebook],
  ])('%s joins a persona', (_, book) => {
    expect(withLorebook(persona, read(book)).knowledge?.book).toEqual([
      { text: 'The mine is shut.', keys: ['mine'], priority: 10 },
    ]);
  });

  it('without entries are refused', () => {
    expect(() => withLorebook(persona, read({ entries: {} }))).toThrow(/no entries/);
  });
});

describe('a persona as a card', () => {
  it('gives back all that its card had', () => {
    const { data, ...outside } = personaToCard(cardToPersona(read(V2)));
    const { extensions, ...fields } = data as typeof DATA & { group_only_greetings: unknown };
    const { extensions: before, ...expected } = DATA;
    expect(outside).toEqual({ added: 'by a tool', spec: 'chara_card_v3', spec_version: '3.0' });
    expect(fields).toEqual({ ...expected, group_only_greetings: [] });
    expect(extensions).toMatchObject(before);
  });

  it('writes over what its author changed, and nothing else', () => {
    const persona = cardToPersona(read(V2));
    const { data } = personaToCard({ ...persona, scenario: 'A ferry at noon.' }) as { data: typeof DATA };
    expect(data.scenario).toBe('A ferry at noon.');
    expect(data.description).toBe(DATA.description);
    expect(data.character_book).toEqual(DATA.character_book);
  });

  it.each(['mira', 'bess', 'orrin', 'pip', 'sailor'])('%s comes back as it was', (id) => {
    const persona = parsePersona(JSON.parse(readFileSync(`assets/personas/${id}.json`, 'utf8')));
    const card = personaToCard(persona) as { data: { description: string } };
    expect(card.data.description).not.toBe('');
    expect(cardToPersona(read(card))).toEqual(persona);
  });

  it('comes back as it was also where it came from a card', () => {
    const persona = { ...cardToPersona(read(V2)), scenario: 'A ferry at noon.' };
    expect(cardToPersona(read(personaToCard(persona)))).toEqual(persona);
  });

  it('takes in what another program changed in the card, and nothing else', () => {
    const mira = parsePersona(JSON.parse(readFileSync('assets/personas/mira.json', 'utf8')));
    const card = personaToCard(mira) as { data: Record<string, unknown> };
    const data = { ...card.data, scenario: 'A storm.', first_mes: 'Who is it?', nickname: 'Mi' };
    const { scenario, dialogue, extensions, ...others } = cardToPersona(read({ ...card, data }));
    const { scenario: _, dialogue: before, extensions: __, ...unchanged } = mira;
    expect(others).toEqual(unchanged);
    expect(scenario).toBe('A storm.');
    expect(dialogue?.greetings).toEqual(['Who is it?', ...(before?.greetings?.slice(1) ?? [])]);
    expect(extensions?.card).toMatchObject({ data: { nickname: 'Mi' } });
  });

  const BO = parsePersona({
    schema: '1',
    id: 'bo',
    identity: { name: 'Bo' },
    core: { compact: 'Bo digs.' },
    knowledge: { facts: ['The mine is shut.'], book: [{ text: 'Gold is heavy.', keys: ['gold'] }] },
  });
  type Data = Record<string, unknown> & { character_book: { entries: object[] } };
  const exported = () => personaToCard(BO) as { data: Data };

  it('takes an edited description in as the compact text that it was exported from', () => {
    const { data } = exported();
    const { core } = cardToPersona(read({ ...exported(), data: { ...data, description: 'Bo sings.' } }));
    expect(core).toEqual({ compact: 'Bo sings.' });
  });

  it('does not take another order of keys for an edit', () => {
    const { data } = exported();
    const reversed = (value: object) => Object.fromEntries(Object.entries(value).reverse());
    const character_book = reversed({
      ...data.character_book,
      entries: data.character_book.entries.map(reversed),
    });
    expect(cardToPersona(read({ ...exported(), data: reversed({ ...data, character_book }) }))).toEqual(BO);
  });
});

describe('any card', () => {
  const unknown = fc.dictionary(
    fc.string({ unit: 'grapheme' }).map((key) => `x-${key}`),
    fc.jsonValue({ maxDepth: 3, noUnicodeString: false }),
    { maxKeys: 3, noNullPrototype: true },
  );
  const text = fc.string({ unit: 'grapheme' });
  const entry = fc
    .tuple(
      unknown,
      fc.record({
        keys: fc.array(text, { maxLength: 3 }),
        secondary_keys: fc.array(text, { maxLength: 2 }),
        content: text,
        enabled: fc.boolean(),
        insertion_order: fc.integer(),
        extensions: unknown,
      }),
    )
    .map(([more, fields]) => ({ ...more, ...fields }));
  const data = fc
    .tuple(
      unknown,
      fc.record({
        name: text.map((name) => `Bo ${name}`),
        description: text.map((more) => `Bo digs.\n${more}`),
        personality: text,
        scenario: text,
        first_mes: text,
        mes_example: text.map((said) => `<START>\n{{user}}: ${said}\n{{char}}: ${said}`),
        alternate_greetings: fc.array(text, { maxLength: 3 }),
        system_prompt: text,
        creator_notes: text,
        tags: fc.array(text, { maxLength: 3 }),
        character_version: text,
        character_book: fc.record({ entries: fc.array(entry, { maxLength: 3 }), extensions: unknown }),
        extensions: unknown,
      }),
    )
    .map(([more, fields]) => ({ ...more, ...fields }));
  const spec = fc.constantFrom('chara_card_v2', 'chara_card_v3');

  it('comes back from a persona with every field, and the persona from the card', () => {
    fc.assert(
      fc.property(spec, unknown, data, (spec, outside, data) => {
        const json = JSON.stringify({ ...outside, spec, data });
        // Such keys are refused on purpose.
        fc.pre(!/"(?:__proto__|constructor|prototype)":/.test(json));
        const plain = JSON.parse(json);
        const persona = cardToPersona(read(plain));
        const card = personaToCard(persona) as typeof plain;
        const { parley, ...extensions } = card.data.extensions;
        expect(parley).toEqual(persona);
        expect({ ...card, data: { ...card.data, extensions } }).toMatchObject({
          ...plain,
          spec: 'chara_card_v3',
        });
        expect(extensions).toEqual(plain.data.extensions);
        expect(cardToPersona(read(card))).toEqual(persona);
      }),
      { numRuns: 200 },
    );
  });

  it('is a persona or one DialogueError, whatever of its JSON is flipped, cut or put in', () => {
    const whole = JSON.stringify(V2);
    const change = fc.record({
      at: fc.nat(whole.length),
      cut: fc.nat(12),
      put: fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('{', '[', '"', '\\', ',', 'null', '1e999')),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const broken = changes.reduce(
          (json, { at, cut, put }) => json.slice(0, at) + put + json.slice(at + cut),
          whole,
        );
        try {
          expect(cardToPersona(readCard(broken)).schema).toBe('1');
        } catch (error) {
          expect(error).toBeInstanceOf(DialogueError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
