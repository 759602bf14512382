/** The page or the worker ends in the middle of a save, or there is no room for one: the talk is whole and goes on. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.js';
import { seeded } from '../support/seeded.js';
import { serve } from '../support/server.js';
import {
  openVillage,
  peopleReady,
  reload,
  restored,
  runInWorker,
  say,
  type TakeLines,
  transcript,
  transcriptsSaved,
  watchConsole,
} from './fault-tools.js';
import { ONE_DAMAGED } from './saved-files.js';
import { atRest, enterVillage } from './village.js';

const ROUNDS = 4;
const SEED = 20261126;
/** The transcript is saved at once, the cache a fifth of a second later: pages close during either. */
const MAX_DELAY_MS = 60;
const CACHE_DELAY_MS = 200;

describe('a save that is broken off', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;
  let page: Page;
  let takeLines: TakeLines;
  /** What was said with Orrin so far. */
  let said: string[] = [];

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser('canvas'), serve({ root: 'dist-game' })]);
    ({ page, takeLines } = await openVillage(browser, server.url));
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  beforeEach(() => {
    takeLines();
  });

  /** One question to Orrin, answered by the model; returns both lines. */
  async function exchange(question: string): Promise<string[]> {
    const { text, source } = await say(page, 'orrin', question);
    expect(source).toBe('model');
    return [`player: ${question}`, `npc: ${text}`];
  }

  /** Closes the page as a player does, and comes back. */
  async function comeBack(): Promise<void> {
    await page.close();
    page = await page.context().newPage();
    takeLines = watchConsole(page);
    await page.goto(server.url);
    await enterVillage(page);
  }

  it('by the page closing just after an answer leaves a whole talk', async () => {
    const random = seeded(SEED);
    for (let round = 0; round < ROUNDS; round++) {
      const last = await exchange(`Is this round ${round}?`);
      await page.waitForTimeout(random.below(MAX_DELAY_MS) + (round % 2) * CACHE_DELAY_MS);
      await comeBack();
      const now = await transcript(page, 'orrin');
      // Only what was being said when the page closed may be missing, and then all of it.
      expect([said, [...said, ...last]]).toContainEqual(now);
      said = now;
      await peopleReady(page);
    }
    said.push(...(await exchange('Was that the last round?')));
    expect(await transcript(page, 'orrin')).toEqual(said);
  });

  it('in the middle of a cache, with the page, leaves the one before it', async () => {
    said.push(...(await tornExchange('What do you keep in the tower?', '.kv')));
    await comeBack();
    expect(await transcript(page, 'orrin')).toEqual(said);
    await peopleReady(page);
    said.push(...(await exchange('And below it?')));
    expect(takeLines()).toEqual([ONE_DAMAGED('orrin/1.kv')]);
  });

  it('in the middle of a transcript, with the page, leaves the one before it', async () => {
    await tornExchange('Do you sleep?', 'talk');
    await comeBack();
    expect(await transcript(page, 'orrin')).toEqual(said);
    expect(takeLines()).toEqual([ONE_DAMAGED('orrin%2Etalk')]);
    await peopleReady(page);
  });

  it('in the middle of a transcript, with the worker, is made up for by the next worker', async () => {
    const back = restored(page);
    said.push(...(await tornExchange('Who taught you?', 'talk', 'told')));
    await back;
    await transcriptsSaved(page);
    expect(takeLines()).toEqual([
      `warning: Parley: the engine worker died (Error: ${TORN}); it is started again.`,
      ONE_DAMAGED('orrin%2Etalk'),
    ]);
    await comeBack();
    expect(await transcript(page, 'orrin')).toEqual(said);
    await peopleReady(page);
    said.push(...(await exchange('Where is he now?')));
    expect(takeLines()).toEqual([]);
  });

  it('for want of room keeps the talk in memory, says so once, and is made up for when there is room', async () => {
    await allSaved();
    const devtools = await page.context().newCDPSession(page);
    const { origin } = new URL(server.url);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    said.push(...(await exchange('Is the store full?')));
    said.push(...(await exchange('Is it still full?')));
    await allSaved();
    expect(await transcript(page, 'orrin')).toEqual(said);
    expect(takeLines()).toEqual([
      expect.stringMatching(/^warning: Parley: storage fails; .* as long as this page.*Got no more room/),
    ]);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin });
    said.push(...(await exchange('Is there room again?')));
    await allSaved();
    await reload(page);
    expect(await transcript(page, 'orrin')).toEqual(said);
    expect(takeLines()).toEqual([]);
  });

  /** Waits for what is being saved of the turns so far, the caches too. */
  async function allSaved(): Promise<void> {
    await transcriptsSaved(page);
    await atRest(page);
    await page.waitForTimeout(2 * CACHE_DELAY_MS);
  }

  /** An exchange whose save to a file with this name ends in the middle, and the worker with it. */
  async function tornExchange(question: string, file: string, end: TornEnd = 'silent'): Promise<string[]> {
    const torn = page.waitForEvent('console', (message) => message.text() === TORN);
    torn.catch(() => undefined);
    await allSaved();
    runInWorker(page, `(${tearNextWrite})(${JSON.stringify([file, TORN, end])})`);
    const lines = await exchange(question);
    await torn;
    return lines;
  }
});

const TORN = 'The write was torn.';

/** `told`: the page hears of it as of a trap, and need not wait for the silence. */
type TornEnd = 'silent' | 'told';

/** Runs in the worker: half of the next large write to a file whose name holds `part` is written, and nothing after it. */
function tearNextWrite([part, torn, end]: readonly [string, string, TornEnd]): void {
  const prototype = FileSystemFileHandle.prototype as unknown as {
    createSyncAccessHandle(this: FileSystemFileHandle): Promise<SyncHandle>;
  };
  const open = prototype.createSyncAccessHandle;
  prototype.createSyncAccessHandle = async function () {
    const handle = await open.call(this);
    const write = handle.write.bind(handle);
    if (!this.name.includes(part)) return handle;
    handle.write = (bytes, options) => {
      if (bytes.length < 64) return write(bytes, options);
      write(bytes.subarray(0, bytes.length >> 1), options);
      console.debug(torn);
      if (end === 'told') self.reportError(new Error(torn));
      self.close();
      for (;;);
    };
    return handle;
  };
}

interface SyncHandle {
  write(bytes: Uint8Array, options: { at: number }): number;
}
