import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type GateRules,
  plainSentence,
  SentenceGate,
} from '../../../../plugin/dialogue/answer/sentence-gate.js';

/** Feeds a text in pieces of `size`; what came through, or how a repeated first sentence begins. */
function feed(rules: GateRules, text: string, size: number): { shown: string; repeated?: string } {
  const gate = new SentenceGate(rules);
  let shown = '';
  const pieces = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'gu')) ?? [];
  for (const piece of [...pieces, undefined]) {
    const { text: part, repeated } = piece === undefined ? gate.end() : gate.push(piece);
    if (repeated !== undefined) return { shown, repeated };
    shown += part;
  }
  return { shown };
}

const SIZES = [1, 4, 13];
const spoken = [plainSentence('An eel costs five coins, sailor.')];

describe.each(SIZES)('SentenceGate, in pieces of %i', (size) => {
  it('lets through what is new', () => {
    const line = 'An eel costs six coins. Take it, or leave it… sailor.';
    expect(feed({ spoken }, line, size)).toEqual({ shown: line });
  });

  it('says how a first sentence begins that was said before, and lets none of it through', () => {
    const line = 'An eel costs five coins, sailor! Want one?';
    expect(feed({ spoken }, line, size)).toEqual({ shown: '', repeated: 'An eel costs' });
    expect(feed({ spoken }, 'An eel costs five coins, sailor.', size).repeated).toBe('An eel costs');
  });

  it('ends an answer before a later sentence that was said before', () => {
    const line = 'Fresh today. An eel costs five coins, sailor. Want one?';
    expect(feed({ spoken }, line, size).shown.trim()).toBe('Fresh today.');
  });

  it('ends an answer before its own sentence comes again', () => {
    const line = 'The sea takes all. I wait. The sea takes all. I wait.';
    expect(feed({}, line, size).shown.trim()).toBe('The sea takes all. I wait.');
    expect(feed({}, 'Ha! Ha! Good one.', size).shown).toBe('Ha! Ha! Good one.');
  });

  it('ends an answer that goes round in a loop', () => {
    const { shown } = feed({}, `I know ${'the old man and '.repeat(30)}no more.`, size);
    expect(shown.length).toBeLessThan(80);
    expect(feed({}, 'No, no, no. Not today.', size).shown).toBe('No, no, no. Not today.');
  });

  it('lets so many sentences through', () => {
    expect(feed({ maxSentences: 2 }, 'One. Two! Three? Four.', size).shown.trim()).toBe('One. Two!');
    expect(feed({ maxSentences: 2 }, 'Mr. Hask sleeps. He snores. He stays.', size).shown.trim()).toBe(
      'Mr. Hask sleeps. He snores.',
    );
  });

  it('goes on where an attempt broke off', () => {
    const rules = { after: 'Fresh today. An eel', maxSentences: 2, spoken };
    expect(feed(rules, ' costs five coins, sailor. Yes.', size).shown.trim()).toBe(
      'costs five coins, sailor.',
    );
    expect(
      feed({ ...rules, after: 'Fresh today.' }, ' An eel costs five coins, sailor.', size).shown.trim(),
    ).toBe('');
    expect(feed(rules, ' costs you. Yes.', size).shown.trim()).toBe('costs you.');
  });
});

describe('SentenceGate', () => {
  it('lets any text through unchanged in any pieces where no rule speaks against it', () => {
    const word = fc.constantFrom('sea', 'eel', 'Tomas', 'five', '2.5', 'Mr.', '"Run!"', 'はい。', '…');
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 9 }), fc.integer({ min: 1, max: 9 }), (list, size) => {
        const text = list.join(' ');
        expect(feed({}, text, size)).toEqual({ shown: text });
      }),
    );
  });
});
