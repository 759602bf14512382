import { describe, expect, it } from 'vitest';
import {
  localizePersona,
  type Persona,
  parsePersona,
  personaProblems,
} from '../../../../plugin/dialogue/index.js';

const PERSONA: Persona = {
  schema: '1',
  id: 'mira',
  identity: { name: 'Mira', role: 'the fishmonger' },
  core: { compact: 'Mira sells fish.' },
  dialogue: {
    greetings: ['Evening.', 'You again.'],
    choices: [
      { id: 'price', text: 'How much?', set: { asked: true } },
      { id: 'bye', text: 'Bye.' },
    ],
  },
  i18n: {
    de: {
      identity: { role: 'die Fischhändlerin' },
      dialogue: { greetings: ['Guten Abend.'], choices: [{ id: 'price', text: 'Was kostet das?' }] },
    },
    'de-AT': { dialogue: { greetings: ['Servus.'] } },
    ar: { identity: { name: 'ميرا' }, dialogue: { greetings: ['مساء الخير.'] } },
    ja: { dialogue: { greetings: ['こんばんは。'] } },
  },
};

describe('localizePersona', () => {
  it('merges objects and entries of the same id, and replaces other lists', () => {
    const { identity, dialogue, i18n } = localizePersona(PERSONA, 'de-DE');
    expect(identity).toEqual({ name: 'Mira', role: 'die Fischhändlerin' });
    expect(dialogue).toEqual({
      greetings: ['Guten Abend.'],
      choices: [
        { id: 'price', text: 'Was kostet das?', set: { asked: true } },
        { id: 'bye', text: 'Bye.' },
      ],
    });
    expect(i18n).toBeUndefined();
  });

  it.each([
    ['de_at', 'Servus.'],
    ['AR', 'مساء الخير.'],
    ['ja', 'こんばんは。'],
    ['fr', 'Evening.'],
  ])('takes the nearest of %s', (locale, greeting) => {
    expect(localizePersona(PERSONA, locale).dialogue?.greetings?.[0]).toBe(greeting);
  });

  it('gives a persona that is valid again, and leaves the original as it is', () => {
    const before = structuredClone(PERSONA);
    for (const locale of Object.keys(PERSONA.i18n!)) {
      expect(() => parsePersona(localizePersona(PERSONA, locale))).not.toThrow();
    }
    expect(PERSONA).toEqual(before);
  });
});

describe('overrides', () => {
  const problems = (over: object) => personaProblems({ ...PERSONA, i18n: { de: over } });

  it('are checked with the file', () => {
    expect(problems({ identity: { nam: 'Mira' } })).toEqual([
      'i18n.de: identity.nam is not a known key (did you mean name?)',
    ]);
    expect(problems({ scenario: 7 })[0]).toMatch(/^i18n\.de: scenario is a number/);
    expect(problems({ id: 'other' })[0]).toMatch(/^i18n\.de has id/);
    expect(problems({ dialogue: { choices: [{ id: 'price', text: 'Was?' }] } })).toEqual([]);
  });
});
