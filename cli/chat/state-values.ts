/** The game's state that a talk in the terminal stands on: values by path, as `path=value`. */
import type { Scalar } from '../../plugin/dialogue/persona/types.js';

/** `quest.stage=2`, `clue.soup=true`, `weather=rain`; undefined where there is no path or no value. */
export function parseAssignment(text: string): readonly [path: string, value: Scalar] | undefined {
  const [, path, value] = /^([^=\s]+)(?:=|\s+)(.+)$/.exec(text.trim()) ?? [];
  return path === undefined || value === undefined ? undefined : [path, scalarOf(value.trim())];
}

function scalarOf(text: string): Scalar {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
