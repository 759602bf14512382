import { Story } from 'inkjs';
import { messageOf, scriptError } from './script-error.js';

/** A story that was compiled to JSON: its text, or the object. */
export type CompiledStory = string | Readonly<Record<string, unknown>>;

/** @throws DialogueError script-invalid: no JSON, no story, or one for another version of ink */
export function openStory(compiled: CompiledStory): Story {
  const json = typeof compiled === 'string' ? parse(compiled) : compiled;
  const version = typeof json === 'object' && json !== null && (json as { inkVersion?: unknown }).inkVersion;
  if (typeof version !== 'number') {
    throw scriptError(
      'Got JSON without inkVersion; expected a compiled Ink story.',
      'Give the .json file that an Ink compiler made of the .ink file.',
    );
  }
  try {
    return new Story(json as Record<string, unknown>);
  } catch (error) {
    throw scriptError(
      `Got a story of ink version ${version}; expected one that inkjs reads (version ${Story.inkVersionCurrent}): ${messageOf(error)}`,
      'Compile the .ink file again, with the compiler of the inkjs that the game uses.',
      error,
    );
  }
}

function parse(text: string): unknown {
  try {
    // Compilers on Windows put a byte order mark before it.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw scriptError(
      `Got ${JSON.stringify(text.slice(0, 40))}; expected the JSON of a compiled Ink story: ${messageOf(error)}`,
      'Compile the .ink file first, e.g. npx inkjs-compiler story.ink.',
      error,
    );
  }
}
