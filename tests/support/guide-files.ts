import { readFileSync } from 'node:fs';

/** The files that a guide names and shows: a bold path, and a block of code below it. */
export function guideFiles(guide: string): Map<string, string> {
  const named = /^\*\*`([^`]+)`\*\*\n\n```\w*\n(.*?)^```/gms;
  return new Map([...readFileSync(guide, 'utf8').matchAll(named)].map(([, path, text]) => [path!, text!]));
}
