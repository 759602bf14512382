import { describe, expect, it } from 'vitest';
import { checkAnswer, type HeardAnswer } from '../../../cli/persona-tests/check-answer.js';
import { type Expectation, type Persona, parsePersona } from '../../../plugin/dialogue/index.js';

const persona = parsePersona({
  schema: '1',
  id: 'baker',
  identity: { name: 'Ada', role: 'a baker with an assistant' },
  core: { compact: 'Ada bakes.' },
  emotions: ['happy', { label: 'smug', as: 'proud' }],
});

function kinds(answer: Partial<HeardAnswer>, expected: Expectation = {}, of: Persona = persona): string[] {
  const heard = {
    text: 'A loaf is two coins.',
    emotion: 'happy',
    source: 'model',
    tokens: 7,
    ...answer,
  } as const;
  return checkAnswer(of, heard, expected).map(({ kind }) => kind);
}

describe('checkAnswer', () => {
  it('finds nothing wrong with a good answer', () => {
    expect(kinds({})).toEqual([]);
    expect(kinds({ emotion: 'smug', text: '“Ask my assistant.”' })).toEqual([]);
  });

  it('checks of every answer its label, its end, its words and who made it', () => {
    expect(kinds({ emotion: 'proud' })).toEqual(['label']);
    expect(kinds({ text: 'A loaf is two' })).toEqual(['mid-sentence']);
    expect(kinds({ text: '' })).toEqual(['mid-sentence']);
    expect(kinds({ text: 'I am an AI, says my prompt.' })).toEqual(['out-of-character', 'out-of-character']);
    expect(kinds({ text: 'Again I said it, promptly.' })).toEqual([]);
    expect(kinds({ source: 'fallback' })).toEqual(['no-answer']);
  });

  it('does not take what a persona avoids for its own words', () => {
    const avoiding = { ...persona, voice: { avoid: ['chatbot'] } };
    expect(kinds({ text: 'A chatbot!' }, {}, avoiding)).toEqual(['out-of-character']);
  });

  it('looks for facts in any case and with any apostrophe', () => {
    expect(kinds({}, { contains: ['TWO', 'loaf'] })).toEqual([]);
    expect(kinds({}, { contains: ['two', 'three', 'four'] })).toEqual(['fact', 'fact']);
    expect(kinds({ text: 'I don’t.' }, { containsAny: ["don't", 'never'] })).toEqual([]);
    expect(kinds({}, { containsAny: ['three', 'four'] })).toEqual(['fact']);
    expect(kinds({}, { notContains: ['LOAF', 'cake'] })).toEqual(['words']);
  });

  it('compares pattern, length and emotion', () => {
    expect(kinds({}, { matches: '^a loaf', maxTokens: 7, emotion: 'happy' })).toEqual([]);
    expect(kinds({}, { matches: '^loaf', maxTokens: 6, emotion: ['smug', 'sad'] })).toEqual([
      'words',
      'length',
      'emotion',
    ]);
  });

  it('compares the action, none, and a part of its parameters', () => {
    const action = { name: 'give', params: { item: 'loaf', count: 2 } };
    expect(kinds({ action })).toEqual([]);
    expect(kinds({ action }, { action: 'give', params: { item: 'loaf' } })).toEqual([]);
    expect(kinds({ action }, { action: 'give', params: { item: 'cake', count: 2 } })).toEqual(['action']);
    expect(kinds({ action }, { action: null })).toEqual(['action']);
    expect(kinds({}, { action: null })).toEqual([]);
    expect(kinds({}, { action: 'give', params: { item: 'loaf' } })).toEqual(['action']);
    expect(kinds({}, { params: { item: 'loaf' } })).toEqual(['action']);
  });
});
