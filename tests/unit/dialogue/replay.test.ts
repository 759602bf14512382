/** The same model, seed, persona and lines give the same text, whatever budget, threads, company and memory there were. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Grant } from '../../../engine/protocol.js';
import {
  type CharacterOptions,
  createCharacter,
  type Persona,
  parsePersona,
  type ReplayedAnswer,
  replayTalk,
} from '../../../plugin/dialogue/index.js';
import { grantOf, loadEngine } from '../../support/engine-fixture.js';
import { memoryDocs, portOf, type WatchedPort } from '../../support/engine-port.js';

/** Talks with short windows, so that exchanges leave the prompt and are remembered. */
function persona(id: string): Persona {
  const path = `assets/personas/${id}.json`;
  const { memory: _memory, ...rest } = parsePersona(JSON.parse(readFileSync(path, 'utf8')), path);
  return { ...rest, memory: { turns: 3, summary: true }, generation: { ...rest.generation, maxTokens: 16 } };
}

/** Random schedules; the soak test asks for more. */
const RUNS = Number(process.env.REPLAY_RUNS ?? 3);
const MIRA = persona('mira');
const LINES = [
  'My name is Ann. I lost my boat.',
  'How much for an eel?',
  'Who runs the inn here?',
  'Do you remember my name?',
];

function characterOn(port: WatchedPort, options: Partial<CharacterOptions> = {}) {
  const docs = memoryDocs();
  const character = createCharacter({
    persona: MIRA,
    slot: 'main',
    docs,
    engine: () => port,
    engineReady: async () => port,
    ...options,
  });
  return { character, talk: () => docs.docs.get(`main/${character.id}.talk`)! };
}

describe('A replay', () => {
  let port: WatchedPort;
  let talk: Uint8Array;
  let shown: string[];
  let memories: readonly string[];
  beforeAll(async () => {
    port = portOf(await loadEngine());
    const calm = characterOn(port);
    shown = [];
    for (const line of LINES) shown.push((await calm.character.ask(line)).text);
    await calm.character.prefetch();
    talk = calm.talk();
    memories = calm.character.memories;
  });

  it('makes each answer again from the transcript alone', async () => {
    const heard: ReplayedAnswer[] = [];
    const answers = await replayTalk({
      port,
      persona: MIRA,
      transcript: talk,
      onAnswer: (answer) => heard.push(answer),
    });
    expect(answers.map(({ said, same }) => ({ said, same }))).toEqual(
      LINES.map((said) => ({ said, same: true })),
    );
    expect(heard).toEqual(answers);
  });

  it('shows what another seed, persona or model would have said differently', async () => {
    const grumpy = { ...MIRA, core: { ...MIRA.core, compact: 'Mira is asleep and hates coins.' } };
    const answers = await replayTalk({ port, persona: grumpy, transcript: talk });
    expect(answers.some(({ same }) => !same)).toBe(true);
    const other = { ...port, model: { ...port.model, id: 'sha256:other' } };
    await expect(replayTalk({ port: other, persona: MIRA, transcript: talk })).rejects.toThrow(
      'sha256:other',
    );
    await expect(replayTalk({ port, persona: MIRA, transcript: Uint8Array.of(1, 2) })).rejects.toThrow(
      RangeError,
    );
  });

  it('makes an interrupted answer again up to the piece where it was interrupted', async () => {
    const { character, talk: saved } = characterOn(port, { seed: 9 });
    const utterance = character.ask('Tell me a long story about the sea and the storm.');
    for await (const event of utterance) if (event.type === 'text') break;
    const { text, finish } = await utterance;
    expect(finish).toBe('interrupted');
    await character.ask('And then?');
    const answers = await replayTalk({ port, persona: MIRA, transcript: saved() });
    expect(answers.map(({ same }) => same)).toEqual([true, true]);
    expect(answers[0]!.got).toContain(text);
  });

  it(
    'comes out the same under random budgets, threads, company and memory',
    async () => {
      const grants = fc.record({
        decodeTokens: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
        prefillTokens: fc.constantFrom(5, 16, Number.POSITIVE_INFINITY),
        ms: fc.constantFrom(1, 3, 30),
      });
      const schedule = fc.record({
        grants: fc.array(grants, { minLength: 3, maxLength: 9 }),
        threads: fc.constantFrom(1, 2, 3),
        build: fc.constantFrom('relaxed' as const, 'plain' as const),
        /** Pages for all characters: from hardly one talk to plenty. */
        pages: fc.constantFrom(0, 40, 96),
        company: fc.integer({ min: 0, max: 3 }),
      });
      await fc.assert(
        fc.asyncProperty(schedule, async ({ grants: kinds, threads, build, pages, company }) => {
          const engine = await loadEngine({ threads, build, nCtx: 640, kvBytes: pages * 16 * 11_700 });
          const busy = portOf(engine);
          const stop = grantByTurns(engine, kinds);
          try {
            const { character, talk: saved } = characterOn(busy);
            const others = ['orrin', 'bess', 'pip']
              .slice(0, company)
              .map((id) => characterOn(busy, { persona: persona(id), id }).character);
            const said: string[] = [];
            for (const [i, line] of LINES.entries()) {
              const chatter = others.map((other) => other.ask(`${line} Number ${i}.`));
              said.push((await character.ask(line)).text);
              await Promise.all(chatter);
            }
            await character.prefetch();
            expect(said).toEqual(shown);
            expect(character.memories).toEqual(memories);
            expect(saved()).toEqual(talk);
          } finally {
            stop();
          }
        }),
        { numRuns: RUNS, seed: 25 },
      );
    },
    Math.max(180_000, RUNS * 120_000),
  );
});

/** A game that steps as fast as the event loop turns, each step with the next of some grants. */
function grantByTurns(
  engine: Awaited<ReturnType<typeof loadEngine>>,
  kinds: readonly Partial<Grant>[],
): () => void {
  let frame = 0;
  const timer = setInterval(() => {
    engine.host.grant(grantOf(++frame, kinds[frame % kinds.length]));
  }, 1);
  return () => clearInterval(timer);
}
