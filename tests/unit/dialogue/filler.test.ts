import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { characterOn } from '../../../cli/character-on.js';
import { parsePersona, type UtteranceEvent } from '../../../plugin/dialogue/index.js';
import { scriptedPort } from '../../support/scripted-port.js';

const PATH = 'assets/personas/mira.json';
const raw = parsePersona(JSON.parse(readFileSync(PATH, 'utf8')), PATH);
const MIRA = {
  ...raw,
  dialogue: { ...raw.dialogue, fillers: [{ text: 'Hm.', emotion: 'curious' }, 'Let me see.'] },
};

/** A character whose engine answers after so many milliseconds. */
function characterThatThinks(ms: number, persona: typeof raw = MIRA) {
  const port = scriptedPort(['[proud] Five coins, sailor.'], { delayMs: ms });
  return characterOn(port, { persona, slot: 'main' });
}

async function eventsOf(character: ReturnType<typeof characterThatThinks>): Promise<UtteranceEvent[]> {
  const utterance = character.ask('How much for an eel?');
  const events: UtteranceEvent[] = [];
  const reading = (async () => {
    for await (const event of utterance) events.push(event);
  })();
  await vi.advanceTimersByTimeAsync(5000);
  await reading;
  return events;
}

describe('A filler', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is said once when the answer takes its time, before it, the next one the next time', async () => {
    const character = characterThatThinks(2000);
    expect((await eventsOf(character))[0]).toEqual({ type: 'filler', text: 'Hm.', emotion: 'curious' });
    const second = await eventsOf(character);
    expect(second[0]).toEqual({ type: 'filler', text: 'Let me see.', emotion: 'neutral' });
    expect(second.filter(({ type }) => type === 'filler')).toHaveLength(1);
  });

  it('leaves no trace in the answer and the talk', async () => {
    const character = characterThatThinks(2000);
    await eventsOf(character);
    expect(character.transcript.map(({ text }) => text)).toEqual([
      'How much for an eel?',
      'Five coins, sailor.',
    ]);
  });

  it('is not said when the answer comes at once, after an interruption, or where there is none', async () => {
    expect((await eventsOf(characterThatThinks(300))).map(({ type }) => type)).not.toContain('filler');
    const character = characterThatThinks(2000);
    const utterance = character.ask('How much?');
    await vi.advanceTimersByTimeAsync(300);
    utterance.interrupt();
    await vi.advanceTimersByTimeAsync(3000);
    const heard = [];
    for await (const event of utterance) heard.push(event.type);
    expect(heard).not.toContain('filler');
    const { fillers: _, ...dialogue } = MIRA.dialogue;
    expect(
      (await eventsOf(characterThatThinks(2000, { ...MIRA, dialogue }))).map(({ type }) => type),
    ).not.toContain('filler');
  });
});
