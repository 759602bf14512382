import { describe, expect, it } from 'vitest';
import { spokenBefore } from '../../../../plugin/dialogue/answer/spoken-before.js';
import type { Exchange } from '../../../../plugin/dialogue/transcript.js';

function exchange(said: string, text: string): Exchange {
  const shown = { text, emotion: 'neutral', source: 'model' } as const;
  return { speaker: 'Player', said, facts: [], user: null, answer: { raw: text, tokens: [] }, shown };
}

const talk = [
  exchange('How much for an eel?', 'An eel costs five coins, sailor. Take it.'),
  exchange('Where is Tomas?', 'I have not seen my brother for two nights.'),
];

describe('spokenBefore', () => {
  it('gives the longer sentences of what was said', () => {
    expect(spokenBefore(talk, 'Do you like the mayor?')).toEqual([
      'an eel costs five coins sailor',
      'i have not seen my brother for two nights',
    ]);
  });

  it('leaves out what the player asks for again, in the same words or others', () => {
    expect(spokenBefore(talk, 'How much for an eel?')).toHaveLength(1);
    expect(spokenBefore(talk, 'So what are the costs?')).toEqual([
      'i have not seen my brother for two nights',
    ]);
    expect(spokenBefore(talk, 'And Tomas, where is he?')).toEqual(['an eel costs five coins sailor']);
  });
});
