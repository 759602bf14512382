/** What the villagers say of their own accord fits what has happened. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { holds } from '../../../plugin/dialogue/conditions.js';
import { parsePersona } from '../../../plugin/dialogue/persona/parse-persona.js';

/** The texts of a list that may be said now. */
function open(name: string, list: 'barks' | 'farewell' | 'greetings', state: Record<string, unknown>) {
  const { dialogue } = parsePersona(JSON.parse(readFileSync(`assets/personas/${name}.json`, 'utf8')), name);
  const lines = (dialogue?.[list] ?? []).map((line) => (typeof line === 'string' ? { text: line } : line));
  return lines
    .filter((line) => holds('when' in line ? line.when : undefined, (path) => state[path]))
    .map(({ text }) => text);
}

const FOUND = { 'clue.missing': true, 'quest.help': true, 'clue.tomas': true, 'door.open': true };
const TOLD = { ...FOUND, 'mira.knows': true, 'bess.knows': true };
const LIT = { ...FOUND, 'lamp.lit': true };
const FOLLOWS = { ...LIT, 'mira.follows': true };

describe('barks and farewells', () => {
  it('do not go on about what is known by then', () => {
    expect(open('mira', 'barks', {})).toContain('Two nights, Tomas. Two nights.');
    for (const state of [TOLD, LIT]) expect(open('mira', 'barks', state).join()).not.toMatch(/two nights/i);
    expect(open('orrin', 'barks', {}).join()).toMatch(/nobody goes up/i);
    expect(open('orrin', 'barks', FOUND).join()).not.toMatch(/nobody/i);
    for (const state of [TOLD, LIT]) expect(open('bess', 'barks', state).join()).not.toMatch(/two bowls/i);
  });

  it('sell no fish on the way up to the lighthouse', () => {
    expect(open('mira', 'barks', FOLLOWS).join()).not.toMatch(/herring|eel|gull/i);
    expect(open('mira', 'barks', FOLLOWS).length).toBeGreaterThan(1);
    expect(open('mira', 'farewell', FOLLOWS)[0]).toMatch(/behind you/i);
  });

  it('leave everybody something to say at any time', () => {
    for (const name of ['mira', 'bess', 'pip', 'sailor', 'orrin', 'tomas'])
      for (const state of [{}, FOUND, TOLD, LIT, FOLLOWS])
        expect(open(name, 'barks', state).length, name).toBeGreaterThan(1);
  });
});

describe('greetings', () => {
  it('call nobody a new face who was there before', () => {
    // The first one that fits is what a stranger hears; the others are for later.
    const [first, ...later] = open('sailor', 'greetings', {});
    expect(first).toMatch(/new face/i);
    expect(later.join()).not.toMatch(/new face/i);
  });
});
