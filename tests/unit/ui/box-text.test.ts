import { describe, expect, it } from 'vitest';
import { type BoxFace, BoxText, type Talker } from '../../../plugin/ui/box-text.js';

/** Each character is one wide; notes what was fitted last. */
function aFace() {
  const fitted: string[] = [];
  const face: BoxFace = {
    measure: (line) => line.length,
    fit: (text) => {
      fitted.push(text);
      return text;
    },
    font: 'system',
    lineHeight: 20,
  };
  return { face, fitted };
}

function aText({ maxLines = 2, lineWidth = 12, graphemesPerSecond = Number.POSITIVE_INFINITY } = {}) {
  const { face, fitted } = aFace();
  return { text: new BoxText({ maxLines, you: 'You', graphemesPerSecond }, face, lineWidth), fitted };
}

function talker(...lines: readonly (readonly ['player' | 'npc', string])[]): Talker {
  return {
    persona: { identity: { name: 'Mira' } },
    transcript: lines.map(([role, text]) => ({ role, speaker: role === 'npc' ? 'Mira' : 'Player', text })),
  } as unknown as Talker;
}

const type = (text: BoxText) => text.type(100, 1, 1);

describe('BoxText', () => {
  it('types a line by pages, and goes on to each when it is asked to', () => {
    const { text } = aText();
    text.append('The boats are out and the sea is rough.');
    type(text);
    expect([text.window, text.goesOn]).toEqual(['The boats\nare out and', true]);
    expect(text.advance()).toBe(true);
    type(text);
    expect([text.window, text.goesOn]).toEqual(['the sea is\nrough.', false]);
    expect(text.advance()).toBe(false);
  });

  it('shows the rest of a page at once before it goes on', () => {
    const { text } = aText({ graphemesPerSecond: 1 });
    text.append('The boats are out and the sea is rough.');
    expect(text.advance()).toBe(true);
    expect(text.window).toBe('The boats\nare out and');
  });

  it('tells a script that its line was read, by the reader or by the next line', async () => {
    const { text } = aText();
    text.append('Hello.');
    const read = text.whenRead();
    type(text);
    expect(text.goesOn).toBe(true);
    expect(text.advance()).toBe(true);
    await read;
    const cut = text.whenRead();
    text.reset();
    await cut;
    expect([text.isEmpty, text.advance()]).toEqual([true, false]);
  });

  it('was read when there was time for what the page shows', () => {
    const { text } = aText();
    text.append('Hi.');
    type(text);
    expect(text.wasReadFor(1500)).toBe(false);
    expect(text.wasReadFor(200)).toBe(true);
  });

  it('scrolls back in what was said, with the line that no transcript has yet, and returns', () => {
    const { text } = aText({ maxLines: 1, lineWidth: 40 });
    const talk = talker(['npc', 'Good evening.'], ['player', 'Hello.'], ['npc', 'What now?']);
    text.append('An eel, perhaps.');
    text.playerSaid('Fish.');
    type(text);
    expect(text.scrollBack(-1, talk)).toBe(false);
    const seen: string[] = [];
    while (seen.at(-1) !== 'Mira: Good evening.') {
      expect(text.scrollBack(1, talk)).toBe(true);
      seen.push(text.window);
    }
    expect(seen).toEqual(['You: Fish.', 'Mira: What now?', 'You: Hello.', 'Mira: Good evening.']);
    expect([text.scrolledBack, text.share]).toEqual([4, 1]);
    expect(text.advance()).toBe(true);
    expect([text.window, text.isScrolledBack]).toEqual(['An eel, perhaps.', false]);
  });

  it('scrolls by whole lines under a finger', () => {
    const { text } = aText({ maxLines: 1, lineWidth: 40 });
    const talk = talker(['npc', 'One.'], ['npc', 'Two.'], ['npc', 'Three.']);
    expect(text.drag(15, talk)).toBe(false);
    expect(text.drag(10, talk)).toBe(true);
    expect(text.window).toBe('Mira: Two.');
  });

  it('keeps font and direction of its line where there is nothing to scroll back to', () => {
    const { text, fitted } = aText();
    text.append('Hello.');
    text.scrollBack(1, talker(['npc', 'Hello.']));
    expect([text.isScrolledBack, fitted.at(-1)]).toEqual([false, 'Hello.']);
  });

  it('is laid out from its first page for another width', () => {
    const { text } = aText();
    text.append('The boats are out and the sea is rough.');
    type(text);
    text.advance();
    text.setLineWidth(24);
    expect(text.window).toBe('The boats are out and\nthe sea is rough.');
  });
});
