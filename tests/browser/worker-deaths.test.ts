/** Most deaths of a worker fire no event: here it dies each of them in the middle of an answer, in a real browser. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.js';
import { serve } from '../support/server.js';
import {
  answer,
  beginAnswer,
  openVillage,
  reload,
  restored,
  runInWorker,
  say,
  transcript,
  type WatchedVillage,
} from './fault-tools.js';
import { installTrap, TRAP_IN_ENGINE, TRAP_IN_POOL } from './trap-hook.js';
import type { Village } from './village.js';

const SILENCE = 'no message for 5000 ms';
const OUT_OF_BOUNDS = 'RuntimeError: memory access out of bounds';
const TRAP = { death: 'a trap', code: TRAP_IN_ENGINE, reason: OUT_OF_BOUNDS };
const POOL_TRAP = {
  death: 'a trap in a thread of its pool',
  code: TRAP_IN_POOL,
  reason: `EngineError: A thread of the pool failed: ${OUT_OF_BOUNDS}`,
};
const CLOSE = { death: 'self.close()', code: 'self.close()', reason: SILENCE };
/** In a task of its own: a browser lets what an inspector evaluates come to its end, whatever the page wants. */
const LOOP = {
  death: 'an endless loop',
  code: 'void setTimeout(() => { while (true); })',
  reason: SILENCE,
};
const REJECTION = {
  death: 'a rejected promise',
  code: "void Promise.reject(new Error('Nobody handles this'))",
  reason: 'Error: Nobody handles this',
};
/** More than two deaths in a minute are final; a reload begins to count anew. */
const VISITS = [
  {
    threads: 1,
    visits: [
      [TRAP, CLOSE],
      [LOOP, REJECTION],
    ],
  },
  { threads: 2, visits: [[POOL_TRAP]] },
];
const NO_MODEL = 'They are short of words tonight.';

describe('an engine worker that dies in the middle of an answer', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser('canvas'), serve({ root: 'dist-game' })]);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  describe.each(VISITS)('on $threads thread(s)', ({ threads, visits }) => {
    let village: WatchedVillage;
    let page: Page;
    /** All that was said with Orrin. */
    const said: string[] = [];

    beforeAll(async () => {
      village = await openVillage(browser, server.url, async (opened) => {
        await installTrap(opened);
        await pretendCores(opened, threads + 1);
      });
      page = village.page;
      said.push(...(await exchange(page, 'Whose is the red boat?')));
      expect(await page.evaluate(threadsInUse)).toBe(threads);
    });

    afterAll(() => page?.context().close());

    describe.each(visits.map((deaths, i) => ({ visit: i + 1, deaths })))('visit $visit', ({ deaths }) => {
      it.each(deaths)('of $death: the line ends, the worker comes back', async ({ code, reason }) => {
        const back = restored(page);
        said.push(...(await brokenExchange(page, code, said.length === 2)));
        await back;
        said.push(...(await exchange(page, 'Do you like storms?')));
        expect(await transcript(page, 'orrin')).toEqual(said);
        expect(village.takeLines()).toEqual([
          `warning: Parley: the engine worker died (${reason}); it is started again.`,
        ]);
      });

      it.runIf(deaths.includes(REJECTION))('of the third death: authored lines go on', async () => {
        said.push(...(await brokenExchange(page, REJECTION.code, false)));
        await page.waitForFunction(noticesOf, NO_MODEL);
        const authored = await say(page, 'orrin', 'Are you still there?');
        expect(authored).toMatchObject({ source: 'authored', finish: 'done' });
        expect(authored.text).not.toBe('');
        said.push('player: Are you still there?', `npc: ${authored.text}`);
        expect(await page.evaluate(noticesOf, NO_MODEL)).toBe(1);
        expect(village.takeLines()).toEqual([
          `warning: Parley: the engine worker died (${REJECTION.reason}); characters go on with authored lines.`,
        ]);
      });

      it('and keeps what was said over a reload', async () => {
        await reload(page);
        expect(await transcript(page, 'orrin')).toEqual(said);
        said.push(...(await exchange(page, 'Is it cold up there?')));
        expect(village.takeLines()).toEqual([]);
      });
    });

    it('is not what a page takes it for that stood still itself', async () => {
      await page.evaluate(() => {
        const now = performance.now.bind(performance);
        performance.now = () => now() + 60_000;
      });
      await page.waitForTimeout(500);
      said.push(...(await exchange(page, 'Are you well?')));
      expect(village.takeLines()).toEqual([]);
    });
  });
});

/** Asks Orrin, who answers from the model; returns both lines. */
async function exchange(page: Page, text: string): Promise<string[]> {
  const said = await say(page, 'orrin', text);
  expect(said).toMatchObject({ source: 'model', finish: 'done' });
  return [`player: ${text}`, `npc: ${said.text}`];
}

/**
 * Asks Orrin and kills the worker while he speaks; returns both lines: his as far as he came, or an authored one.
 * The answer to the second question is known to be long enough to be cut between two words.
 */
async function brokenExchange(page: Page, code: string, second: boolean): Promise<string[]> {
  await beginAnswer(page, 'orrin', 'Tell me of the lamp.', second ? 'text' : 'emotion');
  runInWorker(page, code);
  const { text, source, finish } = await answer(page);
  expect(text).not.toBe('');
  const ends = [{ source: 'model', finish: 'interrupted' }];
  expect(second ? ends : [...ends, { source: 'fallback', finish: 'done' }]).toContainEqual({
    source,
    finish,
  });
  return ['player: Tell me of the lamp.', `npc: ${text}`];
}

/** The engine leaves one core to the game. */
async function pretendCores(page: Page, cores: number): Promise<void> {
  await page.addInitScript(
    (value) => Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => value }),
    cores,
  );
}

function threadsInUse(): number | undefined {
  return (window.game.scene.getScene('village') as unknown as Village).parley.model?.threads;
}

/** How many notices with this text are on the screen. */
function noticesOf(text: string): number {
  interface Shown {
    readonly text?: string;
    readonly list?: readonly Shown[];
  }
  const count = (shown: Shown): number =>
    shown.text === text ? 1 : (shown.list ?? []).reduce((sum, part) => sum + count(part), 0);
  return count((window.game.scene.getScene('village') as unknown as { children: Shown }).children);
}
