/** The dialogue layer: personas, characters and their lines; no Phaser and no engine in here. */
export type { AnswerReport } from './answer-log.js';
export {
  type ActionCall,
  type AskOptions,
  type Character,
  type CharacterEvents,
  type CharacterOptions,
  type Choice,
  EMOTIONS,
  type SayOptions,
  type TranscriptTurn,
  type Utterance,
  type UtteranceEvent,
  type UtteranceResult,
} from './api.js';
export { cardToPersona, withLorebook } from './cards/card-to-persona.js';
export { leftAside } from './cards/left-aside.js';
export { personaToCard } from './cards/persona-to-card.js';
export { readCardText } from './cards/png-text.js';
export { type Card, readCard } from './cards/read-card.js';
export { createCharacter } from './character.js';
export { readPath } from './conditions.js';
export { type ConverseOptions, converse } from './converse.js';
export { DialogueError, type DialogueErrorCode } from './dialogue-error.js';
export type { Relations } from './feeling.js';
export { fillSilence } from './filler.js';
export { localizePersona } from './persona/localize.js';
export { parsePersona, personaProblems } from './persona/parse-persona.js';
export { readPersonaJson, readPersonaText } from './persona/read-persona-text.js';
export type {
  Assignments,
  Conditions,
  Expectation,
  Line,
  Persona,
  PersonaAction,
  PersonaChoice,
  PersonaTest,
} from './persona/types.js';
export type { ChosenFact } from './prompt/chosen-fact.js';
export type { PromptPart, PromptSnapshot } from './prompt/prompt-snapshot.js';
export { messageText, stableMessages } from './prompt/talk.js';
export type { Rails } from './rails.js';
export { type ReplayedAnswer, type ReplayOptions, replayTalk } from './replay.js';
export { StateChange } from './state-change.js';
export { onTold, type Told, tell } from './tell.js';
export { savedSequence, talkName } from './transcript.js';
