import { describe, expect, it } from 'vitest';
import { runTests } from '../../../cli/persona-tests/run-tests.js';
import { summarize } from '../../../cli/persona-tests/summarize.js';
import { parsePersona } from '../../../plugin/dialogue/index.js';
import type { EnginePort, GenerateRequest } from '../../../plugin/engine-port.js';
import { memoryDocs } from '../../support/engine-port.js';

/** Says the lines in order; a test of the runner needs no model. */
function scripted(lines: readonly string[]): EnginePort & { readonly requests: GenerateRequest[] } {
  const requests: GenerateRequest[] = [];
  return {
    ...memoryDocs(),
    requests,
    model: { id: 'script', nCtx: 2048 },
    countTokens: async (texts) => texts.map((text) => text.split(' ').length),
    generate: async (request, onChunk) => {
      const text = lines[requests.length]!;
      requests.push(request);
      onChunk({ pieces: [{ token: null, text }] } as unknown as Parameters<typeof onChunk>[0]);
      return {} as Awaited<ReturnType<EnginePort['generate']>>;
    },
    prefill: async () => undefined,
    drop: async () => undefined,
  };
}

const persona = parsePersona({
  schema: '1',
  id: 'ada',
  identity: { name: 'Ada' },
  core: {
    compact: 'Ada bakes loaves for two coins.',
    secrets: [{ text: 'The oven is cracked.', when: { 'quest.stage': 2 } }],
  },
  actions: [{ name: 'give', description: 'to hand over bread', cooldown: 60 }],
  tests: [
    { name: 'price', kind: 'fact', say: ['Hello.', 'How much?'], expect: { contains: ['two'] } },
    {
      kind: 'action',
      talk: [
        { say: 'Bread, please.', expect: { action: 'give' } },
        { say: 'And again.', expect: { action: 'give', contains: ['three'] } },
      ],
    },
    { say: 'The oven?', state: { 'quest.stage': 2 }, expect: { contains: ['cracked'] } },
  ],
});

const GOOD = [
  '[happy] Morning.',
  '[happy] Two coins.',
  '[happy] Here.\n@give {}',
  '[happy] Here.\n@give {}',
  '[sad] It is cracked.',
];

describe('runTests', () => {
  it('runs each test with a fresh character, and keeps what was said, got and expected', async () => {
    const port = scripted(GOOD);
    const seen: string[] = [];
    const outcomes = await runTests({ port, persona, seed: 7, onOutcome: ({ name }) => seen.push(name) });
    expect(seen).toEqual(['price', 'Bread, please.', 'The oven?']);
    expect(outcomes.map(({ passed }) => passed)).toEqual([true, false, true]);
    const [first, second] = outcomes[1]!.answers;
    expect(first).toMatchObject({ mistakes: [], got: { action: { name: 'give' }, tokens: 1 } });
    // The cooldown of 60 seconds would have forbidden it.
    expect(second).toMatchObject({ said: 'And again.', mistakes: [{ kind: 'fact' }] });
    // The first answers of fresh characters share their seed; a talk goes on with others.
    const seeds = port.requests.map((request) => request.seed);
    expect(seeds[2]).toBe(seeds[0]);
    expect(seeds[1]).not.toBe(seeds[0]);
    expect(port.requests.map(({ messages }) => messages.length)).toEqual([2, 4, 2, 4, 2]);
  });

  it('shows a test its state', async () => {
    const port = scripted(GOOD.slice(4));
    await runTests({ port, persona, only: 'OVEN' });
    expect(JSON.stringify(port.requests[0]!.messages)).toContain('The oven is cracked.');
  });

  it('summarizes shares by answer', async () => {
    const outcomes = await runTests({ port: scripted(GOOD), persona });
    expect(summarize(outcomes)).toEqual({
      passed: 2,
      failed: 1,
      facts: { right: 2, of: 3 },
      labels: { right: 5, of: 5 },
      actions: { right: 2, of: 2 },
      midSentence: 0,
      outOfCharacter: 0,
      // The third has none.
      kinds: { fact: { right: 1, of: 1 }, action: { right: 0, of: 1 } },
    });
  });
});
