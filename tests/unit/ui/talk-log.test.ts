import { describe, expect, it } from 'vitest';
import { TalkLog } from '../../../plugin/ui/talk-log.js';

const TURNS = [
  { speaker: 'Mira', text: 'Evening.' },
  { speaker: 'You', text: 'An eel, please. A fat one.' },
  { speaker: 'Mira', text: 'Five coins.' },
];

function log(turns = TURNS) {
  const measured: string[] = [];
  return {
    measured,
    log: new TalkLog(turns, {
      maxLines: 2,
      lineWidth: 20,
      measure: (text) => {
        measured.push(text);
        return text.length;
      },
      fit: (text) => text,
    }),
  };
}

describe('TalkLog', () => {
  it('shows the newest lines first, and older ones as it is scrolled', () => {
    const { log: talk } = log();
    expect(talk.window()).toBe('A fat one.\nMira: Five coins.');
    expect(talk.scroll(1)).toBe(true);
    expect(talk.window()).toBe('You: An eel, please.\nA fat one.');
    expect(talk.scroll(50)).toBe(true);
    expect(talk.window()).toBe('Mira: Evening.\nYou: An eel, please.');
    expect([talk.back, talk.share]).toEqual([2, 1]);
    expect(talk.scroll(1)).toBe(false);
    talk.scroll(-50);
    expect([talk.back, talk.share]).toEqual([0, 0]);
  });

  it('lays out only what is seen', () => {
    const many = Array.from({ length: 500 }, (_, i) => ({ speaker: 'Mira', text: `Line ${i}.` }));
    const { log: talk, measured } = log(many);
    talk.scroll(3);
    expect(talk.window()).toBe('Mira: Line 495.\nMira: Line 496.');
    expect(measured.some((text) => text.includes('Line 490'))).toBe(false);
  });

  it('cannot be scrolled where everything is seen', () => {
    const { log: talk } = log(TURNS.slice(0, 1));
    expect(talk.scroll(5)).toBe(false);
    expect([talk.window(), talk.share]).toEqual(['Mira: Evening.', 0]);
    expect(log([]).log.window()).toBe('');
  });
});
