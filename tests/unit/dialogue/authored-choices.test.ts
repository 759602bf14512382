import { describe, expect, it } from 'vitest';
import { characterOn } from '../../../cli/character-on.js';
import type { Persona, StateChange } from '../../../plugin/dialogue/index.js';
import { personaProblems } from '../../../plugin/dialogue/persona/parse-persona.js';
import { scriptedPort } from '../../support/scripted-port.js';

const PERSONA: Persona = {
  schema: '1',
  id: 'orrin',
  identity: { name: 'Orrin' },
  core: { compact: 'Orrin keeps the lighthouse.' },
  actions: [
    {
      name: 'show',
      description: 'to show something',
      params: { what: { type: 'string', enum: ['lamp', 'stairs'] } },
    },
  ],
  state: { rules: [{ on: 'choice:bowl', add: { 'relations.player.trust': 10 } }] },
  dialogue: {
    greetings: ['Evening.', { text: 'You again, sharp tongue.', when: { rude: true } }],
    fallbacks: ['Hm.'],
    choices: [
      {
        id: 'bowl',
        text: 'Who is the second bowl for?',
        heard: ['second|two bowl|plate', 'bowl Tomas'],
        when: { 'clue.soup': true },
        reply: { text: 'For Tomas.', emotion: 'sad' },
        action: { name: 'show', params: { what: 'stairs' } },
        set: { 'clue.tomas': true },
      },
      { id: 'soup', text: 'Is the soup good?', heard: ['bowl soup'], reply: 'Leeks.' },
      { id: 'kind', text: 'You look tired.', heard: ['you tired'], hidden: true, set: { kind: true } },
      { id: 'steps', text: 'How many steps?' },
      {
        id: 'who',
        text: 'Who are you?',
        heard: ['=who are you', '=your name'],
        hidden: true,
        reply: 'Orrin.',
      },
    ],
  },
};

function orrin(state: Record<string, unknown> = {}, answers?: readonly string[]) {
  const port = answers && scriptedPort(answers);
  const character = characterOn(port, { persona: PERSONA, slot: 'main', readState: (path) => state[path] });
  character.on('set', (change: StateChange) => Object.assign(state, change.assignments));
  return { character, state, port };
}

describe('choices', () => {
  it.each([
    ['Hello! Who are you?', true],
    ['Good evening, and what’s your name, sir?', true],
    ['Who are you?', true],
    ['And who are you, Orrin?', true],
    ['Hello, can you tell me what your name is for?', false],
    ['Who are you hiding?', false],
    ['What is your brother’s name?', false],
  ])('are taken from “%s” where it is about nothing else: %s', async (line, isTaken) => {
    const { character } = orrin({}, ['[neutral] Not asked.']);
    expect((await character.ask(line)).text).toBe(isTaken ? 'Orrin.' : 'Not asked.');
  });

  it('are taken from typed lines, in any form and order of the words', async () => {
    for (const line of [
      'And the second of the bowls?',
      'Two BOWLS, Orrin!',
      'Two plates?',
      'Does Tomas eat from a bowl?',
    ]) {
      const { character, state } = orrin({ 'clue.soup': true }, ['[neutral] Not asked.']);
      const result = await character.ask(line);
      expect(result).toMatchObject({
        text: 'For Tomas.',
        emotion: 'sad',
        choice: 'bowl',
        source: 'authored',
      });
      expect(state['clue.tomas']).toBe(true);
      expect(character.relations.player?.trust).toBe(10);
      expect(character.transcript.map(({ text }) => text)).toEqual([line, 'For Tomas.']);
    }
  });

  it('bring the action of their reply, and the model sees it in the talk', async () => {
    const { character, port } = orrin({ 'clue.soup': true }, ['[neutral] Aye.']);
    const events = [];
    for await (const event of character.choose('bowl')) events.push(event.type);
    expect(events).toEqual(['emotion', 'text', 'action']);
    expect(character.transcript.at(-1)?.action).toEqual({ name: 'show', params: { what: 'stairs' } });
    await character.ask('Is he well?');
    expect(port!.requests[0]!.messages.map((message) => 'text' in message && message.text)).toContain(
      '[sad] For Tomas.\n@show {"what": "stairs"}',
    );
  });

  it('are not heard while their condition does not hold, nor where words are missing', async () => {
    const { character, state } = orrin({}, ['[neutral] What bowl?']);
    expect(await character.ask('Who is the second bowl for?')).toMatchObject({ source: 'model' });
    expect((await character.ask('A bowl, please.')).choice).toBeUndefined();
    expect(state).toEqual({});
  });

  it('are the one with the most words where several are heard', async () => {
    const { character } = orrin({ 'clue.soup': true });
    expect((await character.ask('Two bowls of soup?')).choice).toBe('bowl');
    expect((await character.ask('Is the soup in the bowl good?')).choice).toBe('soup');
  });

  it('are heard and not offered where they are hidden; without a reply the model answers', async () => {
    const { character, state } = orrin({}, ['[tired] Every night, all night.']);
    expect(character.choices().map(({ id }) => id)).toEqual(['soup', 'steps']);
    const result = await character.ask('You must be tired.');
    expect(result).toMatchObject({ text: 'Every night, all night.', source: 'model', choice: 'kind' });
    expect(state.kind).toBe(true);
  });

  it('are refused where they lead nowhere or call what cannot be called', () => {
    const withChoice = (choice: object) =>
      personaProblems({ ...PERSONA, dialogue: { choices: [{ id: 'x', text: 'X?', ...choice }] } });
    expect(withChoice({ heard: ['x'] })[0]).toMatch(/choices\.x has heard, expected a reply or set/);
    expect(withChoice({ hidden: true, reply: 'Y.' })[0]).toMatch(/choices\.x is hidden, expected heard/);
    expect(withChoice({ reply: 'Y.', action: { name: 'give' } })[0]).toMatch(/action\.name is "give"/);
    expect(withChoice({ reply: 'Y.', action: { name: 'show' } })[0]).toMatch(
      /params\.what is missing, expected one of lamp, stairs/,
    );
    expect(
      withChoice({ reply: 'Y.', action: { name: 'show', params: { what: 'lamp', who: 'me' } } })[0],
    ).toMatch(/params\.who is no parameter of show/);
  });
});

describe('greetings', () => {
  it('with a condition that holds go before those without one', async () => {
    const { character, state } = orrin();
    expect(await character.greet()).toMatchObject({ text: 'Evening.' });
    state.rude = true;
    expect(await character.greet()).toMatchObject({ text: 'You again, sharp tongue.' });
  });
});
