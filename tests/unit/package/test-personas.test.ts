import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePersona } from '../../../plugin/dialogue/index.js';

const FOLDER = 'tests/personas';
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json') && name !== 'report.json');

describe('personas of npm run test:personas', () => {
  it.each(files)('%s is valid, and has ten tests of all six kinds', (name) => {
    const persona = parsePersona(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')), name);
    expect(persona.id).toBe(basename(name, '.json'));
    const tests = persona.tests ?? [];
    expect(tests.length).toBeGreaterThanOrEqual(10);
    const kinds = tests.map(({ kind }) => kind ?? 'none');
    expect([...new Set(kinds)].sort()).toEqual([
      'action',
      'fact',
      'memory',
      'no-action',
      'outside',
      'unknown',
    ]);
  });
});
