import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapLines } from '../../../plugin/ui/wrap.js';

const byLength = (text: string) => text.length;

describe('wrapLines', () => {
  it('breaks between words and drops the spaces there', () => {
    expect(wrapLines('Five coins for an eel.', 10, byLength)).toEqual(['Five coins', 'for an', 'eel.']);
  });

  it('breaks a word that is wider than a line, by grapheme', () => {
    expect(wrapLines('a Donaudampfschiff!', 7, byLength)).toEqual(['a', 'Donauda', 'mpfschi', 'ff!']);
    expect(wrapLines('👩‍👧👩‍👧', 5, byLength)).toEqual(['👩‍👧', '👩‍👧']);
  });

  it('ends where not even one grapheme fits', () => {
    expect(wrapLines('ab', 0, byLength)).toEqual(['a', 'b']);
  });

  it('keeps line breaks', () => {
    expect(wrapLines('one\ntwo', 10, byLength)).toEqual(['one', 'two']);
  });

  it('breaks after hyphens inside words but not before numbers', () => {
    expect(wrapLines('well-known', 6, byLength)).toEqual(['well-', 'known']);
    expect(wrapLines('at -5', 3, byLength)).toEqual(['at', '-5']);
  });

  it('breaks ideographs anywhere but before closing punctuation', () => {
    expect(wrapLines('潮風が強い。', 3, byLength)).toEqual(['潮風が', '強い。']);
    expect(wrapLines('海海海。', 3, byLength)).toEqual(['海海', '海。']);
  });

  it('breaks after hyphens, and where a soft one says so, with a hyphen to see', () => {
    expect(wrapLines('Donau\u00addampf\u00adschiff', 12, byLength)).toEqual(['Donaudampf-', 'schiff']);
    expect(wrapLines('Donau\u00addampf', 12, byLength)).toEqual(['Donaudampf']);
  });

  it('keeps together what a no-break space joins', () => {
    expect(wrapLines('Qui est\u00a0là\u202f?', 9, byLength)).toEqual(['Qui', 'est\u00a0là\u202f?']);
  });

  it.each([
    ['long vowels', 'コーヒー', 3, ['コー', 'ヒー']],
    ['small kana', 'はちょっと', 3, ['は', 'ちょっ', 'と']],
    ['repetitions', '海人々', 2, ['海', '人々']],
  ])('starts no line with %s', (_what, text, width, lines) => {
    expect(wrapLines(text, width, byLength)).toEqual(lines);
  });

  it('ends no line with an opening bracket or a sign of money, and breaks between two brackets', () => {
    expect(wrapLines('海海「海」', 3, byLength)).toEqual(['海海', '「海」']);
    expect(wrapLines('海海￥5海', 3, byLength)).toEqual(['海海', '￥5海']);
    expect(wrapLines('海。「海」', 3, byLength)).toEqual(['海。', '「海」']);
  });

  it('breaks Thai between words', () => {
    expect(wrapLines('ปลาไหลตัวละห้าเหรียญ', 9, byLength)[0]).toBe('ปลาไหลตัว');
    expect(wrapLines('ปลาไหลตัวละห้าเหรียญ', 8, byLength)[0]).toBe('ปลาไหล');
  });

  it('breaks Korean only at spaces', () => {
    expect(wrapLines('오늘 밤 바다는 잔잔하네요.', 7, byLength)).toEqual([
      '오늘 밤',
      '바다는',
      '잔잔하네요.',
    ]);
  });

  it('never moves wrapped words when whole words follow', () => {
    const word = fc.stringMatching(/^[a-z'’é]{1,12}[.,!?]?$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 4, max: 30 }),
        (words, width) => {
          const whole = wrapLines(words.join(' '), width, byLength).join('\n');
          for (let count = 1; count < words.length; count++) {
            const prefix = wrapLines(words.slice(0, count).join(' '), width, byLength).join('\n');
            expect(whole.startsWith(prefix)).toBe(true);
          }
        },
      ),
    );
  });

  it('never makes a line wider than asked for, and loses nothing but spaces', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 2, max: 20 }), (text, width) => {
        const lines = wrapLines(text, width, (line) => Array.from(line).length);
        for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(Math.max(width, 1));
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});
