import { describe, expect, it } from 'vitest';
import { isGrounded } from '../../../plugin/dialogue/memory/grounding.js';

const TALK = "My name is Ann. I paid seven coins for Mira's eel at pier 3.";

describe('isGrounded', () => {
  it.each([
    'The player is called Ann.',
    'The player paid seven coins.',
    'Mira sold an eel.',
    'The player stood at pier 3.',
    'Nobody else was there.',
    "It was Mira's eel, and I was glad.",
  ])('lets through %o', (sentence) => {
    expect(isGrounded(sentence, TALK)).toBe(true);
  });

  it.each(['The player paid forty coins.', 'The player met Tomas.', 'The player lives at pier 12.'])(
    'stops %o',
    (sentence) => {
      expect(isGrounded(sentence, TALK)).toBe(false);
    },
  );
});
