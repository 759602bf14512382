/** Suggested lines on the real model. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { characterOn } from '../../../cli/character-on.js';
import { type Character, parsePersona } from '../../../plugin/dialogue/index.js';
import { loadEngine } from '../../support/engine-fixture.js';
import { portOf, type WatchedPort } from '../../support/engine-port.js';

const MIRA = parsePersona(JSON.parse(readFileSync('assets/personas/mira.json', 'utf8')), 'mira.json');

describe('suggest', () => {
  let port: WatchedPort;
  beforeAll(async () => {
    port = portOf(await loadEngine());
  });

  function mira(engine: WatchedPort = port, slot = 'main'): Character {
    return characterOn(engine, { persona: MIRA, slot });
  }

  it('gives lines that differ, and leaves the talk as it is', async () => {
    const character = mira();
    await character.ask('Where is Tomas?');
    const { transcript } = character;
    const lines = await character.suggest();
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(3);
    expect(new Set(lines).size).toBe(lines.length);
    for (const line of lines) expect(line).toMatch(/^\p{Lu}[^-[(@]*[.!?]["'”]?$/u);
    expect(character.transcript).toEqual(transcript);
    // The same talk suggests the same.
    expect(await character.suggest()).toEqual(lines);
  });

  it('ends when the player speaks, and the answer is none the worse', async () => {
    const alone = mira(port, 'alone');
    const expected = await alone.ask('Where is Tomas?');
    const character = mira(port, 'disturbed');
    const lines = character.suggest();
    expect(await character.ask('Where is Tomas?')).toEqual(expected);
    expect(await lines).toEqual([]);
  });

  it('gives nothing without a model', async () => {
    const lone = characterOn(undefined, { persona: MIRA, slot: 'main' });
    expect(await lone.suggest()).toEqual([]);
  });

  it('rejects with the reason of its own signal only', async () => {
    const character = mira(port, 'cancelled');
    const controller = new AbortController();
    const lines = character.suggest(controller.signal);
    controller.abort();
    await expect(lines).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });
});
