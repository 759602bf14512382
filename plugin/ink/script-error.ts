import { DialogueError } from '../dialogue/dialogue-error.js';

/** The story cannot be used, or not any further. */
export function scriptError(message: string, hint: string, cause?: unknown): DialogueError {
  return new DialogueError('script-invalid', message, { hint, ...(cause === undefined ? {} : { cause }) });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
