import { describe, expect, it } from 'vitest';
import { characterOn } from '../../../cli/character-on.js';
import type { Persona } from '../../../plugin/dialogue/index.js';
import { deniedTopic, forbiddenPhrases, voidLines } from '../../../plugin/dialogue/safety.js';
import type { EnginePort } from '../../../plugin/engine-port.js';
import { memoryDocs } from '../../support/engine-port.js';

const PERSONA: Persona = {
  schema: '1',
  id: 'mira',
  identity: { name: 'Mira' },
  core: { compact: 'Mira sells fish.' },
  knowledge: { unknownReply: ['I do not know.'] },
  voice: { avoid: ['darling'] },
  safety: { topicsDeny: ['politics', 'the war', 'church'], blocklist: ['damn'] },
  dialogue: { fallbacks: ['Aye.'], refusals: ['We do not speak of that here.', 'Ask about fish.'] },
};

describe('denied topics', () => {
  it.each([
    ['What do you think of POLITICS?', 'politics'],
    ['Tell me about the  war!', 'the war'],
    ['Do you like churches?', 'church'],
    ['ｐｏｌｉｔｉｃｓ', 'politics'],
  ])('are seen in %o', (line, topic) => {
    expect(deniedTopic(line, PERSONA)).toBe(topic);
  });

  it.each(['The warm soup, please.', 'A churchyard mouse.', 'Fish?'])('are not seen in %o', (line) => {
    expect(deniedTopic(line, PERSONA)).toBeUndefined();
  });

  it('are refused in turn, without asking the model', async () => {
    const engine = {
      ...memoryDocs(),
      model: { id: 'none', nCtx: 1024 },
      generate: () => Promise.reject(new Error('asked')),
    } as unknown as EnginePort;
    const mira = characterOn(engine, { persona: PERSONA, slot: 'main' });
    expect((await mira.ask('Who won the war?')).text).toBe('We do not speak of that here.');
    expect((await mira.ask('And the politics of it?')).text).toBe('Ask about fish.');
    expect(mira.transcript).toHaveLength(4);
  });

  it('may not be shown in an answer, nor what is blocked or avoided', () => {
    expect(forbiddenPhrases(PERSONA)).toEqual(['darling', 'damn', 'politics', 'the war', 'church']);
    expect(voidLines(PERSONA, 'the war')).toEqual(PERSONA.dialogue?.refusals);
    expect(voidLines(PERSONA, 'darling')).toEqual(['I do not know.']);
    const falls: Persona = { ...PERSONA, safety: { ...PERSONA.safety, onViolation: 'fallback' } };
    expect(voidLines(falls, 'the war')).toEqual(['Aye.']);
  });
});
