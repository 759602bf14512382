/** Models on the player's device, through the menus of the sample game. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AwkwardServer, startAwkwardServer } from '../support/awkward-server.js';
import { launchBrowser } from '../support/browser.js';
import { tinyGguf } from '../support/tiny-gguf.js';
import { aMoment, openGame, press, stateOf, titleReady } from './shell.js';

const PATIENCE = { timeout: 30_000 };
/** About 5 MB; no model that can talk. */
const TINY = tinyGguf(20_000, 1);

let browser: Browser;
let server: AwkwardServer;
let page: Page;
let errors: string[];
beforeAll(async () => {
  const bundled = await readFile('assets/models/parley-135m.Q4_0.gguf');
  const files = { 'tiny.gguf': TINY.bytes, 'parley.gguf': bundled, 'cat.png': Buffer.from('a photograph') };
  [browser, server] = await Promise.all([launchBrowser('canvas'), startAwkwardServer(files, 'dist-game')]);
  ({ page, errors } = await openGame(browser, server.url));
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

interface Shown {
  readonly text?: string;
  readonly visible?: boolean;
  readonly list?: readonly Shown[];
  readonly x?: number;
  readonly y?: number;
}

/** All words that are seen in a scene. */
function words(key: string): Promise<string> {
  return page.evaluate((name) => {
    const texts = (shown: Shown): string[] =>
      shown.visible === false
        ? []
        : shown.text === undefined
          ? (shown.list ?? []).flatMap(texts)
          : [shown.text];
    const { scene } = window.game;
    if (!scene.isActive(name)) return '';
    return texts((scene.getScene(name) as { children: Shown }).children).join('\n');
  }, key);
}

/** Clicks on words in a scene, as soon as they are there. */
async function click(key: string, text: string): Promise<void> {
  await expect.poll(() => words(key), PATIENCE).toContain(text);
  await aMoment(page);
  const at = await page.evaluate(
    ([name, wanted]) => {
      const place = (shown: Shown, top: number): { x: number; y: number } | undefined => {
        if (shown.visible === false) return undefined;
        if (shown.text === wanted) return { x: shown.x!, y: top + shown.y! };
        for (const one of shown.list ?? []) {
          const found = place(one, top + (shown.y ?? 0));
          if (found) return found;
        }
        return undefined;
      };
      const game = window.game as unknown as { canvas: HTMLCanvasElement; scale: { width: number } };
      const found = place((window.game.scene.getScene(name!) as { children: Shown }).children, 0)!;
      const { left, top, width } = game.canvas.getBoundingClientRect();
      const zoom = width / game.scale.width;
      return { x: left + (found.x + 5) * zoom, y: top + (found.y + 7) * zoom };
    },
    [key, text],
  );
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await aMoment(page);
  await page.mouse.up();
}

/** Sends what stands in the text field. */
async function send(): Promise<void> {
  await aMoment(page);
  await press(page, 'Enter');
}

const said = (text: string) => expect.poll(() => words('question'), PATIENCE).toContain(text);
const listed = (text: string | RegExp) => expect.poll(() => words('models'), PATIENCE).toMatch(text);

async function openList(): Promise<void> {
  await click('title', 'Settings');
  await click('settings', 'Model…');
  await listed('From a file…');
}

async function again(): Promise<void> {
  await page.reload();
  await titleReady(page);
}

const choice = async () => ((await stateOf(page, 'session.settings')) as { model: string }).model;

const loaded = () =>
  page.waitForFunction(() => {
    const { parley } = window.game.scene.getScene('title') as unknown as {
      parley: { modelState: string; model?: { id: string } };
    };
    return parley.modelState === 'ready' && parley.model?.id;
  });

/** Drops a file of the server on the page. */
async function drop(file: string, name: string): Promise<void> {
  const data = await page.evaluateHandle(
    async ([path, fileName]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([await (await fetch(path!)).blob()], fileName!));
      return transfer;
    },
    [`/plain/drop/${file}`, name],
  );
  for (const type of ['dragover', 'drop']) await page.dispatchEvent('body', type, { dataTransfer: data });
}

describe('the models menu of the sample game', () => {
  it('loads a model from an address while other things are open, and goes on after a reload', async () => {
    await openList();
    await click('models', 'None');
    await listed('In use');
    await click('models', 'From an address…');
    await page.waitForSelector('.parley-input:not([hidden])');
    await page.keyboard.type('not an address');
    await send();
    await expect.poll(() => words('model-address'), PATIENCE).toContain('no address of a file');
    await page.locator('.parley-input').fill(new URL('/held/1/tiny.gguf', server.url).href);
    await send();
    await listed(/4\.\d of 5\.2 MB/);
    await press(page, 'Escape');
    await expect.poll(() => words('settings'), PATIENCE).toContain('Off');
    await press(page, 'Escape');
    await expect.poll(() => words('title'), PATIENCE).toMatch(/tiny\n4\.\d of 5\.2 MB/);

    await again();
    await openList();
    await listed(/\d % *\n[\s\S]*of 5\.2 MB here\. Go on\?/);
    await click('models', 'tiny');
    await click('question', 'Go on');
    await expect.poll(() => server.asked('/held/1/tiny.gguf').length, PATIENCE).toBe(2);
    server.release();
    await said('Tiny is on this device now.');
    await click('question', 'Later');
    await listed(/Tiny\n[\s\S]*5\.2 MB on this device\./);
  });

  it('gives up a model that the game cannot run, and says so', async () => {
    await click('models', 'Tiny');
    await click('question', 'Speak with it');
    await said('The game loads it now.');
    await click('question', 'All right');
    await said(
      'Tiny is damaged, or of a kind that this game cannot run. People speak with the bundled model again.',
    );
    await click('question', 'All right');
    expect(await choice()).toBe('bundled');
  });

  it('asks before it removes a model', async () => {
    await click('models', 'Tiny');
    await click('question', 'Remove…');
    await said('Remove Tiny from this device?');
    await click('question', 'Keep it');
    await listed('Tiny');
    await click('models', 'Tiny');
    await click('question', 'Remove…');
    await click('question', 'Remove');
    await expect.poll(() => words('models'), PATIENCE).not.toContain('Tiny');
    await listed('The model of the game');
  });

  it('says how big a big download is, and loads nothing against the player’s will', async () => {
    await click('models', 'From an address…');
    await page.locator('.parley-input:not([hidden])').fill(new URL('/plain/2/parley.gguf', server.url).href);
    await send();
    await said('parley: 92 MB. Download it?');
    await click('question', 'Not now');
    await listed('From an address…');
    expect(server.asked('/plain/2/parley.gguf')).toEqual([]);
  });

  it('keeps a model that is dropped, speaks with it, and again after a reload', async () => {
    await drop('cat.png', 'cat.png');
    await said('Only a model can be dropped here');
    await click('question', 'All right');
    await drop('parley.gguf', 'Fisher.gguf');
    await said('Fisher is on this device now.');
    await click('question', 'Speak with it');
    const id = await (await loaded()).jsonValue();
    expect(await choice()).toBe(`stored:${id}`);
    await again();
    expect(await (await loaded()).jsonValue()).toBe(id);
    await click('title', 'Settings');
    await expect.poll(() => words('settings'), PATIENCE).toContain('Fisher');
  });

  it('goes back to the bundled model where the stored one is damaged, and says why', async () => {
    await page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      const folder = await (await root.getDirectoryHandle('parley')).getDirectoryHandle('models');
      for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) {
        if (!name.endsWith('.gguf')) continue;
        const writable = await (await folder.getFileHandle(name)).createWritable({ keepExistingData: true });
        await writable.truncate(1_000_000);
        await writable.close();
      }
    });
    await again();
    await said('Fisher is damaged on this device');
    expect(await choice()).toBe('bundled');
    // The two that could not be loaded, and nothing else.
    expect(errors).toEqual(Array(2).fill(expect.stringContaining('the model could not be loaded')));
  });

  it('says so at once where the browser keeps no models, and asks for no address and no file', async () => {
    const before = page;
    ({ page } = await openGame(browser, server.url, {}, (tab) =>
      // As in WebKitGTK, also in the worker, which is started from a Blob.
      tab.addInitScript(() => {
        const { createObjectURL } = URL;
        URL.createObjectURL = (source: Blob) =>
          createObjectURL(
            source.type === 'text/javascript'
              ? new Blob(
                  ["Object.defineProperty(navigator, 'storage', { value: undefined });", source],
                  source,
                )
              : source,
          );
      }),
    ));
    await openList();
    for (const button of ['From an address…', 'From a file…']) {
      await click('models', button);
      await said('This browser keeps no models');
      await click('question', 'All right');
    }
    await listed('The model of the game');
    await page.context().close();
    page = before;
  });
});
