/** Models on the player's device, in a real browser: loaded over bad connections, dropped, listed, removed, talked to. */
import { copyFile, readFile, stat } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type {
  DownloadQuestion,
  ModelCandidate,
  ModelDownloadRequest,
  ParleyApi,
  TransferProgress,
  UtteranceResult,
} from '../../plugin/index.js';
import { type AwkwardServer, HELD_BYTES, startAwkwardServer } from '../support/awkward-server.js';
import { launchBrowser } from '../support/browser.js';
import { buildGamePage } from '../support/game-page.js';
import { tinyGguf } from '../support/tiny-gguf.js';

const BUNDLED = 'assets/models/parley-135m.Q4_0.gguf';
const FOLDER = 'build/models-game';
/** About 5 MB. */
const TINY = tinyGguf(20_000, 1);

/** What the page of tests/support/models-game.ts shows to a test. */
interface Room {
  readonly parley: ParleyApi;
  readonly mira: { ask(text: string): PromiseLike<UtteranceResult> };
  readonly dropped: readonly File[];
  readonly questions: DownloadQuestion[];
  wanted: boolean;
}
declare global {
  var modelsRoom: () => Room;
  var told: TransferProgress[];
  var abort: AbortController;
}

let browser: Browser;
let server: AwkwardServer;
/** Another origin, which shows pages no tags and ranges. */
let elsewhere: AwkwardServer;
beforeAll(async () => {
  await buildGamePage(FOLDER, 'tests/support/models-game.ts');
  await copyFile('assets/personas/mira.json', `${FOLDER}/mira.json`);
  const files = { 'tiny.gguf': TINY.bytes, 'parley.gguf': await readFile(BUNDLED) };
  [browser, server, elsewhere] = await Promise.all([
    launchBrowser('canvas'),
    startAwkwardServer(files, FOLDER),
    startAwkwardServer(files, FOLDER),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([server?.close(), elsewhere?.close()]);
});

let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  context = await browser.newContext();
  page = await openTab();
});
afterEach(() => page.evaluate(() => modelsRoom().parley.models.removeAll()));

async function openTab(): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(server.url);
  await ready(tab);
  return tab;
}

async function ready(tab: Page): Promise<void> {
  await tab.waitForFunction(() => 'room' in globalThis);
  await tab.evaluate(() => {
    globalThis.modelsRoom = () => (globalThis as unknown as { room: Room }).room;
  });
}

let paths = 0;
/** An address of its own for each test. */
function address(
  manner: string,
  file = 'tiny.gguf',
  at = server,
): { readonly url: string; readonly path: string } {
  const path = `/${manner}/${++paths}/${file}`;
  return { url: new URL(path, at.url).href, path };
}

/** Starts a download, whose progress gathers in `told`. @returns the model or what was wrong */
function download(request: ModelDownloadRequest, tab = page) {
  return tab.evaluate(async (wanted) => {
    globalThis.told = [];
    globalThis.abort = new AbortController();
    try {
      const model = await modelsRoom().parley.models.download(wanted, {
        signal: globalThis.abort.signal,
        onProgress: (progress) => told.push(progress),
      });
      return { model, failure: undefined };
    } catch (error) {
      const { name, code, message } = error as Error & { code?: string };
      return { model: undefined, failure: { name, code, message } };
    }
  }, request);
}

const loaded = (bytes: number, tab = page) =>
  tab.waitForFunction((least) => (globalThis.told?.at(-1)?.loadedBytes ?? 0) >= least, bytes);
const list = (tab = page) => tab.evaluate(() => modelsRoom().parley.models.list());
const partials = (tab = page) => tab.evaluate(() => modelsRoom().parley.models.partials());

/** Names of what is in `parley/models` of the origin private file system, but for records. */
function modelFiles(): Promise<string[]> {
  return page.evaluate(async () => {
    const names: string[] = [];
    const root = await navigator.storage.getDirectory();
    const folder = await (await root.getDirectoryHandle('parley')).getDirectoryHandle('models');
    for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) {
      if (/\.(?:gguf|part)$/.test(name)) names.push(name);
    }
    return names.sort();
  });
}

/** Drops a file of the server on the game, as a player does. */
async function drop(path: string, name: string): Promise<void> {
  const data = await page.evaluateHandle(
    async ([url, fileName]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([await (await fetch(url!)).blob()], fileName!));
      return transfer;
    },
    [path, name],
  );
  for (const type of ['dragover', 'drop']) await page.dispatchEvent('canvas', type, { dataTransfer: data });
}

describe('the model manager', () => {
  it('keeps a dropped model, and talks with it after a reload without any network', async () => {
    await drop(address('plain', 'parley.gguf').path, 'My model.gguf');
    const model = await page.evaluate(async () => {
      const { parley, dropped } = modelsRoom();
      return parley.models.import(dropped[0]!);
    });
    expect(model).toMatchObject({ name: 'My model', sources: [] });
    await page.reload();
    await ready(page);
    expect(await list()).toEqual([model]);
    await context.setOffline(true);
    const { id, said } = await page.evaluate(async (url) => {
      const { parley, mira } = modelsRoom();
      const info = await parley.loadModel(url);
      return { id: info.id, said: await mira.ask('How much for an eel?') };
    }, model.url);
    expect(id).toBe(model.id);
    expect(said.source).toBe('model');
    expect(said.text).toMatch(/\w+/);

    await context.setOffline(false);
    await page.reload();
    await ready(page);
    await page.evaluate((stored) => modelsRoom().parley.models.remove(stored), model.id);
    const gone = await page.evaluate(
      (url) =>
        modelsRoom()
          .parley.loadModel(url)
          .then(
            () => undefined,
            (error: { code?: string }) => error.code,
          ),
      model.url,
    );
    expect(gone).toBe('model-not-stored');
    expect(await modelFiles()).toEqual([]);
  });

  it('goes on where a reload of the page cut a download that stood still, and tells speed and time left', async () => {
    const { url, path } = address('held');
    void download({ url }).catch(() => undefined);
    await loaded(HELD_BYTES);
    await page.waitForFunction(() =>
      told.some(({ stage, bytesPerSecond, secondsLeft = 0 }) => {
        return stage === 'download' && bytesPerSecond > 0 && secondsLeft > 0;
      }),
    );
    await page.reload();
    await ready(page);
    expect(await list()).toEqual([]);
    const [partial] = await partials();
    expect(partial).toMatchObject({ name: 'tiny', totalBytes: TINY.bytes.length });
    expect(partial!.loadedBytes).toBeGreaterThan(0);

    const rest = download(partial!.request);
    await expect.poll(() => server.asked(path).length).toBe(2);
    server.release();
    const { model } = await rest;
    expect(model!.id).toBe(`sha256:${TINY.sha256}`);
    expect(server.asked(path).map(({ range, status }) => [range, status])).toEqual([
      ['bytes=0-', 206],
      [`bytes=${partial!.loadedBytes}-`, 206],
    ]);
    expect(await partials()).toEqual([]);
    expect(await modelFiles()).toEqual([`${TINY.sha256}.gguf`]);
  });

  it('keeps what came before a cancel, goes on from there, and drops it when asked to', async () => {
    const { url } = address('held');
    const cancelled = download({ url });
    await loaded(1_000_000);
    await page.evaluate(() => globalThis.abort.abort());
    expect((await cancelled).failure).toMatchObject({ name: 'AbortError' });
    const [partial] = await partials();
    expect(partial!.loadedBytes).toBeGreaterThanOrEqual(1_000_000);
    const again = download({ url });
    await loaded(partial!.loadedBytes);
    await page.evaluate((id) => modelsRoom().parley.models.remove(id), partial!.id);
    expect((await again).failure).toMatchObject({ name: 'AbortError' });
    expect(await partials()).toEqual([]);
    expect(await modelFiles()).toEqual([]);
  });

  it.each([
    ['redirects', 'moved', {}],
    ['breaks each connection', 'cut', { sha256: TINY.sha256, bytes: TINY.bytes.length }],
    ['knows no ranges', 'deaf', {}],
    ['is busy at first', 'busy', {}],
  ])('loads a model from a server that %s, of this origin and of another', async (_what, manner, more) => {
    for (const at of [server, elsewhere]) {
      const { model, failure } = await download({ url: address(manner, 'tiny.gguf', at).url, ...more });
      expect(failure).toBeUndefined();
      expect(model).toMatchObject({ id: `sha256:${TINY.sha256}`, bytes: TINY.bytes.length, name: 'Tiny' });
      await page.evaluate(() => modelsRoom().parley.models.removeAll());
      expect(await modelFiles()).toEqual([]);
    }
  });

  it('asks a server of another origin nothing that needs its permission, also behind a redirect', async () => {
    const { url, path } = address('cut', 'tiny.gguf', elsewhere);
    const redirect = new URL(`/away/${encodeURIComponent(elsewhere.url)}/tiny.gguf`, server.url);
    for (const [from, at] of [
      [url, path],
      [redirect.href, '/cut/away/tiny.gguf'],
    ] as const) {
      expect((await download({ url: from })).failure).toBeUndefined();
      const asked = elsewhere.asked(at);
      expect(asked.length).toBeGreaterThan(2);
      expect(asked.every(({ status }) => status === 206)).toBe(true);
      expect(asked.at(-1)!.range).not.toBe('bytes=0-');
      await page.evaluate(() => modelsRoom().parley.models.removeAll());
    }
  });

  it('stores one whole file when it changes in the middle', async () => {
    const { model } = await download({ url: address('changing').url });
    expect(model!.id).not.toBe(`sha256:${TINY.sha256}`);
    const { failure } = await download({ url: address('changing').url, sha256: TINY.sha256 });
    expect(failure?.code).toBe('model-mismatch');
    expect(await partials()).toEqual([]);
    expect(await modelFiles()).toEqual([`${model!.id.slice('sha256:'.length)}.gguf`]);
  });

  it.each([
    ['a web page', 'page', {}, 'gguf-not-gguf', /web page/],
    ['a missing file', 'missing', {}, 'model-fetch-failed', /status 404/],
    ['wrong bytes', 'wrong', { sha256: TINY.sha256 }, 'model-mismatch', /SHA-256 \w+; expected/],
    ['a wrong length', 'plain', { bytes: 1_000_000 }, 'model-mismatch', /expected 1000000 bytes/],
    ['a file cut short', 'short', {}, 'gguf-truncated', /ends at byte/],
    ['a server that is away', 'gone', {}, 'model-fetch-failed', /404/],
  ])('keeps nothing of %s, with one clear error', async (_what, manner, more, code, message) => {
    const { failure } = await download({ url: address(manner).url, ...more });
    expect(failure).toMatchObject({ name: 'EngineError', code, message: expect.stringMatching(message) });
    expect(await list()).toEqual([]);
    expect(await partials()).toEqual([]);
    expect(await modelFiles()).toEqual([]);
  });

  it('refuses a file that is no model, and asks before a big download', async () => {
    const refused = await page.evaluate(() =>
      modelsRoom()
        .parley.models.import(new File(['a photograph'], 'cat.gguf'))
        .then(
          () => undefined,
          (error: { code?: string }) => error.code,
        ),
    );
    expect(refused).toBe('gguf-not-gguf');
    await page.evaluate(() => {
      const room = modelsRoom();
      room.wanted = false;
      room.questions.length = 0;
    });
    const { url, path } = address('plain', 'parley.gguf');
    expect((await download({ url, name: 'Parley' })).failure).toMatchObject({ name: 'AbortError' });
    expect(await page.evaluate(() => modelsRoom().questions)).toEqual([
      { name: 'Parley', bytes: (await stat(BUNDLED)).size },
    ]);
    expect(server.asked(path)).toEqual([]);
    // A small one is not asked about.
    expect((await download({ url: address('plain').url })).model).toBeDefined();
    expect(await modelFiles()).toEqual([`${TINY.sha256}.gguf`]);
  });

  it('loads a model once when two tabs want it', async () => {
    const { url, path } = address('held');
    const other = await openTab();
    const first = download({ url });
    await loaded(1);
    const second = download({ url }, other);
    await other.waitForFunction(() => globalThis.told?.at(-1)?.stage === 'waiting');
    const [partial] = await partials(other);
    const busy = await other.evaluate(
      (id) =>
        modelsRoom()
          .parley.models.remove(id)
          .then(
            () => undefined,
            (error: { code?: string }) => error.code,
          ),
      partial!.id,
    );
    expect(busy).toBe('model-busy');
    server.release();
    expect((await second).model).toEqual((await first).model);
    expect(server.asked(path)).toHaveLength(1);
    expect(await list(other)).toEqual(await list());
    await other.close();
  });

  it.each([
    ['without file handles in workers', 'delete FileSystemFileHandle.prototype.createSyncAccessHandle;'],
    [
      'whose file handles cannot be made',
      `FileSystemFileHandle.prototype.createSyncAccessHandle = async () => {
        throw new DOMException('Backend does not support this operation', 'NotSupportedError');
      };`,
    ],
  ])('says that a browser %s keeps no models, and leaves nothing there', async (_what, change) => {
    const older = await browser.newContext();
    await older.addInitScript((script) => {
      const { createObjectURL } = URL;
      // The worker is started from a Blob.
      URL.createObjectURL = (source: Blob) =>
        createObjectURL(source.type === 'text/javascript' ? new Blob([script, source], source) : source);
    }, change);
    const tab = await older.newPage();
    await tab.goto(server.url);
    await ready(tab);
    const { url, path } = address('plain');
    const { failure } = await download({ url }, tab);
    expect(failure).toMatchObject({
      code: 'storage-unavailable',
      message: expect.stringMatching(/keeps no models/),
    });
    expect(server.asked(path)).toEqual([]);
    expect(await partials(tab)).toEqual([]);
    expect(await list(tab)).toEqual([]);
    await older.close();
  });

  it('proposes a model for this device, and tells what room there is', async () => {
    const candidates: ModelCandidate[] = [
      { name: 'Bundled', bytes: 91_000_000, url: 'parley.gguf', local: true },
      { name: 'Huge', bytes: 40e9, url: 'huge.gguf' },
    ];
    const { proposal, space } = await page.evaluate(async (models) => {
      const manager = modelsRoom().parley.models;
      return { proposal: await manager.propose(models), space: await manager.space() };
    }, candidates);
    expect(proposal.candidate?.name).toBe('Bundled');
    expect(proposal.verdicts[1]!.reason).toMatch(/Huge needs 40\.0 GB of memory/);
    expect(space.freeBytes).toBeGreaterThan(0);
  });
});
