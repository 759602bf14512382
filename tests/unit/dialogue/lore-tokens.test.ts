/** How many tokens of facts stand before a line. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { characterOn } from '../../../cli/character-on.js';
import { parsePersona } from '../../../plugin/dialogue/index.js';
import { scriptedPort } from '../../support/scripted-port.js';

const BESS = parsePersona(JSON.parse(readFileSync('assets/personas/bess.json', 'utf8')), 'bess.json');

/** The facts before a line, with so many tokens for them; each word is one. */
async function factsBefore(line: string, loreTokens: number | undefined): Promise<string> {
  const port = scriptedPort(['[happy] Yes, dear.'], { countTokens: (text) => text.split(' ').length });
  const budget = loreTokens === undefined ? {} : { budget: { loreTokens } };
  await characterOn(port, { persona: { ...BESS, ...budget }, slot: 'main' }).ask(line);
  const last = port.requests[0]!.messages.at(-1)!;
  const text = last.role === 'assistant' ? '' : last.segments.map((segment) => segment.text).join('');
  return /\(Bess knows: (.*)\)/.exec(text)?.[1] ?? '';
}

describe('budget.loreTokens', () => {
  it('leaves out the least telling facts', async () => {
    const all = await factsBefore('Does the fish soup have leeks in it?', undefined);
    const [first, second] = all.split('. ');
    expect(first).toBe('The fish soup has leeks and a little rum in it');
    expect(second).toBeDefined();
    expect(await factsBefore('Does the fish soup have leeks in it?', 16)).toBe(`${first}.`);
    expect(await factsBefore('Does the fish soup have leeks in it?', 100)).toBe(all);
    expect(await factsBefore('Does the fish soup have leeks in it?', 4)).toBe('');
  });
});
