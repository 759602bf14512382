import { describe, expect, it } from 'vitest';
import type { PromptSnapshot } from '../../../plugin/dialogue/index.js';
import { promptBar, promptText } from '../../../plugin/inspector/prompt-layout.js';

const PROMPT: PromptSnapshot = {
  parts: [
    { kind: 'system', role: 'system', text: 'You are Mira.', tokens: 100 },
    { kind: 'exchange', role: 'user', text: 'Player: Hello.', tokens: 20 },
    { kind: 'exchange', role: 'assistant', text: '[happy] Hello.', tokens: 30 },
    { kind: 'last', role: 'user', text: 'Player: An eel.', tokens: 40 },
    { kind: 'last', role: 'assistant', text: '[happy] Five coins.', tokens: 10 },
  ],
  tokens: 200,
  templateTokens: 40,
  answerTokens: 60,
  nCtx: 1000,
  droppedExchanges: 2,
};

describe('promptBar', () => {
  it('fills the window with the parts in their order, what is free last', () => {
    const bar = promptBar(PROMPT);
    expect(bar.map(({ kind, tokens }) => [kind, tokens])).toEqual([
      ['system', 100],
      ['exchange', 50],
      ['last', 50],
      ['template', 40],
      ['answer', 60],
      ['free', 700],
    ]);
    expect(bar[0]!.share).toBeCloseTo(0.1);
    expect(bar.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  it('shares the bar among the parts where they are more than the window', () => {
    const bar = promptBar({ ...PROMPT, nCtx: 150 });
    expect(bar.map(({ kind }) => kind)).not.toContain('free');
    expect(bar.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  it('is empty while no model counts tokens', () => {
    expect(promptBar({ ...PROMPT, tokens: undefined, nCtx: undefined })).toEqual([]);
  });
});

describe('promptText', () => {
  it('has every part under a heading with what it costs', () => {
    const text = promptText(PROMPT);
    expect(text).toContain('Tokens: 200 of 1000, without the chat template.');
    expect(text).toContain('--- last, user, 40 tokens ---\nPlayer: An eel.\n');
    expect(text.match(/^---/gm)).toHaveLength(5);
  });
});
