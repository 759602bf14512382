import { readFile } from 'node:fs/promises';
import { type Persona, parsePersona } from '../plugin/dialogue/index.js';

/** @throws Error the file cannot be read, or is not JSON; DialogueError persona-invalid */
export async function readPersona(path: string): Promise<Persona> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`${path} could not be read: ${String(error)}`);
  }
  try {
    return parsePersona(JSON.parse(text), path);
  } catch (error) {
    if (error instanceof SyntaxError) throw new Error(`${path} is not JSON: ${error.message}`);
    throw error;
  }
}
