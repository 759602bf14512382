import { describe, expect, it } from 'vitest';
import { cardToPersona } from '../../../../plugin/dialogue/cards/card-to-persona.js';
import { leftAside } from '../../../../plugin/dialogue/cards/left-aside.js';
import { readCard } from '../../../../plugin/dialogue/cards/read-card.js';

function card(data: object) {
  const whole = { name: 'Bo', description: 'Bo digs.', ...data };
  return readCard(JSON.stringify({ spec: 'chara_card_v3', spec_version: '3.0', data: whole }));
}

describe('leftAside', () => {
  it('says nothing of a card that is taken whole', () => {
    expect(
      leftAside(card({ first_mes: 'Hm.', character_book: { entries: [{ keys: ['a'], content: 'A.' }] } })),
    ).toEqual([]);
  });

  it('counts what no persona acts on', () => {
    const entries = [
      { keys: ['a'], content: 'A.', enabled: false },
      { keys: ['/b+/i', 'b'], content: 'B.', secondary_keys: ['c'] },
      { keys: ['d', 'e'], content: 'C.', use_regex: true },
      ...Array.from({ length: 500 }, (_, i) => ({ keys: [`k${i}`], content: `Fact ${i}.` })),
    ];
    const said = leftAside(
      card({
        character_book: { entries },
        system_prompt: 'Be Bo.',
        post_history_instructions: 'Stay Bo.',
        assets: [{ type: 'icon', uri: 'https://example.com/bo.png' }],
      }),
    );
    expect(said).toEqual([
      '1 entries that are switched off',
      '2 entries over the 500 that a persona holds',
      '3 keys that are regular expressions',
      '1 entries with second keys, which are called up by the first ones alone',
      'the system prompt',
      'the instructions behind the talk',
      'pictures, of which none is fetched',
    ]);
  });
});

describe('what stands in a card for other programs', () => {
  it('is taken out of the texts, and choices become the first one', () => {
    const { core, knowledge } = cardToPersona(
      card({
        description:
          '{{char}} {{random:digs,sings,sleeps}}{{// a note}} with {{user}}. {{pick::Loud, Quiet}}!',
        character_book: {
          entries: [{ keys: ['hole'], content: '@@depth 4\n@@role system\nThe hole is deep.' }],
        },
      }),
    );
    expect(core.description).toBe('Bo digs with the player. Loud!');
    expect(knowledge?.book).toEqual([{ text: 'The hole is deep.', keys: ['hole'] }]);
  });
});
