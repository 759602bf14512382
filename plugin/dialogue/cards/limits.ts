/** How much of a card is read. Those of a persona's fields are the limits of its schema. */
import { MAX_DEPTH } from '../persona/parse-persona.js';

/** Bytes of a file. Cards carry a portrait; more is not a card. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;
/** Characters of a card's JSON: room for a persona, of a million at most, and for the card that it keeps. */
export const MAX_CARD_CHARS = 2_000_000;
/** Levels of lists and objects: room for a persona and the card that it keeps; deeper breaks `JSON.stringify`. */
export const MAX_LEVELS = 2 * MAX_DEPTH;

export const MAX_NAME = 200;
/** Of any longer text of a persona, such as its description or an entry. */
export const MAX_TEXT = 2000;
export const MAX_KEYS = 30;
export const MAX_KEY = 100;
export const MAX_ENTRIES = 500;
export const MAX_EXAMPLES = 12;
export const MAX_GREETINGS = 100;
