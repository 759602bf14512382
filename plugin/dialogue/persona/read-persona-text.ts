/** Reads a persona from the text of a file, which may be anything. */
import { DialogueError } from '../dialogue-error.js';
import { findJsonFault, placeOf } from './json-fault.js';
import { MAX_DEPTH, parsePersona } from './parse-persona.js';
import { clip, personaInvalid } from './persona-invalid.js';
import type { Persona } from './types.js';

/** More than a hundred times a persona of the sample game; reading it must not be felt in a frame. */
export const MAX_CHARACTERS = 1_000_000;

/**
 * A persona from the text of its file.
 * @param source where it came from, for the message
 * @throws DialogueError persona-invalid: over a million characters, no JSON (with line and column), or no persona
 */
export function readPersonaText(text: string, source = 'The persona'): Persona {
  return parsePersona(readPersonaJson(text, source), source);
}

/**
 * What stands in a persona file, not checked yet.
 * @throws DialogueError persona-invalid: over a million characters, or no JSON
 */
export function readPersonaJson(text: string, source: string): unknown {
  if (text.length > MAX_CHARACTERS) {
    const got = `the file has ${text.length.toLocaleString('en')} characters`;
    const most = `expected at most ${MAX_CHARACTERS.toLocaleString('en')}`;
    throw personaInvalid(source, [`${got}, ${most}`], 1, 'One file is one character: is it another file?');
  }
  // Editors on Windows begin a file with a byte order mark.
  const json = text.replace(/^\uFEFF/, '');
  const fault = findJsonFault(json, MAX_DEPTH);
  if (fault) {
    throw new DialogueError(
      'persona-invalid',
      `${clip(source, 200)} is not JSON: ${placeOf(json, fault.at)}: got ${fault.got}, expected ${fault.expected}.`,
      { hint: 'Look there and just before it, for a comma or a quote; or it is an HTML page in its place.' },
    );
  }
  return JSON.parse(json);
}
