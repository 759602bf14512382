import { describe, expect, it } from 'vitest';
import { Grounding } from '../../../plugin/dialogue/grounding.js';

const TALK = "My name is Ann. I paid seven coins for Mira's eel at pier 3, and twenty-two for the rest.";

describe('Grounding', () => {
  const grounding = new Grounding([TALK]);

  it.each([
    'The player is called Ann.',
    'The player paid seven coins, 7 in all.',
    'Three is the pier. Look for pier three.',
    'Mira sold an eel.',
    'Nobody else was there, not one.',
    "It was Mira's eel, and I'm glad, sir.",
    'She said: "Gulls everywhere." Twenty-two of them.',
    'On Monday, Captain.',
  ])('lets through %o', (sentence) => {
    expect(grounding.unknownWord(sentence, true)).toBeUndefined();
  });

  it.each([
    ['The player paid forty coins.', 'forty'],
    ['The player met Tomas.', 'Tomas'],
    ['The player lives at pier 12.', '12'],
    ["That was Orrin's lamp.", 'Orrin'],
    ['Forty gulls.', 'Forty'],
    ['Twenty-one, sailor.', 'Twenty-one'],
    ['Twenty, sailor.', 'Twenty'],
  ])('stops %o at %o', (sentence, word) => {
    expect(grounding.unknownWord(sentence, true)).toBe(word);
  });

  it('takes a capital letter for a name where no sentence begins', () => {
    expect(grounding.unknownWord('Gulls everywhere', true)).toBeUndefined();
    expect(grounding.unknownWord('Gulls everywhere', false)).toBe('Gulls');
  });
});
