import { describe, expect, it } from 'vitest';
import { endsLikeSentence, firstSentenceEnd, sentencesOf } from '../../../plugin/dialogue/sentences.js';

describe('sentencesOf', () => {
  it.each([
    ['Five coins. Take it.', ['Five coins.', 'Take it.']],
    ['"Run!" he said. I ran…', ['"Run!"', 'he said.', 'I ran…']],
    ['Mr. Hask sleeps. Dr. Vane does not.', ['Mr. Hask sleeps.', 'Dr. Vane does not.']],
    ['It costs 2.50 coins.', ['It costs 2.50 coins.']],
    ['Well... no.', ['Well...', 'no.']],
    ['鰻は五枚です。買いますか？', ['鰻は五枚です。', '買いますか？']],
    ['「だめです。」と言った。', ['「だめです。」', 'と言った。']],
    ['no mark at all', ['no mark at all']],
    ['', []],
  ])('of %j', (text, sentences) => {
    expect(sentencesOf(text)).toEqual(sentences);
  });

  it('waits while a sentence may go on', () => {
    expect(firstSentenceEnd('Well.')).toBeUndefined();
    expect(firstSentenceEnd('Well. N')).toBe(6);
    expect(firstSentenceEnd('はい。')).toBeUndefined();
    expect(firstSentenceEnd('はい。そ')).toBe(3);
  });
});

describe('endsLikeSentence', () => {
  it.each(['Yes.', 'Yes!"', 'Yes…’ ', 'はい。」', '*nods.*'])('%j does', (text) => {
    expect(endsLikeSentence(text)).toBe(true);
  });
  it.each(['Yes', 'Yes,', 'a.b', ''])('%j does not', (text) => {
    expect(endsLikeSentence(text)).toBe(false);
  });
});
