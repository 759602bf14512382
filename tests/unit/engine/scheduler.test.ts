import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GenerateRequest, GenerateResult, Grant } from '../../../engine/protocol.js';
import {
  type EngineFixture,
  grantOf,
  loadEngine,
  ManualTime,
  type Started,
} from '../../support/engine-fixture.js';
import { ORRIN, player, system } from '../../support/talks.js';

/** Each read of the clock costs this long, so a layer takes about three times as much. */
const MS_PER_READ = 0.1;
const time = new ManualTime(MS_PER_READ);
const SAMPLING = { temperature: 0.8, topP: 0.95 };

let engine: EngineFixture;
let frame = 0;
let talks = 0;

beforeAll(async () => {
  engine = await loadEngine({ manual: time });
});

function request(name: string, options: Partial<GenerateRequest> = {}): GenerateRequest {
  return {
    sequence: `${name}/${++talks}/1`,
    messages: [system(ORRIN), player(`${name}, tell me about storm number ${talks}.`)],
    priority: 'npc',
    sampling: SAMPLING,
    seed: 3,
    maxTokens: 8,
    stop: [],
    ...options,
  };
}

/** Runs one granted frame to its end and gives back what was streamed in it, token by token. */
async function runFrame(limits: Partial<Grant>): Promise<void> {
  engine.host.grant(grantOf(++frame, limits));
  await time.drain();
  // What ended after the frame's one message is posted with the next grant.
  engine.host.grant(grantOf(++frame, { ms: 0 }));
  await time.drain();
}

function streamedCount(started: readonly Started[]): number {
  return started.reduce(
    (sum, { id }) => sum + engine.streamed(id).filter(({ token }) => token !== null).length,
    0,
  );
}

/** Frames with one kind of grant until all have settled. */
async function finish(started: readonly Started[], limits: Partial<Grant> = {}): Promise<GenerateResult[]> {
  let open = started.length;
  for (const { result } of started) {
    const done = () => {
      open--;
    };
    result.then(done, done);
  }
  for (let i = 0; open > 0; i++) {
    if (i > 5000) throw new Error(`${open} generations did not end.`);
    await runFrame(limits);
  }
  return Promise.all(started.map(({ result }) => result));
}

async function start(...requests: readonly GenerateRequest[]): Promise<Started[]> {
  const started = requests.map((one) => engine.start(one));
  await time.drain();
  return started;
}

describe('Scheduler', () => {
  it('runs nothing before the first grant, and nothing with ms 0', async () => {
    const fresh = await loadEngine({ manual: time });
    const started = fresh.start(request('pip'));
    await time.drain();
    for (let i = 0; i < 5; i++) {
      fresh.host.grant(grantOf(i, { ms: 0 }));
      await time.drain();
    }
    expect(fresh.streamed(started.id)).toEqual([]);
    expect(fresh.uses).toEqual([]);
    fresh.host.grant(grantOf(9));
    await time.drain();
    expect((await started.result).usage.decodedTokens).toBeGreaterThan(0);
  });

  it('never spends more tokens in a frame than were granted', async () => {
    const limits = fc.record({
      decodeTokens: fc.constantFrom(0, 1, 2, 3, Number.POSITIVE_INFINITY),
      prefillTokens: fc.constantFrom(0, 1, 3, 7, 24, Number.POSITIVE_INFINITY),
      ms: fc.constantFrom(0, 0.5, 4, 30, Number.POSITIVE_INFINITY),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(limits, { minLength: 5, maxLength: 25 }), async (grants) => {
        engine.uses.length = 0;
        const started = await start(request('a', { maxTokens: 4 }), request('b', { maxTokens: 4 }));
        const byFrame = new Map<number, Grant>();
        for (const grant of grants) {
          const before = streamedCount(started);
          byFrame.set(frame + 1, grantOf(frame + 1, grant));
          await runFrame(grant);
          expect(streamedCount(started) - before).toBeLessThanOrEqual(grant.decodeTokens);
        }
        const results = await finish(started);
        for (const use of engine.uses) {
          const grant = byFrame.get(use.frame);
          expect(use.decodeTokens).toBeLessThanOrEqual(grant?.decodeTokens ?? Number.POSITIVE_INFINITY);
          expect(use.prefillTokens).toBeLessThanOrEqual(grant?.prefillTokens ?? Number.POSITIVE_INFINITY);
          // One layer may run past the end of the time.
          expect(use.ms).toBeLessThanOrEqual((grant?.ms ?? Number.POSITIVE_INFINITY) + 5 * MS_PER_READ);
        }
        // The reports account for every token; an end of turn is decoded too, but is no part of the answer.
        const total = (pick: (use: (typeof engine.uses)[number]) => number) =>
          engine.uses.reduce((sum, use) => sum + pick(use), 0);
        const answered = results.reduce(
          (sum, { usage, finish }) => sum + usage.decodedTokens + (finish === 'stop' ? 1 : 0),
          0,
        );
        expect(total((use) => use.decodeTokens)).toBe(answered);
        expect(total((use) => use.prefillTokens)).toBe(
          results.reduce((sum, { usage }) => sum + usage.prefilledTokens, 0),
        );
      }),
      { numRuns: 6, seed: 11 },
    );
  });

  it('runs only what the grant names, by whole key or by prefix', async () => {
    const requests = [request('day'), request('night'), request('nightly')];
    const started = await start(...requests);
    for (let i = 0; i < 3; i++) await runFrame({ runnable: ['night/', 'da', 'day'] });
    expect(started.map(({ id }) => engine.streamed(id).length > 0)).toEqual([false, true, false]);
    await finish(started.slice(0, 1), { runnable: [requests[0]!.sequence] });
    expect(engine.streamed(started[2]!.id)).toEqual([]);
    await finish(started);
  });

  it('stops in the middle of a token when the scene sleeps, and goes on from there', async () => {
    const [started] = await start(request('sleeper', { maxTokens: 6 }));
    const expected = await finish(await start(request('sleeper', { messages: [system(), player('Hi.')] })));
    const again = await start(request('sleeper', { messages: [system(), player('Hi.')] }));
    for (let i = 0; i < 40; i++) await runFrame({ ms: 2, runnable: i % 2 ? [] : 'all' });
    const [result] = await finish(again);
    expect(result!.text).toBe(expected[0]!.text);
    await finish([started!]);
  });

  it('lets a player pre-empt background work, also between its tokens', async () => {
    const [background] = await start(request('old', { priority: 'background', maxTokens: 12 }));
    while (engine.streamed(background!.id).length < 2) await runFrame({ decodeTokens: 1 });
    const [urgent] = await start(request('player', { priority: 'player', maxTokens: 4 }));
    const before = streamedCount([background!]);
    await finish([urgent!], { decodeTokens: 1 });
    expect(streamedCount([background!])).toBeLessThanOrEqual(before + 1);
    const [result] = await finish([background!]);
    expect(result!.usage.decodedTokens).toBeGreaterThan(2);
  });

  it('takes turns between equals', async () => {
    const started = await start(...[1, 2, 3].map((i) => request(`turn${i}`, { maxTokens: 12, stop: [] })));
    const waiting = () => started.filter(({ id }) => engine.streamed(id).length === 0);
    for (let i = 0; i < 60 && waiting().length > 0; i++) await runFrame({ decodeTokens: 1 });
    // All have begun long before the first could have ended.
    expect(waiting()).toEqual([]);
    const counts = () => started.map(({ id }) => engine.streamed(id).length);
    expect(Math.max(...counts()) - Math.min(...counts())).toBeLessThanOrEqual(3);
    for (let i = 0; i < 3; i++) await runFrame({ decodeTokens: 1 });
    expect(Math.max(...counts()) - Math.min(...counts())).toBeLessThanOrEqual(3);
    await finish(started);
  });

  it('gives the same text for any schedule of grants, alone or among other characters', async () => {
    const messages = [
      system('You are Bess, the baker. Bess is loud.'),
      player('Two loaves, and news of the war?'),
    ];
    const asked = () => request('asked', { messages, maxTokens: 12 });
    const first = asked();
    const [alone] = await finish(await start(first));
    await engine.host.drop(first.sequence);
    const limits = fc.record({
      decodeTokens: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
      prefillTokens: fc.constantFrom(1, 5, 13, Number.POSITIVE_INFINITY),
      ms: fc.constantFrom(1, 3, 17, Number.POSITIVE_INFINITY),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(limits, { minLength: 3, maxLength: 30 }),
        fc.integer({ min: 0, max: 4 }),
        async (grants, others) => {
          const mine = asked();
          const crowd = Array.from({ length: others }, (_, i) =>
            request(`crowd${i}`, { seed: i, maxTokens: 6 }),
          );
          const place = Math.min(others, 2);
          const started = await start(...crowd.slice(0, place), mine, ...crowd.slice(place));
          for (const grant of grants) await runFrame(grant);
          const result = (await finish(started))[place]!;
          expect(result.tokens).toEqual(alone!.tokens);
          // All of it was computed under these grants.
          expect(result.usage.cachedTokens).toBe(0);
          await engine.host.drop(mine.sequence);
        },
      ),
      { numRuns: 6, seed: 5 },
    );
  });
});
