/** The guide is followed as a newcomer would: each step is added to the file, and the last one is run on the model. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runTests } from '../../../cli/persona-tests/run-tests.js';
import { parsePersona, personaProblems } from '../../../plugin/dialogue/index.js';
import { loadEngine } from '../../support/engine-fixture.js';
import { portOf } from '../../support/engine-port.js';

const GUIDE = readFileSync('docs/first-character.md', 'utf8');
const STEPS = [...GUIDE.matchAll(/^```json\n(.*?)^```/gms)].map(([, json]) => JSON.parse(json!) as object);

describe('From an empty file to a character that sells you fish', () => {
  it('begins with what an empty file lacks', () => {
    expect(personaProblems({})).toEqual([
      'schema is missing',
      'id is missing',
      'identity is missing',
      'core is missing',
    ]);
  });

  it('has a valid persona behind each step', () => {
    expect(STEPS.length).toBe(7);
    for (const [i] of STEPS.entries()) {
      expect(() => parsePersona(Object.assign({}, ...STEPS.slice(0, i + 1)))).not.toThrow();
    }
  });

  it('ends with a character that passes its tests on the bundled model', async () => {
    const persona = parsePersona(Object.assign({}, ...STEPS));
    const outcomes = await runTests({ port: portOf(await loadEngine()), persona, seed: 1 });
    const failed = outcomes.filter(({ passed }) => !passed);
    expect(failed).toEqual([]);
    expect(outcomes).toHaveLength(5);
  });
});
