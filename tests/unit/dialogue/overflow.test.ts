/** Talks that grow out of their window, on the real model. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createCharacter, type Persona, parsePersona } from '../../../plugin/dialogue/index.js';
import { loadEngine } from '../../support/engine-fixture.js';
import { memoryDocs, portOf, type WatchedPort } from '../../support/engine-port.js';

const PATH = 'assets/personas/mira.json';
const MIRA: Persona = parsePersona(JSON.parse(readFileSync(PATH, 'utf8')), PATH);

let port: WatchedPort;
beforeAll(async () => {
  port = portOf(await loadEngine());
});

let slots = 0;
function mira(memory: NonNullable<Persona['memory']>, docs = memoryDocs(), slot = `slot${++slots}`) {
  const persona = { ...MIRA, memory, generation: { ...MIRA.generation, maxTokens: 12 } };
  return createCharacter({ persona, slot, docs, engine: () => port, engineReady: async () => port });
}

const answers = () => port.requests.filter(({ fork }) => !fork);
const tasks = () => port.requests.filter(({ fork }) => fork);

function textOf({ messages }: { readonly messages: WatchedPort['requests'][number]['messages'] }): string {
  return messages
    .map((message) =>
      message.role === 'assistant' ? message.text : message.segments.map(({ text }) => text).join(''),
    )
    .join('\n');
}

describe('A talk that outgrows its window', () => {
  it('keeps the persona, drops whole old exchanges and prefills the rest behind the turn', async () => {
    const character = mira({ turns: 4 });
    for (const line of ['My name is Ann.', 'How much for an eel?', 'Where is Tomas?', 'Is it raining?']) {
      await character.ask(line);
    }
    await character.prefetch();
    await character.ask('Is the fog gone?');
    const last = answers().at(-1)!;
    expect(textOf(last)).toContain('You are Mira');
    expect(textOf(last)).not.toContain('My name is Ann.');
    expect(textOf(last)).toContain('Is it raining?');
    const before = answers().at(-2)!;
    expect(textOf(before)).toContain('My name is Ann.');
    expect(last.messages[0]).toEqual(before.messages[0]);
    // Without the persona's wish nothing is remembered, and no model is asked to.
    expect(tasks()).toEqual([]);
    expect(character.memories).toEqual([]);
  });

  it('remembers what leaves where the persona asks for it, and recalls it', async () => {
    const docs = memoryDocs();
    const slot = 'memories';
    const character = mira({ turns: 3, summary: true, facts: ['Mira owes Bess two coins.'] }, docs, slot);
    await character.ask('My name is Ann.');
    await character.ask('I lost my boat in the storm.');
    await character.ask('How much for an eel?');
    await character.prefetch();
    expect(tasks()).toHaveLength(1);
    expect(textOf(tasks()[0]!)).toMatch(/\(What does Mira remember of this talk\?\)$/);
    expect(character.memories[0]).toBe('Mira owes Bess two coins.');
    expect(character.memories.slice(1).join(' ')).toMatch(/Ann|boat/);

    await character.ask('Do you remember me?');
    expect(textOf(answers().at(-1)!)).toMatch(/\(Mira knows: .*(?:Ann|boat)/);

    const again = mira({ turns: 3, summary: true }, docs, slot);
    await again.ready;
    expect(again.memories).toEqual(character.memories.slice(1));
    await again.forget();
    expect(again.memories).toEqual([]);
  });

  it('remembers a talk that ends, and can be made to remember otherwise', async () => {
    const docs = memoryDocs();
    const character = mira({ summary: true, facts: ['Mira owes Bess two coins.'] }, docs, 'ends');
    await character.ask('My name is Ann, and I lost my boat in the storm.');
    const before = tasks().length;
    character.leave();
    await vi.waitFor(() => expect(character.memories.length).toBeGreaterThan(1), 20_000);
    expect(tasks()).toHaveLength(before + 1);
    expect(character.memories.slice(1).join(' ')).toMatch(/Ann|boat/);

    // A talk in which nothing was said leaves nothing behind.
    character.greet();
    character.leave();
    await character.ready;
    expect(tasks()).toHaveLength(before + 1);

    character.setMemories(['The player is a sailor called Ann.']);
    expect(character.memories).toEqual(['Mira owes Bess two coins.', 'The player is a sailor called Ann.']);
    const again = mira({ summary: true }, docs, 'ends');
    await again.ready;
    expect(again.memories).toEqual(['The player is a sailor called Ann.']);
    expect(() => again.setMemories(['x'.repeat(161)])).toThrow(RangeError);
    expect(() => again.setMemories(Array(25).fill('A fact.'))).toThrow(RangeError);
  });

  it('waits with the next turn until room is made, and answers in the end', async () => {
    const character = mira({ turns: 2, summary: true });
    const lines = ['My name is Ann.', 'I lost my boat.', 'What did I lose?', 'Is the fog gone?'];
    const results = [];
    // No pause between the turns: the next line is said while room is being made.
    for (const line of lines) results.push(await character.ask(line));
    expect(results.map(({ source }) => source)).toEqual(lines.map(() => 'model'));
    for (const request of answers().slice(-2)) expect(textOf(request)).not.toContain('My name is Ann.');
  });

  it('goes on where the task of remembering fails', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const failing: WatchedPort = {
      ...port,
      generate: (request, onChunk, signal) =>
        request.fork ? Promise.reject(new Error('no room')) : port.generate(request, onChunk, signal),
    };
    const persona = { ...MIRA, memory: { turns: 2, summary: true } };
    const character = createCharacter({
      persona,
      slot: 'failing',
      docs: memoryDocs(),
      engine: () => failing,
      engineReady: async () => failing,
    });
    for (const line of ['Is it raining?', 'How much for an eel?', 'And a herring?']) {
      expect((await character.ask(line)).source).toBe('model');
    }
    expect(character.memories).toEqual([]);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('remembers nothing'), expect.any(Error));
    warn.mockRestore();
  });
});
