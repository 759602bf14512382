import { describe, expect, it } from 'vitest';
import { characterOn } from '../../../cli/character-on.js';
import { feelingText, withRelations } from '../../../plugin/dialogue/feeling.js';
import type { CharacterOptions, Persona, StateChange } from '../../../plugin/dialogue/index.js';
import { memoryDocs } from '../../support/engine-port.js';

const PERSONA: Persona = {
  schema: '1',
  id: 'mira',
  identity: { name: 'Mira' },
  core: { compact: 'Mira sells fish.' },
  state: {
    mood: 'in a hurry',
    relations: { player: { trust: 40 } },
    rules: [
      { on: 'keyword:thank you|thanks', add: { 'relations.player.trust': 15 } },
      { on: 'keyword:thief', set: { mood: 'angry at the player' }, add: { 'relations.player.trust': -100 } },
    ],
  },
  dialogue: {
    fallbacks: ['Aye.'],
    choices: [
      { id: 'rude', text: 'Old fish!', reply: 'Out!', set: { mood: 'angry at the player', rude: true } },
    ],
  },
};

function character(options: Partial<CharacterOptions> = {}) {
  return characterOn(undefined, { persona: PERSONA, slot: 'main', ...options });
}

describe('feelings', () => {
  it('stand in the prompt where they are strong', () => {
    expect(feelingText('', {})).toBeUndefined();
    expect(feelingText('in a hurry', { player: { trust: 49 } })).toBe('in a hurry');
    expect(feelingText('', { player: { trust: 50, respect: -60 }, pip: { trust: 90 } })).toBe(
      'trusts the player, looks down on the player',
    );
  });

  it('stay between their bounds, and reach no prototype', () => {
    const relations = withRelations({}, { 'relations.__proto__.trust': 5, 'relations.player.trust': 900 });
    expect(relations.player).toEqual({ trust: 100 });
    expect(({} as { trust?: number }).trust).toBeUndefined();
  });

  it('change by the rules of the persona, and are there again after a reload', async () => {
    const docs = memoryDocs();
    const mira = character({ docs });
    await mira.ask('Thank you, Mira!');
    expect(mira.relations).toEqual({ player: { trust: 55 } });
    expect(mira.mood).toBe('in a hurry');
    await mira.ask('You thief!');
    expect(mira.relations).toEqual({ player: { trust: -45 } });
    const again = character({ docs });
    await again.ready;
    expect(again.relations).toEqual({ player: { trust: -45 } });
    expect(again.mood).toBe('angry at the player');
    expect(again.transcript).toHaveLength(4);
    const early = character({ docs });
    early.setFeelings({ mood: 'calm' });
    await early.ready;
    expect(early.mood).toBe('calm');
    expect(early.transcript).toHaveLength(4);
    await again.forget();
    expect(again.relations).toEqual({ player: { trust: 40 } });
  });

  it('are seen by the game, which may prevent a change or make another', async () => {
    const mira = character();
    const seen: StateChange['assignments'][] = [];
    mira.on('set', (change) => {
      seen.push(change.assignments);
      change.preventDefault();
      mira.setFeelings({ 'relations.player.trust': 1 });
    });
    await mira.ask('Thanks.');
    expect(seen).toEqual([{ 'relations.player.trust': 55 }]);
    expect(mira.relations).toEqual({ player: { trust: 1 } });
  });

  it('change by a choice, whose other values are left to the game', async () => {
    const mira = character();
    const seen: StateChange['assignments'][] = [];
    mira.on('set', ({ assignments }) => seen.push(assignments));
    await mira.choose('rude');
    expect(seen).toEqual([{ mood: 'angry at the player', rude: true }]);
    expect(mira.mood).toBe('angry at the player');
  });
});
