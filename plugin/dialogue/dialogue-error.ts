/** What went wrong, for code; the message says it for people. */
export type DialogueErrorCode =
  | 'persona-invalid'
  | 'duplicate-character'
  | 'save-invalid'
  | 'card-invalid'
  | 'script-invalid';

/** An error of the dialogue layer: the message gives what was got and expected, the hint the remedy. */
export class DialogueError extends Error {
  override readonly name = 'DialogueError';
  readonly code: DialogueErrorCode;
  readonly hint: string | undefined;

  constructor(code: DialogueErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}
