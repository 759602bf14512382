import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { personaFiles } from '../../../scripts/build-persona.mjs';

describe('files generated from the persona schema', async () => {
  const files = Object.entries(await personaFiles());

  it.each(files)('%s is up to date: else run node scripts/build-persona.mjs', (path, text) => {
    expect(existsSync(path) && readFileSync(path, 'utf8') === text).toBe(true);
  });

  it('have something to say of every field', () => {
    const rows = readFileSync('docs/persona-reference.md', 'utf8').match(/^\| `.*$/gm) ?? [];
    expect(rows.length).toBeGreaterThan(150);
    const silent = rows.filter((row) => / \| {2}\|$/.test(row)).map((row) => row.split('`')[1]);
    expect(silent).toEqual(['emotions[]', 'actions[].params.*', '*', '*']);
  });
});
