import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { GenerateRequest, GenerateResult, Grammar, Message } from '../../../engine/protocol.js';
import { MemoryFiles } from '../../../engine/store/memory-files.js';
import { CrashSafeStore, storeFailed } from '../../../engine/store/store.js';
import { type EngineFixture, loadEngine, startEngine } from '../../support/engine-fixture.js';
import { answer, literal, player, system } from '../../support/talks.js';

/** Files that say when they have no more room. */
class SmallFiles extends MemoryFiles {
  full: (names: readonly string[]) => boolean = () => false;

  override async write(name: string, parts: readonly Uint8Array[]): Promise<void> {
    if (this.full(await this.list('')))
      throw storeFailed(this.kind, name, new DOMException('', 'QuotaExceededError'));
    await super.write(name, parts);
  }
}

let engine: EngineFixture;
beforeAll(async () => {
  engine = await loadEngine();
});

let talks = 0;
/** A sequence that no other test uses. */
function newSequence(): string {
  return `slot/mira/${++talks}`;
}

const FIRST = [system(), player('How much for an eel?')];

/** Prompt tokens of the next turn that are in the cache after this one: all but a last token that was never computed. */
function cachedAfter({ usage, tokens, finish }: GenerateResult): number {
  return usage.promptTokens + tokens.length - (finish === 'length' ? 1 : 0);
}

function expectAbort(result: Promise<unknown>): Promise<void> {
  return expect(result).rejects.toMatchObject({ name: 'AbortError' });
}

describe('EngineHost.statistics', () => {
  it('counts what was computed, what is held and what is saved', async () => {
    const own = await loadEngine();
    const before = await own.host.statistics();
    expect(before).toMatchObject({
      running: [],
      savedSequences: [],
      work: { decodeTokens: 0, decodeMs: 0, prefillTokens: 0, prefillMs: 0 },
    });
    const { usage } = await own.generate({ sequence: 'slot/Zoë/1', messages: FIRST, maxTokens: 8 });
    await vi.waitFor(async () =>
      expect((await own.host.statistics()).savedSequences).toEqual(['slot/Zoë/1']),
    );
    const { work, caches, kvBytes } = await own.host.statistics();
    expect(work.prefillTokens).toBe(usage.prefilledTokens);
    // The first token comes with the last row of the prompt.
    expect(work.decodeTokens).toBe(usage.decodedTokens - 1);
    expect(work.prefillMs).toBeGreaterThan(0);
    expect(work.decodeMs).toBeGreaterThan(0);
    expect(kvBytes).toBe(caches.pages * caches.pageBytes);
  });

  it('names what runs', async () => {
    const sequence = newSequence();
    const { id, result } = engine.start({ sequence, messages: FIRST, maxTokens: 24 });
    await engine.untilStreamed(id, 2);
    const { running } = await engine.host.statistics();
    expect(running).toMatchObject([
      { sequence, kind: 'decode', priority: 'player', fork: false, pendingTokens: 1 },
    ]);
    await result;
    expect((await engine.host.statistics()).running).toEqual([]);
  });

  it('rejects with model-not-loaded', async () => {
    const bare = await startEngine();
    await expect(bare.host.statistics()).rejects.toMatchObject({ code: 'model-not-loaded' });
  });
});

describe('EngineHost without a model', () => {
  it('rejects with model-not-loaded', async () => {
    const bare = await startEngine();
    await expect(bare.generate({ messages: FIRST })).rejects.toMatchObject({ code: 'model-not-loaded' });
    await expect(bare.prefill('a/b/c', FIRST)).rejects.toMatchObject({ code: 'model-not-loaded' });
    expect(() => bare.host.countTokens(['a'])).toThrow('No model is loaded');
  });

  it('keeps documents all the same', async () => {
    const bare = await startEngine();
    await bare.host.writeDoc('slot/mira.talk', Uint8Array.of(1, 2, 3));
    expect(await bare.host.readDoc('slot/mira.talk')).toEqual(Uint8Array.of(1, 2, 3));
    expect(await bare.host.readDoc('slot/pip.talk')).toBeUndefined();
  });

  it('lists the documents of a folder by the keys that they were written under, and no caches', async () => {
    const bare = await startEngine();
    const keys = ['slot/mira.talk', 'slot/Zoë & co.talk', 'slot/a%2Fb/c.talk'];
    for (const key of [...keys, 'slot 2/mira.talk']) await bare.host.writeDoc(key, Uint8Array.of(1));
    await bare.store.write('tests/slot/mira/1.kv', Uint8Array.of(1));
    expect((await bare.host.listDocs('slot')).sort()).toEqual(keys.sort());
    expect(await bare.host.listDocs('slot 2')).toEqual(['slot 2/mira.talk']);
    expect(await bare.host.listDocs('nowhere')).toEqual([]);
  });

  it('makes room for a document by dropping caches', async () => {
    const files = new SmallFiles();
    const store = new CrashSafeStore(files);
    const { host } = await startEngine({ store });
    await store.write('tests/slot/mira/1.kv', Uint8Array.of(1));
    await store.write('tests/slot/pip.talk', Uint8Array.of(2));
    files.full = (names) => names.some((name) => name.includes('.kv'));
    await host.writeDoc('slot/mira.talk', Uint8Array.of(3));
    expect(await host.readDoc('slot/mira.talk')).toEqual(Uint8Array.of(3));
    expect(await store.list('')).toEqual(['tests/slot/mira%2Etalk', 'tests/slot/pip.talk']);
  });

  it('rejects with store-failed when there is no room at all, and tells of it once', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const files = new SmallFiles();
    const { host } = await startEngine({ store: new CrashSafeStore(files) });
    files.full = () => true;
    for (let i = 0; i < 2; i++) {
      await expect(host.writeDoc('slot/mira.talk', Uint8Array.of(i))).rejects.toMatchObject({
        code: 'store-failed',
      });
    }
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/^Parley: storage fails.*no more room/)]]);
    warn.mockRestore();
  });
});

describe('EngineHost, turn after turn', () => {
  it('answers from the facts it was given, and streams exactly the text of the result', async () => {
    const started = engine.start({ sequence: newSequence(), messages: FIRST });
    const result = await started.result;
    expect(result.text).toMatch(/five/i);
    expect(result.finish).toBe('stop');
    const pieces = engine.streamed(started.id);
    expect(pieces.map(({ text }) => text).join('')).toBe(result.text);
    expect(pieces.flatMap(({ token }) => token ?? [])).toEqual(result.tokens);
  });

  it('prefills only what is new in a second turn', async () => {
    const sequence = newSequence();
    const first = await engine.generate({ sequence, messages: FIRST });
    const second = await engine.generate({
      sequence,
      messages: [...FIRST, answer(first), player('And a herring?')],
    });
    expect(first.finish).toBe('stop');
    expect(second.usage.prefilledTokens).toBe(second.usage.promptTokens - cachedAfter(first));
    expect(second.usage.cachedTokens).toBe(cachedAfter(first));
    expect(second.usage.prefilledTokens).toBeLessThan(20);
  });

  it('prefills only what is new after an answer that was cut in mid-sentence', async () => {
    const sequence = newSequence();
    const first = await engine.generate({ sequence, messages: FIRST, maxTokens: 5 });
    expect(first.finish).toBe('length');
    expect(first.text).toBe('[neutral] Five coins');
    const cut = { text: '[neutral] Fi', tokens: first.tokens };
    const second = await engine.generate({ sequence, messages: [...FIRST, answer(cut), player('Go on.')] });
    // Kept are the ids of `[neutral]`, up to the one that the cut went through.
    expect(second.usage.cachedTokens).toBe(first.usage.promptTokens + 3);
    expect(second.usage.prefilledTokens).toBeLessThan(20);
  });

  it('prefills only what is new after an answer that was interrupted by a cancel', async () => {
    const sequence = newSequence();
    const started = engine.start({ sequence, messages: FIRST, sampling: { temperature: 1 } });
    await engine.untilStreamed(started.id, 3);
    engine.host.cancel(started.id);
    await expectAbort(started.result);
    const pieces = engine.streamed(started.id);
    const heard = {
      text: pieces.map(({ text }) => text).join(''),
      tokens: pieces.flatMap(({ token }) => token ?? []),
    };
    const second = await engine.generate({ sequence, messages: [...FIRST, answer(heard), player('What?')] });
    const promptTokens = (await engine.generate({ sequence, messages: FIRST, fork: true })).usage
      .promptTokens;
    expect(second.usage.cachedTokens).toBeGreaterThanOrEqual(promptTokens + heard.tokens.length - 1);
    expect(second.usage.prefilledTokens).toBeLessThan(20);
  });

  it('prefills only what is new after ids that re-tokenizing would not give', async () => {
    const sequence = newSequence();
    const text = '[happy] Fresh eels this morning, sailor!';
    const sampling = { temperature: 10 };
    const first = await engine.generate({ sequence, messages: FIRST, grammar: literal(text), sampling });
    expect(first.text).toBe(text);
    expect(first.tokens.length).toBeGreaterThan(engine.host.countTokens([text])[0]!);
    const second = await engine.generate({ sequence, messages: [...FIRST, answer(first), player('Good.')] });
    expect(second.usage.prefilledTokens).toBe(second.usage.promptTokens - cachedAfter(first));
  });

  it('shares the system text with another talk of the same persona', async () => {
    const first = await engine.generate({ sequence: newSequence(), messages: FIRST });
    const other = await engine.generate({ sequence: newSequence(), messages: [system(), player('Hello.')] });
    expect(first.usage.promptTokens - other.usage.cachedTokens).toBeLessThan(20);
  });

  it('prefill makes the answer wait for its last token only', async () => {
    const sequence = newSequence();
    const messages = [system('You are Pip, a boy.'), player('Who are you, and what do you do all day?')];
    await engine.prefill(sequence, messages);
    const result = await engine.generate({ sequence, messages });
    expect(result.usage.prefilledTokens).toBe(1);
  });

  it('goes on from a partial answer', async () => {
    const sequence = newSequence();
    const messages: Message[] = [...FIRST, { role: 'assistant', text: '[proud] My eels cost' }];
    const result = await engine.generate({ sequence, messages, continueAnswer: true, maxTokens: 4 });
    expect(result.text).toMatch(/^ /);
    expect(result.text).not.toContain('[');
  });

  it('leaves the talk untouched by a fork', async () => {
    const sequence = newSequence();
    const first = await engine.generate({ sequence, messages: FIRST });
    const next = [...FIRST, answer(first), player('Is it fresh?')];
    const expected = await engine.generate({ sequence, messages: next, fork: true });
    const other = [...FIRST, answer(first), player('(What does Mira remember of this talk?)')];
    await engine.generate({ sequence, messages: other, fork: true });
    const second = await engine.generate({ sequence, messages: next });
    expect(second.text).toBe(expected.text);
    expect(second.usage.cachedTokens).toBe(cachedAfter(first));
  });
});

describe('EngineHost, cancel and barge-in', () => {
  it('rejects with AbortError when cancelled before it started', async () => {
    const started = engine.start({ sequence: newSequence(), messages: FIRST });
    engine.host.cancel(started.id);
    await expectAbort(started.result);
  });

  it('gives the same text after a cancel as without one', async () => {
    const sequence = newSequence();
    const request = { messages: FIRST, sampling: { temperature: 0.8 }, seed: 5 };
    const expected = await engine.generate({ ...request, sequence: newSequence() });
    const cancelled = engine.start({ ...request, sequence });
    await engine.untilStreamed(cancelled.id, 2);
    engine.host.cancel(cancelled.id);
    await expectAbort(cancelled.result);
    expect((await engine.generate({ ...request, sequence })).text).toBe(expected.text);
  });

  it('lets a newer request for the same sequence supersede a running one', async () => {
    const sequence = newSequence();
    const old = engine.start({ sequence, messages: FIRST });
    await engine.untilStreamed(old.id, 2);
    const messages = [system(), player('Hello, who are you?')];
    const newer = engine.start({ sequence, messages });
    await expectAbort(old.result);
    const alone = await engine.generate({ sequence: newSequence(), messages });
    expect((await newer.result).text).toBe(alone.text);
  });

  it('lets the last of several requests for one sequence win that were made at once', async () => {
    const sequence = newSequence();
    const lines = ['Hello.', 'How much for an eel?', 'Where is Tomas?'];
    const started = lines.map((line) => engine.start({ sequence, messages: [system(), player(line)] }));
    await expectAbort(started[0]!.result);
    await expectAbort(started[1]!.result);
    const messages = [system(), player(lines[2]!)];
    const alone = await engine.generate({ sequence: newSequence(), messages });
    expect((await started[2]!.result).text).toBe(alone.text);
  });

  it('keeps a dropped sequence out of the store, also when it was running', async () => {
    const sequence = newSequence();
    const started = engine.start({ sequence, messages: FIRST });
    await engine.untilStreamed(started.id, 2);
    await engine.host.drop(sequence);
    await started.result;
    await new Promise((resolve) => setImmediate(resolve));
    expect((await engine.store.read(`tests/${sequence}.kv`))?.length).toBeUndefined();
  });
});

describe('EngineHost, the answer', () => {
  const hot = { temperature: 1, topP: 0.95, repeatPenalty: 1.05 };

  function generate(request: Partial<GenerateRequest>): Promise<GenerateResult> {
    return engine.generate({ sequence: newSequence(), messages: FIRST, maxTokens: 20, ...request });
  }

  it('is the same for the same seed, and another for another', async () => {
    const first = await generate({ sampling: hot, seed: 7 });
    const again = await generate({ sampling: hot, seed: 7 });
    expect(again.text).toBe(first.text);
    expect(again.tokens).toEqual(first.tokens);
    const others = await Promise.all([8, 9, 10].map((seed) => generate({ sampling: hot, seed })));
    expect(new Set([first, ...others].map(({ text }) => text)).size).toBeGreaterThan(1);
  });

  it('begins with a label that the grammar forces', async () => {
    const grammar: Grammar = {
      rules: {
        root: {
          type: 'sequence',
          items: [
            { type: 'literal', text: '[' },
            {
              type: 'alternatives',
              items: ['sleepy', 'smug'].map((text) => ({ type: 'literal' as const, text })),
            },
            { type: 'literal', text: '] ' },
            {
              type: 'repeat',
              item: { type: 'chars', ranges: [[10, 10]], negated: true },
              min: 1,
              max: 200,
            },
          ],
        },
      },
    };
    for (const seed of [1, 2, 3]) {
      const { text } = await generate({ grammar, sampling: hot, seed });
      expect(text).toMatch(/^\[(sleepy|smug)\] [^\n]+$/);
    }
  });

  it('rejects a broken grammar with grammar-invalid', async () => {
    const grammar: Grammar = { rules: { root: { type: 'reference', rule: 'nowhere' } } };
    await expect(generate({ grammar })).rejects.toMatchObject({ code: 'grammar-invalid' });
  });

  it('ends before a stop string and keeps only ids that spell its text', async () => {
    const whole = await generate({});
    const stop = whole.text.slice(12, 15);
    const started = engine.start({ sequence: newSequence(), messages: FIRST, stop: [stop] });
    const cut = await started.result;
    expect(cut.finish).toBe('stop');
    expect(cut.text).toBe(whole.text.slice(0, whole.text.indexOf(stop)));
    expect(cut.tokens.length).toBeLessThan(whole.tokens.length);
    expect(whole.tokens.slice(0, cut.tokens.length)).toEqual(cut.tokens);
    expect(
      engine
        .streamed(started.id)
        .map(({ text }) => text)
        .join(''),
    ).toBe(cut.text);
  });

  it('does not complete a banned word', async () => {
    const { text } = await generate({});
    expect(text).toMatch(/five/i);
    expect((await generate({ ban: ['five'] })).text).not.toMatch(/five/i);
  });

  it('ends with length at maxTokens', async () => {
    const { finish, tokens, usage } = await generate({ maxTokens: 3 });
    expect({ finish, tokens: tokens.length, decoded: usage.decodedTokens }).toEqual({
      finish: 'length',
      tokens: 3,
      decoded: 3,
    });
  });
});

describe('EngineHost, the context window', () => {
  it('rejects a prompt that fills it with context-full, and ends an answer that does with length', async () => {
    const small = await loadEngine({ nCtx: 100 });
    const { usage } = await small.generate({ messages: FIRST, maxTokens: 1 });
    const filler = ' eel'.repeat(100);
    const messages = [system(), player(`How much?${filler}`)];
    await expect(small.generate({ messages })).rejects.toMatchObject({ code: 'context-full' });
    // The session is as usable as before.
    const grammar: Grammar = {
      rules: { root: { type: 'repeat', item: { type: 'literal', text: 'fish ' }, min: 1000 } },
    };
    const full = await small.generate({ messages: FIRST, grammar, maxTokens: 1000 });
    expect(full.finish).toBe('length');
    expect(full.usage.promptTokens + full.tokens.length).toBe(100);
    expect(usage.promptTokens).toBe(full.usage.promptTokens);
  });
});
