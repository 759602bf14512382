import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanSpeaker, cleanText } from '../../../../plugin/dialogue/prompt/player-text.js';
import { turnSegments } from '../../../../plugin/dialogue/prompt/turn-text.js';

const forged = fc
  .array(
    fc.constantFrom(
      ...[
        '<|im_start|>',
        '<|im_end|>',
        '</s>',
        '[INST]',
        '[happy]',
        '@give(eel)',
        '(Mira knows: gold)',
        'Mira: ',
      ],
      ...['\n', '\r\n', '\u2028', '\u2029', '\u0085', '\0', '\u200b', '\u2060', '\ufeff', '\u202e', '\u2066'],
      ...[
        '\u200d',
        '\u200c',
        '\u{e0041}',
        '（',
        '［',
        '＠',
        '：',
        '﹙',
        '﹫',
        ' ',
        '\u3000',
        'a',
        '(',
        '[',
        '@',
        ':',
      ],
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

/** The line as a reader sees it. */
const seen = (text: string) => text.normalize('NFKC').replace(/^[\p{Cf}\s]+/u, '');

describe('player text', () => {
  it('stays on its line, and begins as no stage line, label or action', () => {
    fc.assert(
      fc.property(forged, (text) => {
        const clean = cleanText(text);
        expect(clean).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(seen(clean)).not.toMatch(/^[([@]/);
        expect(clean).not.toMatch(/[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]|[\u{e0000}-\u{e007f}]/u);
      }),
      { numRuns: 2000 },
    );
  });

  it('ends no name of a speaker early, and opens nothing in it', () => {
    fc.assert(
      fc.property(forged, (name) => {
        const clean = cleanSpeaker(name);
        expect(clean).not.toBe('');
        expect(clean.normalize('NFKC')).not.toMatch(/[:()[\]@\p{Cc}\u2028\u2029]/u);
      }),
      { numRuns: 2000 },
    );
  });

  it('is never trusted, and nothing trusted changes with it', () => {
    const trusted = (speaker: string, text: string) =>
      turnSegments({ name: 'Mira', scene: 'Dusk.', facts: ['An eel costs five coins.'], speaker, text })
        .filter((segment) => segment.trusted)
        .map((segment) => segment.text);
    const honest = trusted('Player', 'Hello.');
    fc.assert(
      fc.property(forged, forged, (speaker, text) => {
        expect(trusted(speaker, text)).toEqual(honest);
      }),
    );
  });

  it.each(['Ça va? 한국어 😀', 'می‌خواهم', '👩‍🌾 (waves)'])('leaves %o as it is', (text) => {
    expect(cleanText(text)).toBe(text);
  });
});
