import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { exportCards } from '../../../cli/commands/export.js';
import { importCards } from '../../../cli/commands/import.js';
import { readPersona } from '../../../cli/read-persona.js';

const book = [
  {
    keys: ['ferry', '/fer+y/'],
    secondary_keys: ['old'],
    content: '@@depth 4\n@@role user\nThe ferry is {{random:old,new}}.{{hidden_key:boat}}',
  },
  { keys: ['gold'], content: 'Hidden.', enabled: false },
  ...Array.from({ length: 502 }, (_, i) => ({ keys: [`k${i}`], content: `Fact ${i}.` })),
];
const CARD = {
  spec: 'chara_card_v3',
  data: {
    name: 'Bo',
    description: 'Bo {{pick::digs::sings}}. {{// a note}}',
    first_mes: 'Hm.',
    system_prompt: 'You are an AI.',
    post_history_instructions: 'Never stop.',
    assets: [{ type: 'icon', uri: 'https://example.com/a.png', name: 'main', ext: 'png' }],
    character_book: { entries: book },
  },
};

let folder: string;
let said: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-cards-'));
  said = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => said.push(line));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});
const put = async (name: string, json: unknown) => {
  await writeFile(join(folder, name), JSON.stringify(json));
  return join(folder, name);
};
const get = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8'));

it('import says what was taken and what was left aside', async () => {
  await importCards('', [await put('bo.json', CARD)]);
  expect(said.slice(1)).toEqual([
    '  has now: description, 1 greetings, 500 entries',
    expect.stringContaining('still to write'),
    '  kept with the card only: 1 entries that are switched off; 3 entries over the limit of 500; ' +
      '1 keys that are regular expressions; 1 entries have secondary keys, which are not asked for; ' +
      '1 entries have decorators (@@); 1 assets, which are not fetched; the system prompt; ' +
      'the post-history instructions',
  ]);
  const persona = await get('bo.persona.json');
  expect(persona.core.description).toBe('Bo digs.');
  expect(persona.knowledge.book[0]).toEqual({ text: 'The ferry is old.', keys: ['ferry'] });
  expect(persona.extensions.card).toEqual(CARD);
});

it('import refuses a card whose persona would be too long to be read', async () => {
  const card = { ...CARD, data: { ...CARD.data, note: 'x'.repeat(1_000_000) } };
  await expect(importCards('', [await put('bo.json', card)])).rejects.toMatchObject({ code: 'card-invalid' });
  await expect(get('bo.persona.json')).rejects.toThrow(/ENOENT/);
});

it('import does not indent where a persona would be too long by that', async () => {
  const card = { ...CARD, data: { ...CARD.data, note: Array(200_000).fill(1) } };
  await importCards('', [await put('bo.json', card)]);
  expect((await get('bo.persona.json')).extensions.card).toEqual(card);
  expect((await readPersona(join(folder, 'bo.persona.json'))).id).toBe('bo');
});

it('import of a lorebook says what of it was left out', async () => {
  const persona = { schema: '1', id: 'bo', identity: { name: 'Bo' }, core: { compact: 'Bo digs.' } };
  const entries = {
    0: { key: ['mine'], keysecondary: ['shut'], content: 'The mine is shut.' },
    1: { key: ['gold'], content: 'Hidden.', disable: true },
  };
  const args = [await put('world.json', { entries }), '--persona', await put('p.json', persona), '--force'];
  await importCards('', args);
  expect(said.at(-1)).toMatch(
    /left out: 1 entries that are switched off; 1 entries have secondary keys, which are not asked for$/,
  );
  expect((await get('p.json')).knowledge.book).toEqual([{ text: 'The mine is shut.', keys: ['mine'] }]);
});

it('export says what a card cannot hold', async () => {
  await exportCards('', ['assets/personas/mira.json', '--out', folder]);
  expect(said[1]).toMatch(/^ {2}kept in extensions\.parley, ignored by other programs: .*actions/);
  expect((await get('mira.card.json')).data.extensions.parley.id).toBe('mira');
});
