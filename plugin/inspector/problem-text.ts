import type { Problem } from '../phaser/problem-log.js';

/** Problems as text, one a line, the oldest first. */
export function problemText(problems: readonly Problem[]): string {
  const lines = problems.map(
    ({ time, level, code, message, hint }) =>
      `${new Date(time).toISOString()} ${level} ${code}: ${message}${hint === undefined ? '' : ` ${hint}`}\n`,
  );
  return lines.length > 0 ? lines.join('') : 'Nothing went wrong so far.\n';
}
