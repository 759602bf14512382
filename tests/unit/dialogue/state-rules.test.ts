import { describe, expect, it } from 'vitest';
import { parsePersona } from '../../../plugin/dialogue/index.js';
import { applyRules } from '../../../plugin/dialogue/state-rules.js';

const TRUST = 'relations.player.trust';
const state: Readonly<Record<string, unknown>> = { mood: 'happy', [TRUST]: 10 };
const read = (path: string) => state[path];

describe('applyRules', () => {
  it.each([
    ['action:give', { action: 'give' }, true],
    ['action:give', { action: 'give_back' }, false],
    ['emotion:angry', { emotion: 'angry' }, true],
    ['emotion:angry', { action: 'angry' }, false],
    ['keyword:eel|fresh herring', { said: 'An EEL, please!' }, true],
    ['keyword:eel|fresh herring', { said: 'I feel fresh.' }, false],
    ['keyword:eel|fresh herring', { said: 'Fresh  herring?' }, true],
    ['keyword:eel|', { said: 'Good evening.' }, false],
  ])('knows whether %s has happened: %j', (on, happened, expected) => {
    const proposed = applyRules([{ on, add: { [TRUST]: 5 } }], happened, read);
    expect(proposed).toEqual(expected ? { [TRUST]: 15 } : {});
  });

  it('applies rules in order, and judges conditions by how things stood before', () => {
    const rules = [
      { on: 'action:give', set: { mood: 'glad' }, add: { [TRUST]: 5 } },
      { on: 'action:give', when: { mood: 'happy' }, add: { [TRUST]: 5 } },
      { on: 'action:give', when: { mood: 'glad' }, add: { [TRUST]: 50 } },
    ];
    expect(applyRules(rules, { action: 'give' }, read)).toEqual({ mood: 'glad', [TRUST]: 20 });
  });

  it('keeps relations between -100 and 100, begins them at 0, and proposes no value that stands already', () => {
    const add = { [TRUST]: 500, 'relations.mira.respect': -500 };
    const rules = [{ on: 'emotion:happy', set: { mood: 'happy' }, add }];
    expect(applyRules(rules, { emotion: 'happy' }, read)).toEqual({
      [TRUST]: 100,
      'relations.mira.respect': -100,
    });
  });
});

describe('parsePersona', () => {
  const withRule = (rule: object) => () =>
    parsePersona({
      schema: '1',
      id: 'mira',
      identity: { name: 'Mira' },
      core: { compact: 'Mira is blunt.' },
      state: { rules: [rule] },
    });

  it('takes rules on mood and relations, and refuses others', () => {
    expect(
      withRule({ on: 'action:give', set: { mood: 'glad' }, add: { [TRUST]: 5 } })().state?.rules,
    ).toHaveLength(1);
    expect(withRule({ on: 'given:eel' })).toThrow('state.rules.0.on is a string ("given:eel")');
    expect(withRule({ on: 'action:give', set: { coins: 5 } })).toThrow(
      'state.rules.0.set has "coins", expected',
    );
    expect(withRule({ on: 'action:give', set: { mood: 5 } })).toThrow(
      'state.rules.0.set has "mood", expected',
    );
    expect(withRule({ on: 'action:give', add: { mood: 5 } })).toThrow(
      'state.rules.0.add has "mood", expected',
    );
  });
});
