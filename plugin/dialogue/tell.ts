/** What goes wrong behind a talk that goes on: one line in the console, and for tools that listen. */

export interface Told {
  readonly level: 'warning' | 'error';
  readonly message: string;
  readonly error?: unknown;
}

const listeners = new Set<(told: Told) => void>();

/** @returns ends it */
export function onTold(listener: (told: Told) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says it in the console, as `Parley: …`. */
export function tell(level: Told['level'], message: string, error?: unknown): void {
  const say = level === 'error' ? console.error : console.warn;
  if (error === undefined) say(`Parley: ${message}`);
  else say(`Parley: ${message}`, error);
  for (const listener of listeners) listener({ level, message, ...(error === undefined ? {} : { error }) });
}
