import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.js';
import { serve } from '../support/server.js';
import { transcriptsSaved } from './fault-tools.js';
import { ask, enterVillage, modelReady, transcriptOf, type Village } from './village.js';

/** KV caches are written when nothing else is to be done. */
const PATIENCE = { timeout: 30_000 };
/** Mira's transcript. */
const TALK = /mira%2Etalk\.[01]\b/;

let browser: Browser;
let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser('canvas'), serve({ root: 'dist-game' })]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** A page of the game, and what Parley said about saves in its console. */
interface Tab {
  readonly page: Page;
  readonly lines: string[];
}

async function openTab(context: BrowserContext): Promise<Tab> {
  const page = await context.newPage();
  const lines: string[] = [];
  page.on('console', (message) => {
    if (message.text().startsWith('Parley:')) lines.push(message.text());
  });
  await page.goto(server.url);
  await enter(page);
  return { page, lines };
}

async function enter(page: Page): Promise<void> {
  await enterVillage(page);
  await setBudget(page, Number.POSITIVE_INFINITY);
}

async function reload(page: Page): Promise<void> {
  await page.reload();
  await enter(page);
}

function setBudget(page: Page, tokens: number): Promise<void> {
  return page.evaluate((most) => {
    const { parley } = window.game.scene.getScene('village') as unknown as Village;
    // Two pages on a slow machine make few frames, and most of each is free.
    parley.setBudget({ decodeTokens: most, prefillTokens: most, ms: 1000 });
  }, tokens);
}

/** Waits until the page knows where its saves go. */
async function storageOf(page: Page, { writable }: { writable?: boolean } = {}) {
  const handle = await page.waitForFunction((wanted) => {
    const { storage } = (window.game.scene.getScene('village') as unknown as Village).parley;
    return storage && (wanted === undefined || storage.writable === wanted) ? storage : undefined;
  }, writable);
  return handle.jsonValue();
}

/** Texts over the village, such as toasts. */
function shownOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    interface Shown {
      readonly text?: string;
      readonly list?: readonly Shown[];
    }
    const texts = (shown: Shown): string[] =>
      shown.text === undefined ? (shown.list ?? []).flatMap(texts) : [shown.text];
    return texts((window.game.scene.getScene('village') as { children: Shown }).children);
  });
}

/** Names of all files in the origin private file system, each with its size and last change. */
function filesOnDisk(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    type Folder = FileSystemDirectoryHandle & AsyncIterable<[string, FileSystemHandle]>;
    const list = async (folder: Folder, path: string): Promise<string[]> => {
      const found: string[] = [];
      for await (const [name, entry] of folder) {
        if (entry.kind === 'directory') found.push(...(await list(entry as Folder, `${path}${name}/`)));
        else {
          const { size, lastModified } = await (entry as FileSystemFileHandle).getFile();
          found.push(`${path}${name} ${size} ${lastModified}`);
        }
      }
      return found.sort();
    };
    return list((await navigator.storage.getDirectory()) as Folder, '');
  });
}

/** The files once a page writes no more: from now on it may compute nothing. */
async function filesAtRest(page: Page): Promise<string[]> {
  await setBudget(page, 0);
  for (let files = await filesOnDisk(page); ; ) {
    await page.waitForTimeout(1500);
    const now = await filesOnDisk(page);
    if (now.join() === files.join()) return now;
    files = now;
  }
}

/** Names of all files in IndexedDB. */
function filesInDatabase(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const request = indexedDB.open('parley');
        // Not made by looking.
        request.onupgradeneeded = () => request.transaction!.abort();
        request.onerror = () => (request.error!.name === 'AbortError' ? resolve([]) : reject(request.error));
        request.onsuccess = () => {
          const keys = request.result.transaction('files').objectStore('files').getAllKeys();
          keys.onsuccess = () => {
            request.result.close();
            resolve((keys.result as [string, number][]).map(([name]) => name));
          };
        };
      }),
  );
}

/** Takes the synchronous file handles from all workers of a context's pages, as in older browsers. */
function withoutFileHandles(context: BrowserContext): Promise<unknown> {
  return context.addInitScript(() => {
    const { createObjectURL } = URL;
    // The worker is started from a Blob.
    URL.createObjectURL = (source: Blob) =>
      createObjectURL(
        source.type === 'text/javascript'
          ? new Blob(['delete FileSystemFileHandle.prototype.createSyncAccessHandle;', source], source)
          : source,
      );
  });
}

describe('sample game where workers have no synchronous file handles', () => {
  it('keeps the talk and its KV cache over a reload in IndexedDB, and says so in one line', async () => {
    const context = await browser.newContext();
    await withoutFileHandles(context);
    const { page, lines } = await openTab(context);
    expect(await storageOf(page)).toEqual({ kind: 'indexeddb', writable: true });
    expect(lines).toEqual([expect.stringMatching(/saves go to indexeddb.*createSyncAccessHandle/)]);
    expect(await filesOnDisk(page)).toEqual([]);
    await modelReady(page);
    expect((await ask(page, 'mira', 'My name is Ada.')).said.source).toBe('model');
    await expect
      .poll(() => filesInDatabase(page), PATIENCE)
      .toContainEqual(expect.stringMatching(/mira.*\.kv\.1$/));

    await reload(page);
    await modelReady(page);
    expect(await transcriptOf(page, 'mira')).toContain('My name is Ada.');
    const after = await ask(page, 'mira', 'What is my name?');
    expect(after.said.source).toBe('model');
    // The whole prompt has some hundreds of tokens; only the new line is computed.
    expect(after.prefillTokens).toBeGreaterThan(0);
    expect(after.prefillTokens).toBeLessThan(60);
    await context.close();
  });
});

describe('sample game when the player clears the data of the site', () => {
  it.each([
    [
      'all files',
      async () => undefined,
      filesOnDisk,
      async () => (await navigator.storage.getDirectory()).removeEntry('parley', { recursive: true }),
    ],
    [
      'the database',
      withoutFileHandles,
      filesInDatabase,
      () =>
        new Promise<void>((resolve, reject) => {
          const request = indexedDB.deleteDatabase('parley');
          request.onsuccess = () => resolve();
          request.onblocked = () => reject(new Error('The deletion waits for an open connection.'));
        }),
    ],
  ])('saves what is said after a loss of %s', async (_, prepare, files, clear) => {
    const context = await browser.newContext();
    await prepare(context);
    const { page, lines } = await openTab(context);
    const saved = () => expect.poll(() => files(page), PATIENCE).toContainEqual(expect.stringMatching(TALK));
    await ask(page, 'mira', 'Is it raining?');
    await saved();
    // What is still being saved when all is cleared would make a file of its own.
    await transcriptsSaved(page);
    await page.waitForTimeout(500);
    lines.length = 0;
    await page.evaluate(clear);
    await ask(page, 'mira', 'My name is Ada.');
    await saved();
    await reload(page);
    expect(await transcriptOf(page, 'mira')).toContain('My name is Ada.');
    expect(lines.filter((line) => !line.includes('saves go to'))).toEqual([]);
    await context.close();
  });
});

describe('sample game in two tabs', () => {
  let context: BrowserContext;
  let first: Tab;
  let second: Tab;
  let before: string[];

  beforeAll(async () => {
    context = await browser.newContext();
    first = await openTab(context);
  });

  it('writes in the first tab, also when that is reloaded', async () => {
    expect(await storageOf(first.page)).toEqual({ kind: 'opfs', writable: true });
    await reload(first.page);
    expect(await storageOf(first.page)).toEqual({ kind: 'opfs', writable: true });
    await modelReady(first.page);
    expect((await ask(first.page, 'mira', 'My name is Ada.')).said.source).toBe('model');
    await expect
      .poll(() => filesOnDisk(first.page), PATIENCE)
      .toContainEqual(expect.stringMatching(/mira.*\.kv\.1 /));
    expect(first.lines).toEqual([]);
    before = await filesAtRest(first.page);
  });

  it('answers in the second tab, from what the first one saved, and writes nothing there', async () => {
    second = await openTab(context);
    const { page } = second;
    expect(await storageOf(page)).toEqual({ kind: 'opfs', writable: false });
    expect(second.lines).toEqual([expect.stringContaining('another tab')]);
    expect(await shownOn(page)).toContainEqual(expect.stringContaining('open in another tab'));
    await modelReady(page);
    expect(await transcriptOf(page, 'mira')).toContain('My name is Ada.');
    const { said, prefillTokens } = await ask(page, 'mira', 'What is my name?');
    expect(said.source).toBe('model');
    expect(prefillTokens).toBeLessThan(60);
    expect((await ask(page, 'orrin', 'I am called Bo.')).said.source).toBe('model');
    expect(await filesAtRest(page)).toEqual(before);
    await setBudget(page, Number.POSITIVE_INFINITY);
  });

  it('takes over in the second tab when the first one is closed, and keeps its talk over a reload', async () => {
    const { page, lines } = second;
    await setBudget(first.page, Number.POSITIVE_INFINITY);
    expect((await ask(first.page, 'bess', 'I love your pies.')).said.source).toBe('model');
    await first.page.close();
    expect(await storageOf(page, { writable: true })).toEqual({ kind: 'opfs', writable: true });
    expect(lines).toEqual([expect.anything(), expect.stringContaining('saves now')]);
    expect(await transcriptOf(page, 'bess')).toContain('I love your pies.');
    expect((await ask(page, 'mira', 'How much is a herring?')).said.source).toBe('model');
    await expect
      .poll(() => filesOnDisk(page), PATIENCE)
      .toContainEqual(expect.stringMatching(/mira.*\.kv\.0 /));

    await reload(page);
    await modelReady(page);
    expect(await transcriptOf(page, 'mira')).toEqual(
      expect.arrayContaining(['My name is Ada.', 'What is my name?', 'How much is a herring?']),
    );
    expect(await transcriptOf(page, 'orrin')).toContain('I am called Bo.');
    expect(await transcriptOf(page, 'bess')).toContain('I love your pies.');
    const after = await ask(page, 'mira', 'Is that all?');
    expect(after.said.source).toBe('model');
    expect(after.prefillTokens).toBeLessThan(60);
    expect(lines).toHaveLength(2);
  });
});
