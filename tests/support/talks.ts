/** Short talks in the layout that the bundled model was trained on. */
import type { GenerateResult, Grammar, Message } from '../../engine/protocol.js';

export const MIRA = [
  "You are Mira, the fishmonger of Saltmere, a harbor village. Mira is blunt, funny and proud of her fish.\nVoice: Short, salty sentences. Calls people 'sailor'.",
  'Mira knows: An eel costs five coins. Tomas was last seen near the lighthouse.',
].join('\n');

export const ORRIN =
  'You are Orrin, the keeper of the lighthouse. Orrin is old, calm and fond of storms.\nVoice: Slow and gentle.';

export function system(text = MIRA): Message {
  return { role: 'system', segments: [{ text, trusted: true }] };
}

/** A player's line: the name is the game's, the words are the player's. */
export function player(text: string): Message {
  return {
    role: 'user',
    segments: [
      { text: 'Player: ', trusted: true },
      { text, trusted: false },
    ],
  };
}

export function answer({ text, tokens }: Pick<GenerateResult, 'text' | 'tokens'>): Message {
  return { role: 'assistant', text, tokens };
}

/** A grammar whose only text is this one. */
export function literal(text: string): Grammar {
  return { rules: { root: { type: 'literal', text } } };
}
