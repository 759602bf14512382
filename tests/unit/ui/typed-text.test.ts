import { describe, expect, it } from 'vitest';
import { TypedText } from '../../../plugin/ui/typed-text.js';

const style = { graphemesPerSecond: 10, lineWidth: 10, measure: (text: string) => text.length };

describe('TypedText', () => {
  it('types by grapheme at its speed', () => {
    const typed = new TypedText(style);
    typed.append('Aye 👩‍👧 you');
    expect(typed.advance(300)).toBe(true);
    expect(typed.window(0, 4)).toBe('Aye');
    typed.advance(200);
    expect(typed.window(0, 4)).toBe('Aye 👩‍👧');
  });

  it('lays a word out on its own line before its first letter shows', () => {
    const typed = new TypedText(style);
    typed.append('one two three');
    typed.advance(900);
    // "one two t" would fit a line of ten; the whole word does not.
    expect(typed.window(0, 4)).toBe('one two\nth');
  });

  it('holds after a full stop, not after a decimal point', () => {
    const typed = new TypedText({ ...style, lineWidth: 40 });
    typed.append('No. Yes 1.5 more');
    typed.advance(400);
    expect(typed.window(0, 1)).toBe('No.');
    typed.advance(500);
    expect(typed.window(0, 1)).toBe('No.');
    typed.advance(800);
    expect(typed.window(0, 1)).toBe('No. Yes 1.5');
  });

  it('holds after the stops of scripts without spaces', () => {
    const typed = new TypedText({ ...style, lineWidth: 40 });
    typed.append('はい。いいえ');
    typed.advance(800);
    expect(typed.window(0, 1)).toBe('はい。');
    typed.advance(200);
    expect(typed.window(0, 1)).toBe('はい。い');
  });

  it('joins graphemes that arrive in parts', () => {
    const typed = new TypedText({ ...style, lineWidth: 40, fit: (text) => text.normalize('NFC') });
    for (const part of ['👩', '\u200d', '👧 cafe', '\u0301 🇩', '🇪']) {
      typed.append(part);
      typed.advance(60_000);
    }
    expect(typed.window(0, 1)).toBe('👩‍👧 café 🇩🇪');
    expect(typed.shown).toBe(8);
    expect(typed.caughtUp).toBe(true);
  });

  it('measures only the last line again when words join it, and all lines in another font', () => {
    const measured: string[] = [];
    let font = 'pixel';
    const measure = (text: string) => {
      measured.push(text);
      return text.length;
    };
    const typed = new TypedText({ ...style, measure, font: () => font });
    for (const word of ['one ', 'two ', 'three ', 'four ']) typed.append(word);
    measured.length = 0;
    typed.append('five');
    expect(typed.lines).toEqual(['one two', 'three four', 'five']);
    expect(measured.some((text) => text.includes('one'))).toBe(false);
    expect(typed.width).toBe(10);
    font = 'system';
    measured.length = 0;
    typed.append(' six');
    expect(measured).toContain('one two');
    expect(typed.lines).toEqual(['one two', 'three four', 'five six']);
  });

  it('types as fast as the player set it, at once where it is Infinity', () => {
    const typed = new TypedText({ ...style, lineWidth: 40 });
    typed.append('No. Yes.');
    typed.speed = 2;
    typed.advance(100);
    expect(typed.window(0, 1)).toBe('No');
    typed.speed = Number.POSITIVE_INFINITY;
    typed.advance(0);
    typed.advance(16);
    expect(typed.window(0, 1)).toBe('No. Yes.');
    typed.append(' More.');
    typed.speed = 1;
    typed.advance(100);
    expect(typed.window(0, 1)).toBe('No. Yes. ');
  });

  it('goes on when more words arrive, without the time it waited for them', () => {
    const typed = new TypedText({ ...style, lineWidth: 40 });
    typed.append('Aye');
    typed.advance(1000);
    expect(typed.caughtUp).toBe(true);
    expect(typed.advance(5000)).toBe(false);
    typed.append(' sailor');
    typed.advance(200);
    expect(typed.window(0, 1)).toBe('Aye s');
  });

  it('types a long backlog faster', () => {
    const slow = new TypedText({ ...style, lineWidth: 400 });
    const fast = new TypedText({ ...style, lineWidth: 400 });
    slow.append('a'.repeat(50));
    fast.append('a'.repeat(300));
    slow.advance(1000);
    fast.advance(1000);
    expect(fast.shown).toBeGreaterThan(slow.shown * 2);
  });

  it('shows everything at once with infinite speed, and when finished', () => {
    const instant = new TypedText({ ...style, graphemesPerSecond: Number.POSITIVE_INFINITY });
    instant.append('One. Two, three.');
    instant.advance(16);
    expect(instant.caughtUp).toBe(true);
    const skipped = new TypedText(style);
    skipped.append('One. Two.');
    expect(skipped.finish()).toBe(true);
    expect(skipped.finish()).toBe(false);
  });

  it('stops at the end of a page and goes on with the next', () => {
    const typed = new TypedText(style);
    typed.append('one two three four five');
    typed.advance(60_000, 2);
    expect(typed.window(0, 2)).toBe('one two\nthree four');
    expect(typed.caughtUp).toBe(false);
    expect(typed.advance(60_000, 2)).toBe(false);
    typed.advance(60_000, 4);
    expect(typed.window(2, 2)).toBe('five');
  });

  it('names the line that is being typed', () => {
    const typed = new TypedText(style);
    expect(typed.currentLine).toBe(0);
    typed.append('one two three');
    typed.advance(800);
    expect(typed.currentLine).toBe(1);
  });
});
