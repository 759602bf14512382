/** The dialogue layer: personas, characters and their lines; no Phaser and no engine in here. */
export {
  type ActionCall,
  type AskOptions,
  type Character,
  type CharacterEvents,
  type CharacterOptions,
  type Choice,
  EMOTIONS,
  type TranscriptTurn,
  type Utterance,
  type UtteranceEvent,
  type UtteranceResult,
} from './api.js';
export { createCharacter } from './character.js';
export { readPath } from './conditions.js';
export { DialogueError, type DialogueErrorCode } from './dialogue-error.js';
export { parsePersona, personaProblems } from './persona/parse-persona.js';
export type { Expectation, PersonaTest } from './persona/test-types.js';
export type { Conditions, Line, Persona, PersonaAction, PersonaChoice } from './persona/types.js';
export { stableMessages } from './prompt/talk.js';
export { type ReplayedAnswer, type ReplayOptions, replayTalk } from './replay.js';
export { savedSequence } from './transcript.js';
