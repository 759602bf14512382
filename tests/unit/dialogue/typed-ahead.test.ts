/** What is prepared while the player types, on the real model. */
import { readFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GenerateResult } from '../../../engine/protocol.js';
import { createCharacter, type Persona, parsePersona } from '../../../plugin/dialogue/index.js';
import type { EnginePort, PrefillRequest } from '../../../plugin/engine-port.js';
import { loadEngine } from '../../support/engine-fixture.js';
import { memoryDocs, portOf } from '../../support/engine-port.js';

const PATH = 'assets/personas/mira.json';
const MIRA: Persona = parsePersona(JSON.parse(readFileSync(PATH, 'utf8')), PATH);
const LINE = 'Is the fish fresh today, or was it caught last week?';

const answers: GenerateResult[] = [];
const prefills: PrefillRequest[] = [];
let port: EnginePort;
beforeAll(async () => {
  const real = portOf(await loadEngine());
  port = {
    ...real,
    generate: async (request, onChunk, signal) => {
      const result = await real.generate(request, onChunk, signal);
      answers.push(result);
      return result;
    },
    prefill: (request, signal) => {
      prefills.push(request);
      return real.prefill(request, signal);
    },
  };
});
beforeEach(() => {
  answers.length = prefills.length = 0;
});

let slots = 0;
function mira(persona: Persona = MIRA) {
  const short = { ...persona, generation: { ...persona.generation, maxTokens: 12 } };
  const slot = `typed${++slots}`;
  return createCharacter({
    persona: short,
    slot,
    docs: memoryDocs(),
    engine: () => port,
    engineReady: async () => port,
  });
}

/** How many tokens stood between the line and the first token. */
const prefilled = () => answers[0]!.usage.prefilledTokens;

// Talks share what they have computed: each line here is new to all of them.
describe('A line that was heard while it was typed', () => {
  it('is answered as it would have been, with nothing left to prefill', async () => {
    const character = mira();
    await character.prefetch(undefined, ` ${LINE}`);
    const got = await character.ask(LINE);
    expect(prefilled()).toBeLessThanOrEqual(1);
    const expected = await mira().ask(LINE);
    expect(got.text).toBe(expected.text);
  });

  it('is as ready where it is a choice that the model answers', async () => {
    const choices = [{ id: 'net', text: 'Who mended the long net by the wall?' }];
    const character = mira({ ...MIRA, dialogue: { ...MIRA.dialogue, choices } });
    await character.prefetch(undefined, choices[0]!.text);
    await character.choose('net');
    expect(prefilled()).toBeLessThanOrEqual(1);
  });

  it('needs only the rest where it was not typed to the end', async () => {
    const character = mira();
    // Words that are about nothing choose no other facts.
    const line = 'Have you seen a small boat with a red sail';
    await character.prefetch(undefined, line);
    await character.ask(`${line}, or have you not?`);
    const rest = prefilled();
    expect(rest).toBeGreaterThan(1);
    answers.length = 0;
    const other = mira();
    await other.prefetch();
    await other.ask('Did anyone see an old man with a dog walk up to the church last night?');
    expect(prefilled()).toBeGreaterThan(2 * rest);
  });

  it('is left alone where the model will not be asked, or the player has typed on', async () => {
    const character = mira({ ...MIRA, safety: { topicsDeny: ['witch'] } });
    await character.prefetch(undefined, 'Are you a witch?');
    const reply = MIRA.dialogue!.choices!.find(({ heard, reply }) => heard && reply)!;
    await character.prefetch(undefined, reply.text);
    await character.prefetch(AbortSignal.abort(), LINE);
    expect(prefills).toEqual([]);
    await character.prefetch(undefined, LINE);
    expect(prefills).toHaveLength(1);
    expect(character.transcript).toEqual([]);
  });
});
