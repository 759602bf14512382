/** What is saved may be torn, rot, or be another model's: the talk goes on from the best that is left. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeSnapshot } from '../../engine/store/kv-snapshot.js';
import { MemoryFiles } from '../../engine/store/memory-files.js';
import { CrashSafeStore } from '../../engine/store/store.js';
import { launchBrowser } from '../support/browser.js';
import { serve } from '../support/server.js';
import {
  openVillage,
  peopleReady,
  say,
  transcript,
  transcriptsSaved,
  type WatchedVillage,
} from './fault-tools.js';
import { BOTH_DAMAGED, DAMAGE, ONE_DAMAGED, readGenerations, SAVED, writeSaved } from './saved-files.js';
import { ask, atRest, enterVillage } from './village.js';

const QUESTIONS = ['Is it raining?', 'Do you like storms?'];
/** The newer files of her talk and her cache will be cut short. */
const MIRA = 'mira';
/** The newer file of his talk will have a flipped bit, and both of his cache. */
const ORRIN = 'orrin';
/** Both files of her talk will have a flipped bit, and her cache will be of another model. */
const BESS = 'bess';
const PEOPLE = [MIRA, ORRIN, BESS];

describe('saves that were damaged between two visits', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;
  let village: WatchedVillage;
  let page: Page;
  /** What each of the people said and heard in the first visit. */
  const before = new Map<string, string[]>();

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser('canvas'), serve({ root: 'dist-game' })]);
    village = await openVillage(browser, server.url);
    page = village.page;
    for (const [round, question] of QUESTIONS.entries()) {
      for (const id of PEOPLE) expect((await say(page, id, question)).source).toBe('model');
      // Caches are written when nothing else is to be done: two generations need a rest behind each round.
      await atRest(page);
      const wanted = 2 * (round + 1) * PEOPLE.length;
      await vi.waitUntil(async () => (await savedGenerations(page)) >= wanted, WAIT);
    }
    for (const id of PEOPLE) before.set(id, await transcript(page, id));
    expect(village.takeLines()).toEqual([]);
    // A page of the same origin without the game; it lacks a picture for its tab.
    await page.goto(`${server.url}assets/personas/mira.json`);
    const damage = async (key: string, how: keyof typeof DAMAGE, generations: 1 | 2) => {
      for (const { path, bytes } of (await readGenerations(page, key)).slice(0, generations)) {
        await writeSaved(page, path, DAMAGE[how](bytes));
      }
    };
    await damage(SAVED.talk(MIRA), 'cut short', 1);
    await damage(SAVED.cache(MIRA), 'cut short', 1);
    await damage(SAVED.talk(ORRIN), 'one bit flipped', 1);
    await damage(SAVED.cache(ORRIN), 'one bit flipped', 2);
    await damage(SAVED.talk(BESS), 'one bit flipped', 2);
    for (const [i, bytes] of (await foreignCaches()).entries()) {
      await writeSaved(page, `${SAVED.cache(BESS)}.${i}`, bytes);
    }
    village.takeLines();
    await page.goto(server.url);
    await peopleReady(page);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('finds the talks: of two files the whole one', async () => {
    for (const id of [MIRA, ORRIN]) expect(await transcript(page, id)).toEqual(before.get(id)!.slice(0, 2));
  });

  it('begins a talk anew where both files are damaged', async () => {
    expect(await transcript(page, BESS)).toEqual([]);
  });

  it('answers from the model, with the older cache or a new one', async () => {
    const tokens = new Map<string, number>();
    for (const id of PEOPLE) {
      const { said, prefillTokens } = await ask(page, id, 'Is it cold up there?');
      expect(said).toMatchObject({ source: 'model', finish: 'done' });
      tokens.set(id, prefillTokens);
    }
    // The older cache holds all but the last question; without a cache the persona is read again.
    expect(tokens.get(MIRA)).toBeLessThan(60);
    expect(tokens.get(ORRIN)).toBeGreaterThan(100);
  });

  it('says once what happened to each', () => {
    // Caches are read when people answer, and those near the player may prepare for that before.
    expect(village.takeLines().sort()).toEqual([
      ONE_DAMAGED('mira%2Etalk'),
      ONE_DAMAGED('mira/1.kv'),
      ONE_DAMAGED('orrin%2Etalk'),
      expect.stringMatching(
        /^warning: Parley: the saved cache of main\/bess\/1 is made anew: Got modelId sha256:0+; expected sha256:/,
      ),
      BOTH_DAMAGED('bess%2Etalk'),
      BOTH_DAMAGED('orrin/1.kv'),
    ]);
  });

  it('goes on from there after a reload', async () => {
    const now = new Map<string, string[]>();
    for (const id of PEOPLE) now.set(id, await transcript(page, id));
    await transcriptsSaved(page);
    await page.reload();
    await enterVillage(page);
    for (const id of PEOPLE) expect(await transcript(page, id)).toEqual(now.get(id));
  });
});

const WAIT = { timeout: 20_000, interval: 100 };

async function savedGenerations(page: Page): Promise<number> {
  const keys = PEOPLE.flatMap((id) => [SAVED.talk(id), SAVED.cache(id)]);
  const files = await Promise.all(keys.map((key) => readGenerations(page, key)));
  return files.flat().filter(({ bytes }) => bytes.length > 16).length;
}

/** Whole caches of another model, as both generations of the store. */
async function foreignCaches(): Promise<Uint8Array[]> {
  const files = new MemoryFiles();
  const store = new CrashSafeStore(files);
  const parts = writeSnapshot({
    modelId: `sha256:${'0'.repeat(64)}`,
    templateId: 'another',
    engineFormat: 1,
    tokens: Uint32Array.from({ length: 16 }, (_, i) => i),
    pages: [new Uint8Array(4096)],
  });
  // More writes than the game made.
  for (let generation = 1; generation <= 8; generation++) await store.write('cache', parts);
  return Promise.all([0, 1].map(async (suffix) => (await files.read(`cache.${suffix}`))!));
}
