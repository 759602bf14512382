/** What a character tells about itself, for tools: its prompt and its last answers, on the real model. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { characterOn } from '../../../../cli/character-on.js';
import { parsePersona } from '../../../../plugin/dialogue/index.js';
import { type EngineFixture, loadEngine } from '../../../support/engine-fixture.js';
import { portOf, type WatchedPort } from '../../../support/engine-port.js';

const MIRA = parsePersona(JSON.parse(readFileSync('assets/personas/mira.json', 'utf8')), 'mira.json');

describe('a character, to tools', () => {
  let engine: EngineFixture;
  let port: WatchedPort;
  beforeAll(async () => {
    engine = await loadEngine();
    port = portOf(engine);
  });

  it('tells the prompt as it stands, part by part, with what each costs', async () => {
    const character = characterOn(port, { persona: MIRA, slot: 'prompt' });
    await character.ask('How much for an eel?');
    const answer = await character.ask('What do you sell besides eels?');
    const prompt = await character.prompt();
    const kinds = prompt.parts.map(({ kind }) => kind);
    expect(kinds[0]).toBe('system');
    expect(kinds.slice(-4)).toEqual(['exchange', 'exchange', 'last', 'last']);
    expect(prompt.parts.at(-2)!.text).toContain('What do you sell besides eels?');
    expect(prompt.parts.at(-1)!.text).toContain(answer.text);
    expect(prompt.tokens).toBe(prompt.parts.reduce((sum, part) => sum + part.tokens!, 0));
    const texts = prompt.parts.map(({ text }) => text);
    expect(prompt.parts.map(({ tokens }) => tokens)).toEqual(engine.host.countTokens(texts));
    // The engine adds the chat template, and no more than that.
    const sequence = `${character.sequencePrefix}1`;
    const { caches } = await engine.host.statistics();
    const held = caches.sequences.find((cache) => cache.sequence === sequence)!.tokens;
    expect(held).toBeGreaterThan(prompt.tokens!);
    expect(held).toBeLessThanOrEqual(prompt.tokens! + prompt.templateTokens);
  });

  it('tells the prompt without counts while there is no model', async () => {
    const character = characterOn(undefined, { persona: MIRA, slot: 'bare' });
    const prompt = await character.prompt();
    expect(prompt).toMatchObject({ tokens: undefined, nCtx: undefined, droppedExchanges: 0 });
    expect(prompt.parts[0]).toMatchObject({ kind: 'system', tokens: undefined });
    expect(prompt.parts.some(({ kind }) => kind === 'last')).toBe(false);
  });

  it('tells what the last answers were and took, and why facts stood before them', async () => {
    const character = characterOn(port, { persona: MIRA, slot: 'answers' });
    const line = 'How much for an eel?';
    const result = await character.ask(line);
    const [report] = character.answers;
    expect(report).toMatchObject({ ...result, said: line, source: 'model' });
    expect(report!.tokens).toBeGreaterThan(3);
    expect(report!.firstTokenMs).toBeLessThanOrEqual(report!.firstWordMs!);
    expect(report!.firstWordMs).toBeLessThanOrEqual(report!.totalMs);
    const [fact] = report!.facts;
    expect(fact).toMatchObject({ why: 'match', text: expect.stringContaining('eel') });
    expect(Math.max(fact!.byWords, fact!.byMeaning)).toBe(1);
  });

  it('keeps the last twelve answers, authored ones without facts', async () => {
    const character = characterOn(undefined, { persona: MIRA, slot: 'authored' });
    for (let i = 0; i < 14; i++) await character.ask(`Line ${i}?`);
    expect(character.answers).toHaveLength(12);
    expect(character.answers[0]).toMatchObject({ said: 'Line 2?', source: 'authored', facts: [], tokens: 0 });
    expect(character.answers[0]).not.toHaveProperty('firstTokenMs');
  });
});
