/** What becomes of words that the rating forbids, where the model says them. */
import { describe, expect, it } from 'vitest';
import { characterOn } from '../../../../cli/character-on.js';
import type { Persona } from '../../../../plugin/dialogue/index.js';
import { rememberTalk } from '../../../../plugin/dialogue/memory/remember.js';
import { suggestLines } from '../../../../plugin/dialogue/suggest.js';
import { emptyTranscript } from '../../../../plugin/dialogue/transcript.js';
import { scriptedPort } from '../../../support/scripted-port.js';

const MIRA: Persona = {
  schema: '1',
  id: 'mira',
  identity: { name: 'Mira' },
  core: { compact: 'Mira sells fish.' },
  knowledge: { unknownReply: ['I do not know.'] },
  dialogue: { refusals: ['Mind your tongue, sailor.'] },
};

describe('words that the rating forbids', () => {
  it('are sampled again without the word', async () => {
    const port = scriptedPort([
      '[neutral] That eel is shit and I know it.',
      '[neutral] That eel is old and I know it.',
    ]);
    const result = await characterOn(port, { persona: MIRA, slot: 'main' }).ask('Is it fresh?');
    expect(result).toMatchObject({ text: 'That eel is old and I know it.', source: 'model' });
    expect(port.requests[1]?.ban).toContain('shit');
  });

  it('are refused in the own voice, where they come again', async () => {
    const port = scriptedPort(['[neutral] Oh, fuck off.', '[neutral] Well, fuck off.']);
    const result = await characterOn(port, { persona: MIRA, slot: 'main' }).ask('Is it fresh?');
    expect(result).toMatchObject({ text: 'Mind your tongue, sailor.', source: 'fallback' });
  });

  it('are in no suggested line and in no memory', async () => {
    const list = '- Where is the eel?\n- Is the fish shit?\n- Have you a herring?';
    const data = emptyTranscript('');
    const lines = await suggestLines(scriptedPort([list]), MIRA, data, 's', 1);
    expect(lines).toEqual(['Where is the eel?', 'Have you a herring?']);
    const { signal } = new AbortController();
    const facts = await rememberTalk(scriptedPort([list]), MIRA, data, 's', signal);
    expect(facts).toEqual(['Where is the eel?', 'Have you a herring?']);
  });
});

describe('words that give a model away', () => {
  it('are in no suggested line', async () => {
    const list = '- Where is the eel?\n- Are you a language model?\n- Is there a chatbot here?';
    const lines = await suggestLines(scriptedPort([list]), MIRA, emptyTranscript(''), 's', 1);
    expect(lines).toEqual(['Where is the eel?']);
  });
});
