import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ParleyInspector } from '../../plugin/inspector/index.js';
import type { ParleyPlugin } from '../../plugin/phaser/parley-plugin.js';
import { launchBrowser, openPage } from '../support/browser.js';
import { MODEL_PATH } from '../support/engine-fixture.js';
import { serve } from '../support/server.js';
import { ask, atRest, enterVillage, modelReady, type Village } from './village.js';

const SCREENSHOTS = 'tests/browser/screenshots';
const FOLDER = 'build/inspector';

interface Plugins {
  get(key: 'ParleyPlugin'): ParleyPlugin;
  get(key: 'ParleyInspector'): ParleyInspector;
}

declare global {
  interface Window {
    /** Calls of `statistics` that were posted to the worker. */
    statisticsCalls: number;
  }
}

describe('inspector, in the sample game', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;
  let page: Page;
  let inspector: Locator;
  let errors: string[];

  beforeAll(async () => {
    await Promise.all([SCREENSHOTS, FOLDER].map((folder) => mkdir(folder, { recursive: true })));
    [browser, server] = await Promise.all([launchBrowser('canvas'), serve({ root: 'dist-game' })]);
    ({ page, errors } = await openPage(browser, server.url, (opened) => opened.addInitScript(countCalls)));
    inspector = page.locator('.parley-inspector');
    await enterVillage(page);
    await modelReady(page);
    // The adaptive budget gives way on a busy machine, and answers would take their time.
    await page.evaluate(() => {
      (window.game as unknown as { plugins: Plugins }).plugins.get('ParleyPlugin').setBudget({ ms: 1000 });
    });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const tab = async (name: string): Promise<Locator> => {
    await inspector.getByRole('tab', { name }).click();
    return inspector.getByRole('tabpanel', { name });
  };
  const screenshot = (name: string) => page.screenshot({ path: `${SCREENSHOTS}/inspector-${name}.png` });

  /** The value behind a name in a list of facts. */
  const factOf = (panel: Locator, name: string) =>
    panel.locator(`dt:text-is("${name}") + dd`).first().textContent();

  it('is closed, and listens for nothing but its key, until F9 opens it without taking the focus', async () => {
    expect(await listeners(page)).toEqual({ use: 0, isOpen: false });
    expect(await inspector.count()).toBe(0);
    await page.keyboard.press('F9');
    await inspector.getByRole('tabpanel', { name: 'Talk' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.className)).not.toBe('parley-inspector');
    expect(await listeners(page)).toEqual({ use: 1, isOpen: true });
  });

  it('shows what a character was told, what it answered, and what both cost', async () => {
    const { said } = await ask(page, 'mira', 'How much for an eel?');
    expect(said.source).toBe('model');
    const panel = await tab('Talk');
    await panel.getByRole('combobox').selectOption('mira');
    await panel.getByText(said.text, { exact: true }).first().waitFor();
    const truth = await page.evaluate(async () => {
      const { cast } = (window.game as unknown as { plugins: Plugins }).plugins.get('ParleyPlugin');
      const { character } = cast.get('mira')!.npc;
      return { prompt: await character.prompt(), answer: character.answers.at(-1)! };
    });
    const { prompt, answer } = truth;
    expect(answer.text).toBe(said.text);
    expect(await panel.locator('[data-prompt-tokens]').getAttribute('data-prompt-tokens')).toBe(
      String(prompt.tokens),
    );
    expect(prompt.tokens).toBe(prompt.parts.reduce((sum, part) => sum + part.tokens!, 0));
    expect(await factOf(panel, 'Emotion')).toBe(said.emotion);
    expect(await factOf(panel, 'Tokens')).toBe(String(answer.tokens));
    expect(answer.tokens).toBeGreaterThan(3);
    expect(answer.firstTokenMs).toBeLessThanOrEqual(answer.firstWordMs!);
    // The fact that was chosen, and the turn in which it stands.
    expect(await factOf(panel, 'Fact')).toContain('eel');
    expect(await panel.locator('details pre').last().textContent()).toContain(said.text);
    await screenshot('talk');
  });

  it('shows what the engine holds and has done', async () => {
    const panel = await tab('Engine');
    await atRest(page);
    await page.waitForTimeout(1200);
    const { model, statistics, spending } = await page.evaluate(async () => {
      const parley = (window.game as unknown as { plugins: Plugins }).plugins.get('ParleyPlugin');
      return { model: parley.model!, statistics: (await parley.statistics())!, spending: parley.spending };
    });
    expect(await factOf(panel, 'Name')).toBe(model.name);
    expect(await factOf(panel, 'Kernels')).toContain(model.build);
    expect(statistics.work.prefillTokens).toBe(spending.prefillTokens);
    expect(statistics.work.decodeTokens).toBeLessThanOrEqual(spending.decodeTokens);
    const row = panel.locator('tr', { hasText: /^mira/ });
    const cache = statistics.caches.sequences.find(({ sequence }) => sequence.startsWith('main/mira/'))!;
    expect(await row.locator('td').nth(1).textContent()).toBe(String(cache.tokens));
    expect(await row.locator('td').last().textContent()).toBe('yes');
    await screenshot('engine');
  });

  it('plots frames, and changes the budget of the running game', async () => {
    const panel = await tab('Frames');
    const { said } = await ask(page, 'mira', 'What do you sell besides eels?');
    expect(said.source).toBe('model');
    await page.waitForTimeout(1000);
    const [, decoded] = /^(\d+) decoded/.exec((await factOf(panel, 'Tokens'))!)!;
    // Those of the last ten seconds: at least the last ones, at most all.
    expect(Number(decoded)).toBeGreaterThan(0);
    const all = await page.evaluate(
      () => (window.game.scene.getScene('village') as unknown as Village).parley.spending.decodeTokens,
    );
    expect(Number(decoded)).toBeLessThanOrEqual(all);
    const drawn = await panel.locator('canvas').evaluateAll((canvases) =>
      (canvases as HTMLCanvasElement[]).map((canvas) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return data.some((value, i) => i % 4 === 3 && value > 0);
      }),
    );
    expect(drawn).toEqual([true, true, true]);
    await screenshot('frames');
    const budget = () =>
      page.evaluate(() => {
        const { ms, decodeTokens: tokens } = (window.game as unknown as { plugins: Plugins }).plugins.get(
          'ParleyPlugin',
        ).budget;
        return { ms, tokens };
      });
    await panel.locator('[name=mode]').selectOption('fixed');
    await panel.locator('[name=ms]').fill('3');
    await panel.locator('[name=decodeTokens]').fill('2');
    await panel.locator('[name=decodeTokens]').press('Enter');
    expect(await budget()).toEqual({ ms: 3, tokens: 2 });
    await panel.locator('[name=mode]').selectOption('adaptive');
    await panel.locator('[name=decodeTokens]').fill('');
    await panel.locator('[name=decodeTokens]').press('Enter');
    expect(await budget()).toEqual({ ms: 'adaptive', tokens: Number.POSITIVE_INFINITY });
  });

  it('exports a talk and a persona that npx parley replay makes again', async () => {
    const panel = await tab('Export');
    await panel.getByRole('combobox').selectOption('mira');
    const save = await saved(panel, 'Talk to replay');
    const persona = await saved(panel, 'Persona');
    const prompt = await readFile(await saved(panel, 'Prompt as text'), 'utf8');
    expect(prompt).toContain('How much for an eel?');
    await screenshot('export');
    const { stdout, status } = spawnSync(
      process.execPath,
      ['dist/cli/parley.mjs', 'replay', save, persona, '--model', MODEL_PATH],
      { encoding: 'utf8' },
    );
    expect(stdout).toMatch(/^mira: ([2-9]) of \1 answers are the same$/m);
    expect(status).toBe(0);
  });

  it('is used by keyboard alone, and keeps its keys from the game', async () => {
    // Nor did the clicks before open what lies below the panel.
    expect(await page.evaluate(() => window.game.scene.isActive('village'))).toBe(true);
    await page.keyboard.press('Shift+F9');
    const before = await playerY(page);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    expect(await inspector.getByRole('tab', { selected: true }).textContent()).toBe('Engine');
    await page.keyboard.down('ArrowUp');
    await page.waitForTimeout(500);
    await page.keyboard.up('ArrowUp');
    expect(await playerY(page)).toBe(before);
    await page.keyboard.press('Escape');
    expect(await inspector.count()).toBe(0);
    await page.keyboard.down('ArrowUp');
    await page.waitForFunction(
      (y) => (window.game.scene.getScene('village') as unknown as Village).player.y < y,
      before,
    );
    await page.keyboard.up('ArrowUp');
  });

  it('gives the keys back to the game when the canvas is clicked', async () => {
    await page.keyboard.press('F9');
    await inspector.getByRole('tab', { name: 'Log' }).click();
    const focused = () => page.evaluate(() => document.activeElement?.className);
    expect(await focused()).toBe('parley-inspector');
    await page.mouse.click(200, 650);
    expect(await focused()).not.toBe('parley-inspector');
  });

  it('costs no message and no listener once it is closed', async () => {
    await tab('Engine');
    await page.waitForFunction(() => window.statisticsCalls > 0);
    await page.keyboard.press('F9');
    expect(await listeners(page)).toEqual({ use: 0, isOpen: false });
    const calls = await page.evaluate(() => window.statisticsCalls);
    await page.waitForTimeout(1500);
    expect(await page.evaluate(() => window.statisticsCalls)).toBe(calls);
    expect(errors).toEqual([]);
  });

  it('lists what went wrong, also before it was opened, with code and remedy', async () => {
    await page.evaluate(async () => {
      const parley = (window.game as unknown as { plugins: Plugins }).plugins.get('ParleyPlugin');
      await parley.loadModel('assets/models/nothing.gguf').catch(() => undefined);
    });
    await page.keyboard.press('F9');
    const panel = await tab('Log');
    const entry = panel.locator('.entry.error').first();
    expect(await entry.locator('code').textContent()).toBe('model-fetch-failed');
    expect(await entry.textContent()).toContain('404');
    await screenshot('log');
    await page.setViewportSize({ width: 390, height: 780 });
    await tab('Talk');
    await screenshot('phone');
  });

  /** Presses a button that downloads, and says where the file is. */
  async function saved(panel: Locator, button: string): Promise<string> {
    const waiting = page.waitForEvent('download');
    await panel.getByRole('button', { name: button }).click();
    const file = await waiting;
    const path = join(FOLDER, file.suggestedFilename());
    await file.saveAs(path);
    return path;
  }
});

describe.each(['phaser', 'phaser3'])('inspector, from script tags, on %s', (phaser) => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    const root = join(FOLDER, phaser);
    await mkdir(root, { recursive: true });
    await Promise.all([
      cp(`node_modules/${phaser}/dist/phaser.min.js`, join(root, 'phaser.min.js')),
      ...['parley.global.js', 'inspector.global.js'].map((file) => cp(`dist/${file}`, join(root, file))),
      writeFile(join(root, 'index.html'), CLASSIC_PAGE),
      writeFile(join(root, 'two.html'), TWO_GAMES_PAGE),
    ]);
    [browser, server] = await Promise.all([launchBrowser('canvas'), serve({ root })]);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('opens by its key in a game without characters, whatever tab is chosen', async () => {
    const { page, errors } = await openPage(browser, server.url);
    await page.waitForSelector('canvas');
    await page.keyboard.press('F2');
    const inspector = page.locator('.parley-inspector');
    await inspector.getByText('No character is alive').waitFor();
    for (const name of ['Engine', 'Frames', 'Log', 'Export']) {
      await inspector.getByRole('tab', { name }).click();
      await inspector.getByRole('tabpanel', { name }).waitFor();
    }
    await page.keyboard.press('F2');
    expect(await inspector.count()).toBe(0);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('gives the focus back to where it was, also when its key closes it', async () => {
    const { page, errors } = await openPage(browser, server.url);
    await page.waitForSelector('canvas');
    await page.evaluate(() => document.body.append(document.createElement('input')));
    await page.focus('input');
    await page.keyboard.press('Shift+F2');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('parley-inspector');
    await page.keyboard.press('F2');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('stands apart from that of another game of the page, and goes with its game', async () => {
    const { page, errors } = await openPage(browser, `${server.url}two.html`);
    await page.waitForFunction(() => document.querySelectorAll('canvas').length === 2);
    await page.keyboard.press('F2');
    const [one, two] = ['one', 'two'].map((name) =>
      page.getByRole('region', { name: `Parley inspector: ${name}` }),
    );
    const [left, right] = [await two!.boundingBox(), await one!.boundingBox()];
    expect(left!.x + left!.width).toBeLessThanOrEqual(right!.x);
    await page.evaluate(() => (window as unknown as { games: Phaser.Game[] }).games[0]!.destroy(true));
    await one!.waitFor({ state: 'detached' });
    await two!.getByRole('tab', { name: 'Engine' }).click();
    await two!.getByRole('tabpanel', { name: 'Engine' }).waitFor();
    await page.keyboard.press('F2');
    expect(await page.locator('.parley-inspector').count()).toBe(0);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

const TWO_GAMES_PAGE = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body>
<script src="phaser.min.js"></script><script src="parley.global.js"></script><script src="inspector.global.js"></script>
<script>
window.games = ['one', 'two'].map((title) => new Phaser.Game({
  title, width: 640, height: 360,
  plugins: { global: [
    { key: 'ParleyPlugin', plugin: Parley.ParleyPlugin, start: true },
    // Phaser starts a plugin of each key in one game of a page.
    { key: 'Inspector ' + title, plugin: Parley.ParleyInspector, start: true, data: { key: 'F2' } },
  ] },
}));
</script>`;

const CLASSIC_PAGE = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body>
<script src="phaser.min.js"></script><script src="parley.global.js"></script><script src="inspector.global.js"></script>
<script>
new Phaser.Game({
  width: 640, height: 360,
  plugins: { global: [
    { key: 'ParleyPlugin', plugin: Parley.ParleyPlugin, start: true },
    { key: 'ParleyInspector', plugin: Parley.ParleyInspector, start: true, data: { key: 'F2' } },
  ] },
});
</script>`;

function countCalls(): void {
  window.statisticsCalls = 0;
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (this: MessagePort, ...args: [unknown]) {
    const { path } = args[0] as { path?: readonly string[] };
    if (path?.[0] === 'statistics') window.statisticsCalls++;
    post.apply(this, args);
  } as typeof post;
}

function listeners(page: Page): Promise<{ use: number; isOpen: boolean }> {
  return page.evaluate(() => {
    const { plugins } = window.game as unknown as { plugins: Plugins };
    return {
      use: plugins.get('ParleyPlugin').events.listenerCount('use'),
      isOpen: plugins.get('ParleyInspector').isOpen,
    };
  });
}

function playerY(page: Page): Promise<number> {
  return page.evaluate(() => (window.game.scene.getScene('village') as unknown as Village).player.y);
}
