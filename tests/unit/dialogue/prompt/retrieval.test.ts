/** Which facts are chosen for a line, with the bundled model's word vectors and without. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Persona } from '../../../../plugin/dialogue/index.js';
import { FactIndex } from '../../../../plugin/dialogue/prompt/retrieval.js';
import type { EnginePort } from '../../../../plugin/engine-port.js';
import { loadEngine } from '../../../support/engine-fixture.js';
import { portOf } from '../../../support/engine-port.js';

const FACTS = [
  'The reward for Red Hollis is five hundred dollars.',
  'Red Hollis has a scar across his chin.',
  'The well behind the church has the only clean water.',
  'A bed in the saloon costs two dollars a night.',
  'Sheriff Boone comes back on Sunday.',
  'Miss Sarah teaches the children of the miners.',
  'The stage to Tucson leaves on Thursday.',
  'Old Jeb stole a mule.',
  'The mine was closed after the fire.',
  'Dolly Marchetti owns the saloon.',
  'The doctor drinks.',
  'The bridge washed away in spring.',
  'Cal keeps the key of the jail on his belt.',
];

function index(knowledge: Persona['knowledge'], name = 'Cal'): FactIndex {
  return new FactIndex({
    schema: '1',
    id: 'cal',
    identity: { name },
    core: { compact: 'A deputy.' },
    knowledge: knowledge!,
  });
}

describe('FactIndex', () => {
  let port: EnginePort;
  beforeAll(async () => {
    port = portOf(await loadEngine());
  });

  const chosen = async (
    facts: FactIndex,
    line: string,
    more: Partial<Parameters<FactIndex['choose']>[1]> = {},
  ) => {
    const found = await facts.choose(line, { context: [], shown: new Set(), memories: [], port, ...more });
    return found.map(({ text }) => text);
  };

  it('finds by words of one stem, without an engine that tells meanings', async () => {
    const [first] = await chosen(index({ facts: FACTS }), 'Who is stealing mules?', { port: undefined });
    expect(first).toBe('Old Jeb stole a mule.');
    expect(await chosen(index({ facts: FACTS }), 'Tell me about that.', { port: undefined })).toEqual([]);
  });

  it.each([
    ['How big is the bounty?', FACTS[0]],
    ['I want to sleep somewhere. What do I pay?', FACTS[3]],
    ['Who looks after the kids at school?', FACTS[5]],
  ])('finds by meaning: %s', async (line, fact) => {
    expect(await chosen(index({ facts: FACTS }), line, { port: undefined })).not.toContain(fact);
    expect(await chosen(index({ facts: FACTS }), line)).toContain(fact);
  });

  it('gives four at most, none that was shown, and looks at the lines before', async () => {
    const facts = index({ facts: FACTS });
    const all = await chosen(
      facts,
      'What does the saloon cost, and where is the jail, the church and the mine?',
    );
    expect(all).toHaveLength(4);
    const shown = new Set(all);
    expect(
      (await chosen(facts, 'And the saloon, the jail?', { shown })).some((fact) => shown.has(fact)),
    ).toBe(false);
    const context = ['Who is the man with the scar?'];
    expect(await chosen(facts, 'And where?', { context, port: undefined })).toContain(FACTS[1]);
  });

  it('puts an entry whose key is said first, in any form of the word, and a constant one before all', async () => {
    const facts = index({
      facts: FACTS,
      book: [
        { text: 'The ghost walks at noon.', keys: ['haunted house', 'ghosts'] },
        { text: 'Copper Gulch is a mining town.', constant: true },
      ],
    });
    const found = await chosen(
      facts,
      'Does the saloon have a ghost, and what does a bed in the saloon cost?',
    );
    expect(found.slice(0, 2)).toEqual(['Copper Gulch is a mining town.', 'The ghost walks at noon.']);
    expect((await chosen(facts, 'I saw a Haunted House!'))[1]).toBe('The ghost walks at noon.');
  });

  it('takes the own name of the character for no hint', async () => {
    expect(await chosen(index({ facts: FACTS }), 'Hello, Cal!', { port: undefined })).toEqual([]);
  });

  it('finds memories, and forgets them when they go', async () => {
    const facts = index({ facts: FACTS });
    const memories = ['The player is called Ann.'];
    expect(await chosen(facts, 'Do you remember my name?', { memories })).toContain(memories[0]);
    expect(await chosen(facts, 'Do you remember my name?')).not.toContain(memories[0]);
  });

  it.each([
    ['ja', ['鰻は五枚です。', 'トマスは灯台へ行きました。'], '鰻はいくらですか？'],
    ['de', ['Ein Aal kostet fünf Münzen.', 'Tomas ging zum Leuchtturm.'], 'Was kostet der Aal?'],
  ])('finds words in %s', async (_, few, line) => {
    const filler = Array.from({ length: 12 }, (_, i) => `Nr${i}.`);
    const [first] = await chosen(index({ facts: [...few, ...filler] }), line, { port: undefined });
    expect(first).toBe(few[0]);
  });

  it('goes on by words where the engine fails', async () => {
    const lost = { ...port, similarities: () => Promise.reject(new Error('lost')) };
    expect(await chosen(index({ facts: FACTS }), 'Who stole the mule?', { port: lost })).toContain(FACTS[7]);
  });
});
