/** The one error about a persona file: short however large the file and whatever stands in it. */
import { DialogueError } from '../dialogue-error.js';

/** More would bury the first, which is usually the cause of the rest. */
const MAX_REPORTED = 8;
/** Room for the list of emotions behind a path. */
const MAX_PROBLEM = 240;
const MAX_SOURCE = 200;

const SCHEMA_HINT = 'Put "$schema" into the file: editors then show the fields and their meaning.';

/**
 * @param source where the persona came from
 * @param problems each with the place, what was got and what was expected; only the first few are drawn
 * @param count of problems, where `problems` may not say all of them
 */
export function personaInvalid(
  source: string,
  problems: Iterable<string>,
  count = 0,
  hint = SCHEMA_HINT,
): DialogueError {
  const shown = new Set<string>();
  let drawn = 0;
  for (const problem of problems) {
    drawn++;
    shown.add(clip(problem, MAX_PROBLEM));
    if (shown.size === MAX_REPORTED) break;
  }
  const rest = count - drawn;
  return new DialogueError(
    'persona-invalid',
    `${clip(source, MAX_SOURCE)} is not valid: ${[...shown].join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`,
    { hint },
  );
}

/** The beginning of a text that is longer than `length`, with an ellipsis. */
export function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
