/** A compiled story, read or refused with one clear error. */
import { Story } from 'inkjs';
import { DialogueError } from '../dialogue/dialogue-error.js';

/**
 * @param source the JSON that `inklecate` or inkjs' compiler writes, as text or as an object
 * @throws DialogueError story-invalid
 */
export function readStory(source: string | object): Story {
  const text = typeof source === 'string' ? source : JSON.stringify(source);
  try {
    // Files of inklecate begin with a byte order mark.
    return new Story(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw storyError(`Got ${text.length} characters that are no story`, cause);
  }
}

export function storyError(what: string, cause: unknown): DialogueError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DialogueError('story-invalid', `${what}: ${reason} Expected a story compiled to JSON.`, {
    hint: 'Compile the .ink file with inklecate, or with the Compiler of inkjs/full, of a version that inkjs reads.',
    cause,
  });
}
