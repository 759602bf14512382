/** Two characters that talk to each other, on the real model. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { characterOn } from '../../../cli/character-on.js';
import { converse, type Persona, parsePersona } from '../../../plugin/dialogue/index.js';
import { loadEngine } from '../../support/engine-fixture.js';
import { portOf, type WatchedPort } from '../../support/engine-port.js';

function persona(id: string): Persona {
  const path = `assets/personas/${id}.json`;
  return parsePersona(JSON.parse(readFileSync(path, 'utf8')), path);
}

const MIRA = persona('mira');
const BESS: Persona = {
  ...persona('bess'),
  dialogue: {
    ...persona('bess').dialogue,
    openers: [{ text: 'Have you seen Tomas?', to: 'mira', cooldown: 60 }],
  },
};

describe('converse', () => {
  let port: WatchedPort;
  beforeAll(async () => {
    port = portOf(await loadEngine());
  });

  let slots = 0;
  function two(engine: WatchedPort | null = port) {
    const slot = `talk${++slots}`;
    return {
      mira: characterOn(engine ?? undefined, { persona: MIRA, slot }),
      bess: characterOn(engine ?? undefined, { persona: BESS, slot }),
    };
  }

  it('lets each answer what the other said, and remember it', async () => {
    const { mira, bess } = two();
    const heard: string[] = [];
    const whole = await converse(
      bess,
      mira,
      { lines: 4 },
      async ({ id }, { text }) => void heard.push(`${id}: ${text}`),
    );
    expect(whole).toBe(true);
    expect(heard.map((line) => line.split(':')[0])).toEqual(['bess', 'mira', 'bess', 'mira']);
    expect(heard[0]).toBe('bess: Have you seen Tomas?');
    expect(mira.transcript[0]).toEqual({ role: 'player', speaker: 'Bess', text: 'Have you seen Tomas?' });
    expect(bess.transcript.map(({ speaker, text }) => `${speaker.toLowerCase()}: ${text}`)).toEqual(
      heard.slice(0, 3),
    );
    expect([mira.talking, bess.talking]).toEqual([false, false]);
    expect(port.requests.slice(-3).map(({ priority }) => priority)).toEqual(['npc', 'npc', 'npc']);
    // The opener cools down, and there is no other.
    expect(await converse(bess, mira)).toBe(false);
    expect(await converse(mira, bess, { opening: 'Soup?' })).toBe(true);
    expect(bess.transcript.at(-2)).toMatchObject({ speaker: 'Mira', text: 'Soup?' });
    // The answer ends the talk: it stands in no exchange of the one who heard it.
    expect(mira.memories.at(-1)).toBe(`Bess said to Mira: ${bess.transcript.at(-1)!.text}`);
  });

  it('ends when the player speaks to one of them, or a signal says so', async () => {
    const { mira, bess } = two();
    let asked: PromiseLike<unknown> = Promise.resolve();
    const talk = converse(bess, mira, { lines: 8 }, async ({ id }) => {
      if (id === 'mira') asked = bess.ask('Good evening, Bess.');
    });
    expect(await talk).toBe(false);
    await asked;
    expect(bess.transcript.at(-2)).toMatchObject({ speaker: 'Player', text: 'Good evening, Bess.' });
    expect(await converse(mira, bess, { opening: 'Bess!' })).toBe(false);

    const others = two();
    const controller = new AbortController();
    const cut = converse(others.bess, others.mira, { signal: controller.signal }, async () =>
      controller.abort(),
    );
    expect(await cut).toBe(false);
    expect(others.mira.transcript).toEqual([]);
  });

  it('moves nothing between the player and them', async () => {
    const { mira } = two();
    const rude = characterOn(port, {
      persona: {
        ...BESS,
        state: { rules: [{ on: 'keyword:fish', add: { 'relations.player.trust': -50 } }] },
      },
      slot: `talk${++slots}`,
    });
    await converse(mira, rude, { opening: 'Do you want fish?', lines: 3 });
    expect(rude.relations).toEqual({});
  });

  it('says nothing without a model beyond the opening, and refuses what is no talk', async () => {
    const { mira, bess } = two(null);
    expect(await converse(bess, mira)).toBe(false);
    expect(mira.transcript).toEqual([]);
    await expect(converse(mira, mira)).rejects.toThrow(RangeError);
    await expect(converse(mira, bess, { lines: 1 })).rejects.toThrow(RangeError);
  });
});
