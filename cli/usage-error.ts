/** Wrong arguments; the hint is the command's usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly hint: string;

  constructor(message: string, usage: string) {
    super(message);
    this.hint = usage;
  }
}
