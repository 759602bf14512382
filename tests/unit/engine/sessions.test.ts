import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { GenerateResult, Message } from '../../../engine/protocol.js';
import { MemoryFiles } from '../../../engine/store/memory-files.js';
import { SharedStore } from '../../../engine/store/shared-store.js';
import { CrashSafeStore } from '../../../engine/store/store.js';
import { type EngineFixture, loadEngine } from '../../support/engine-fixture.js';
import { answer, MIRA, ORRIN, player, system } from '../../support/talks.js';
import { villageTalks } from '../../support/village-talks.js';

const SAMPLING = { temperature: 0.7, topP: 0.9 };
const SEQUENCE = 'slot/mira/1';
const KEY = 'tests/slot/mira/1.kv';
const TALK = 'tests/slot/mira%2Etalk';
const FIRST = [system(), player('How much for an eel?')];

interface Talk {
  readonly sequence: string;
  readonly messages: readonly Message[];
}

const PERSONAS = [
  MIRA,
  ORRIN,
  'You are Pip, a boy of nine who sells newspapers on the quay. Pip talks fast.',
];

/** Two turns of three different characters, who share nothing. */
function firstTurns(): Talk[] {
  return PERSONAS.map((persona, i) => ({
    sequence: `slot/persona${i}/1`,
    messages: [system(persona), player('Hello. What do you do here all day long?')],
  }));
}

async function answerAll(engine: EngineFixture, talks: readonly Talk[], together: boolean) {
  const ask = (talk: Talk) => engine.generate({ ...talk, sampling: SAMPLING, maxTokens: 8 });
  if (together) return Promise.all(talks.map(ask));
  const results: GenerateResult[] = [];
  for (const talk of talks) results.push(await ask(talk));
  return results;
}

async function twoTurns(engine: EngineFixture, together: boolean): Promise<GenerateResult[]> {
  const talks = firstTurns();
  const first = await answerAll(engine, talks, together);
  const next = talks.map(({ sequence, messages }, i) => ({
    sequence,
    messages: [...messages, answer(first[i]!), player('And at night?')],
  }));
  return [...first, ...(await answerAll(engine, next, together))];
}

let roomy: EngineFixture;
beforeAll(async () => {
  roomy = await loadEngine();
});

describe('Sessions on disk', () => {
  it('go on in a second host with the same text, without prefilling the talk again', async () => {
    const store = new CrashSafeStore(new MemoryFiles());
    const before = await loadEngine({ store });
    const first = await before.generate({ sequence: SEQUENCE, messages: FIRST });
    expect((await store.read(KEY))!.length).toBeGreaterThan(100_000);
    const next = [...FIRST, answer(first), player('And who caught it?')];

    const after = await loadEngine({ store });
    const restored = await after.generate({ sequence: SEQUENCE, messages: next, sampling: SAMPLING });
    expect(restored.usage.cachedTokens).toBe(first.usage.promptTokens + first.tokens.length);
    const unbroken = await before.generate({ sequence: SEQUENCE, messages: next, sampling: SAMPLING });
    expect(restored.tokens).toEqual(unbroken.tokens);
    const fresh = await roomy.generate({ sequence: 'slot/fresh/1', messages: next, sampling: SAMPLING });
    expect(fresh.usage.prefilledTokens).toBe(fresh.usage.promptTokens);
    expect(restored.tokens).toEqual(fresh.tokens);
  });

  it('count the time that reading them takes into that of the first token', async () => {
    const readMs = 200;
    const files = new MemoryFiles();
    const before = await loadEngine({ store: new CrashSafeStore(files) });
    await before.generate({ sequence: SEQUENCE, messages: FIRST, maxTokens: 1 });

    const read = files.read.bind(files);
    files.read = async (name) => {
      await new Promise((resolve) => setTimeout(resolve, readMs));
      return read(name);
    };
    const after = await loadEngine({ store: new CrashSafeStore(files) });
    const { usage } = await after.generate({ sequence: SEQUENCE, messages: FIRST, maxTokens: 1 });
    expect(usage.prefilledTokens).toBe(1);
    expect(usage.firstTokenMs).toBeGreaterThan(readMs - 10);
  });

  it('are dropped when cut short, damaged, foreign or empty, and the talks are rebuilt', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const damages: ((bytes: Uint8Array) => Uint8Array)[] = [
      (bytes) => bytes.subarray(0, bytes.length - 1000),
      (bytes) => bytes.with(bytes.length - 5000, bytes.at(-5000)! ^ 1),
      () => new TextEncoder().encode('not a cache at all'),
      () => new Uint8Array(0),
    ];
    const store = new CrashSafeStore(new MemoryFiles());
    const requests = damages.map((_, i) => ({
      sequence: `slot/${i}/1`,
      messages: [system(`${PERSONAS[i % 3]} Number ${i}.`.slice(i)), player('Hello.')],
      sampling: SAMPLING,
      maxTokens: 6,
    }));
    const before = await loadEngine({ store });
    const expected: GenerateResult[] = [];
    for (const request of requests) expected.push(await before.generate(request));
    for (const [i, damage] of damages.entries()) {
      const key = `tests/slot/${i}/1.kv`;
      await store.write(key, damage((await store.read(key))!));
    }

    const after = await loadEngine({ store });
    for (const [i, request] of requests.entries()) {
      const rebuilt = await after.generate(request);
      expect(rebuilt.tokens).toEqual(expected[i]!.tokens);
      expect(rebuilt.usage.cachedTokens).toBeLessThan(10);
      expect(warn).toHaveBeenCalledWith(expect.stringContaining(request.sequence));
    }
    warn.mockRestore();
  });

  it('are not saved while another tab writes, and with the next turn after it was closed', async () => {
    const info = vi.spyOn(console, 'info').mockImplementation(() => undefined);
    const disk = new CrashSafeStore(new MemoryFiles());
    let closeOther = () => {};
    const store = new SharedStore(
      disk,
      async (granted) => {
        closeOther = granted;
      },
      () => undefined,
    );
    // No room for more than one talk: one must make room for the other.
    const engine = await loadEngine({ store, nCtx: 144, kvBytes: 0 });
    const talks = firstTurns().slice(0, 2);
    const [first] = await answerAll(engine, talks, false);
    await engine.host.writeDoc('slot/mira.talk', Uint8Array.of(1));
    expect(await store.list('tests/')).toEqual([TALK]);
    expect(await disk.list('')).toEqual([]);
    closeOther();
    const { sequence, messages } = talks[0]!;
    await engine.generate({ sequence, messages: [...messages, answer(first!), player('And at night?')] });
    await vi.waitFor(async () => {
      expect(await disk.list('tests/')).toContain('tests/slot/persona0/1.kv');
    });
    expect(await disk.list('tests/')).toContain(TALK);
    info.mockRestore();
  });

  it('are not read by a host with a shorter window than the talk', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const store = new CrashSafeStore(new MemoryFiles());
    const long = [system(), player(`Listen. ${'The sea is wide. '.repeat(20)}`)];
    await (await loadEngine({ store })).generate({ sequence: SEQUENCE, messages: long, maxTokens: 2 });
    const short = await loadEngine({ store, nCtx: 120 });
    const result = await short.generate({ sequence: SEQUENCE, messages: FIRST, maxTokens: 2 });
    expect(result.usage.cachedTokens).toBe(0);
    warn.mockRestore();
  });
});

describe('Sessions under a memory limit', () => {
  let expected: GenerateResult[] | undefined;

  // Talks take 5 to 8 pages each.
  it.each([
    { pages: 16, together: false },
    { pages: 16, together: true },
    { pages: 0, together: true },
  ])('give the same texts with $pages pages for three talks, together: $together', async (options) => {
    const { pages, together } = options;
    expected ??= await twoTurns(roomy, false);
    const tight = await loadEngine({ nCtx: 144, kvBytes: pages * 16 * roomy.info.kvBytesPerToken });
    const got = await twoTurns(tight, together);
    expect(got.map(({ tokens }) => tokens)).toEqual(expected.map(({ tokens }) => tokens));
    // What was given back came from disk again.
    if (!together) for (const { usage } of got.slice(3)) expect(usage.prefilledTokens).toBeLessThan(20);
  });

  it('lose no page over many forks, cancels and drops', async () => {
    const tight = await loadEngine({ nCtx: 144, kvBytes: 0 });
    const whole = [system(), player(`Hello. ${'How much is it? '.repeat(10)}`)];
    for (let i = 0; i < 6; i++) {
      const sequence = `slot/many/${i}`;
      const started = tight.start({ sequence, messages: FIRST, maxTokens: 6 });
      await tight.untilStreamed(started.id, 1);
      const fork = tight.start({ sequence, messages: FIRST, maxTokens: 4, fork: true });
      if (i % 2) tight.host.cancel(started.id);
      else await tight.host.drop(sequence);
      await Promise.allSettled([started.result, fork.result]);
    }
    // Takes nearly every page there is.
    const result = await tight.generate({ sequence: 'slot/last/1', messages: whole, maxTokens: 4 });
    expect(result.usage.promptTokens).toBeGreaterThan(110);
  });
});

describe('Twenty characters under a memory limit that holds five', () => {
  /** Short ones; `npm run test:soak` has them with 400 tokens each. */
  const village = { count: 20, personaTokens: 60, rounds: 2 };

  it('answer as they do with room for all, and come back from disk', async () => {
    const store = new CrashSafeStore(new MemoryFiles());
    const expected = await villageTalks(await loadEngine(), village);
    const longest = Math.max(
      ...expected.at(-1)!.map(({ usage, tokens }) => usage.promptTokens + tokens.length),
    );
    const tight = await loadEngine({ store, nCtx: 256, kvBytes: kvBytesFor(5, longest) });
    const got = await villageTalks(tight, village);
    expect(got.map(texts)).toEqual(expected.map(texts));
    const { pages, freePages, sequences } = tight.host.cacheUse();
    expect(sequences.length).toBeLessThanOrEqual(7);
    expect(pages - freePages).toBeGreaterThan(0);
    for (const { usage } of got[1]!) expect(usage.prefilledTokens).toBeLessThan(30);
  }, 180_000);

  const texts = (round: readonly GenerateResult[]) => round.map(({ text }) => text);
  const kvBytesFor = (count: number, tokens: number) =>
    count * Math.ceil(tokens / 16) * 16 * roomy.info.kvBytesPerToken;
});

describe('Sessions that begin alike', () => {
  /** A system text of some 200 tokens, and as many pages as it fills. */
  const guard = system(
    `You are a guard of Saltmere. ${'The gate closes at nine and opens at five, and no one passes in between. '.repeat(10)}`,
  );
  const guards = ['Ann', 'Bo', 'Cy'].map((name, i) => ({
    sequence: `slot/guard${i}/1`,
    messages: [guard, player(`My name is ${name}. When does the gate close?`)],
  }));

  it.each([{ together: true }, { together: false }])(
    'hold the system text once and compute it once, together: $together',
    async ({ together }) => {
      const engine = await loadEngine();
      const results = await answerAll(engine, guards, together);
      const prefix = results[0]!.usage.promptTokens - 24;
      const computed = results.reduce((sum, { usage }) => sum + usage.prefilledTokens, 0);
      expect(computed).toBeLessThan(prefix + 3 * 40);
      const { pages, freePages, sequences } = engine.host.cacheUse();
      const apart = sequences.reduce((sum, sequence) => sum + sequence.pages, 0);
      const shared = Math.floor(prefix / 16);
      expect(pages - freePages).toBeLessThanOrEqual(apart - 2 * shared);
      for (const { sharedPages } of sequences) expect(sharedPages).toBeGreaterThanOrEqual(shared);
      const alone: GenerateResult[] = [];
      for (const talk of guards) {
        alone.push(...(await answerAll(roomy, [talk], false)));
        await roomy.host.drop(talk.sequence);
      }
      expect(results.map(({ tokens }) => tokens)).toEqual(alone.map(({ tokens }) => tokens));
    },
  );
});

describe('A baked prefix', () => {
  it('makes the first answer of a new game start behind the persona, with the same text', async () => {
    const baker = await loadEngine();
    const examples = [player('Hello.'), { role: 'assistant', text: '[happy] Ahoy, sailor.' } as const];
    const { bytes, tokens } = await baker.host.bakePrefix(900, [system(), ...examples]);
    const messages = [system(), ...examples, player('How much for an eel?')];
    const expected = await baker.generate({ messages, sampling: SAMPLING });

    const engine = await loadEngine({ files: { 'https://game.test/mira.kv': bytes } });
    expect(await engine.host.addPrefix('https://game.test/mira.kv')).toBe(tokens);
    const result = await engine.generate({ messages, sampling: SAMPLING });
    expect(result.usage.cachedTokens).toBe(tokens);
    expect(result.usage.prefilledTokens).toBeLessThan(20);
    expect(result.tokens).toEqual(expected.tokens);
  });

  it('is refused when it is damaged or of another model', async () => {
    const baker = await loadEngine();
    const { bytes } = await baker.host.bakePrefix(901, [system(ORRIN)]);
    const files = {
      'https://game.test/cut.kv': bytes.subarray(0, bytes.length - 1),
      'https://game.test/flipped.kv': bytes.with(bytes.length - 99, bytes.at(-99)! ^ 4),
      'https://game.test/long.kv': new Uint8Array(50_000_000),
    };
    const engine = await loadEngine({ files });
    for (const url of Object.keys(files)) {
      await expect(engine.host.addPrefix(url)).rejects.toMatchObject({ code: 'snapshot-invalid' });
    }
    const { usage } = await engine.generate({ messages: [system(ORRIN), player('Hello.')], maxTokens: 2 });
    expect(usage.cachedTokens).toBe(0);
  });
});

describe('A KV cache as bytes', () => {
  it('goes from one game into another, under another name, and makes that go on at once', async () => {
    const first = await roomy.generate({ sequence: 'one/mira/1', messages: FIRST });
    const bytes = (await roomy.host.readCache('one/mira/1'))!;
    const other = await loadEngine();
    await other.host.writeCache('two/mira/1', bytes);
    const messages = [...FIRST, answer(first), player('And a herring?')];
    const next = await other.generate({ sequence: 'two/mira/1', messages, maxTokens: 6 });
    expect(next.usage.cachedTokens).toBe(first.usage.promptTokens + first.tokens.length);
    const unbroken = await roomy.generate({ sequence: 'one/mira/1', messages, maxTokens: 6 });
    expect(next.tokens).toEqual(unbroken.tokens);
    expect(await other.host.readCache('two/nobody/1')).toBeUndefined();
  });

  it('that is damaged is dropped when it is opened', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const other = await loadEngine();
    await other.host.writeCache('two/mira/1', Uint8Array.of(1, 2, 3));
    const { usage } = await other.generate({ sequence: 'two/mira/1', messages: FIRST, maxTokens: 2 });
    expect(usage.cachedTokens).toBe(0);
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });
});
