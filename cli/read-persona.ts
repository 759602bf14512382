import { readFile } from 'node:fs/promises';
import { type Persona, parsePersona } from '../plugin/dialogue/index.js';

/** @throws Error the file cannot be read, or is not JSON; DialogueError persona-invalid */
export async function readPersona(path: string): Promise<Persona> {
  return parsePersona(await readJson(path), path);
}

/** @throws Error the file cannot be read, or is not JSON */
export async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`${path} could not be read: ${String(error)}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
