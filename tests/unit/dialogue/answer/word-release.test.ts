import { describe, expect, it } from 'vitest';
import { WordRelease } from '../../../../plugin/dialogue/answer/word-release.js';
import { Grounding } from '../../../../plugin/dialogue/grounding.js';

/** Feeds a text in pieces of `size`; what was shown until it ended or a violation came. */
function feed(release: WordRelease, text: string, size: number): { shown: string; violation?: string } {
  let shown = '';
  for (let at = 0; at < text.length; at += size) {
    const { text: words, violation } = release.push(text.slice(at, at + size));
    if (violation !== undefined) return { shown, violation };
    shown += words;
  }
  const { text: words, violation } = release.end();
  return violation === undefined ? { shown: shown + words } : { shown, violation };
}

const SIZES = [1, 3, 7, 100];

describe('WordRelease', () => {
  it.each(SIZES)('shows a whole line, in pieces of %i', (size) => {
    const line = 'Five coins, and it is worth twice that, sailor.';
    expect(feed(new WordRelease({ forbidden: [] }), line, size)).toEqual({ shown: line });
  });

  it.each(SIZES)('shows no word of a forbidden phrase, in pieces of %i', (size) => {
    const { shown, violation } = feed(
      new WordRelease({ forbidden: ['rotten old fish'] }),
      'I never in my life sold a rotten old fish to you.',
      size,
    );
    expect(violation).toBe('rotten old fish');
    expect(shown).not.toContain('rotten');
  });

  it.each(SIZES)('shows no number from nowhere, in pieces of %i', (size) => {
    const grounding = new Grounding(['An eel costs seven coins.']);
    const { shown, violation } = feed(
      new WordRelease({ forbidden: [], grounding }),
      'An eel costs you no more than seventeen coins today.',
      size,
    );
    expect(violation).toBe('seventeen');
    expect('An eel costs you no more than').toContain(shown);
  });

  it('does not take the beginning of a word for the word', () => {
    const grounding = new Grounding(['Seventeen gulls.']);
    const release = new WordRelease({ forbidden: [], grounding });
    expect(feed(release, 'I saw seventeen of them on the pier.', 9)).toEqual({
      shown: 'I saw seventeen of them on the pier.',
    });
  });

  it('keeps back the space before a word that may never come', () => {
    const release = new WordRelease({ forbidden: [] });
    expect(release.push('One of the gulls took it away. ').text).toBe('One of the');
  });

  it('knows whether a continued line begins a sentence', () => {
    const grounding = new Grounding([]);
    const behind = (text: string) => new WordRelease({ forbidden: [], grounding, after: text });
    expect(behind('The gulls took').push('Tomas away ').violation).toBe('Tomas');
    expect(behind('The gulls.').push('They went away ').violation).toBeUndefined();
  });
});
