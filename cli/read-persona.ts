import { readFile } from 'node:fs/promises';
import { type Persona, parsePersona, readPersonaJson } from '../plugin/dialogue/index.js';

/** @throws Error the file cannot be read; DialogueError persona-invalid: it is not JSON, or no persona */
export async function readPersona(path: string): Promise<Persona> {
  return parsePersona(await readJson(path), path);
}

/** @throws Error the file cannot be read; DialogueError persona-invalid: it is not JSON */
export async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`${path} could not be read: ${String(error)}`);
  }
  return readPersonaJson(text, path);
}
