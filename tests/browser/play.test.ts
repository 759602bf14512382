import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.js';
import { serve } from '../support/server.js';
import {
  ask,
  atRest,
  enterVillage,
  modelReady,
  type Said,
  transcriptOf,
  type Village,
  walkTo,
} from './village.js';

const SCREENSHOTS = 'tests/browser/screenshots';

const HOSTS = [
  { name: 'cross-origin isolated', slug: 'isolated', options: { root: 'dist-game' } },
  {
    name: 'without headers, under a sub-path',
    slug: 'sub-path',
    options: { root: 'dist-game', isolated: false, basePath: '/games/saltmere/' },
  },
];

describe.each(HOSTS)('sample game, $name', ({ slug, options }) => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;
  let watched: WatchedPage;
  let page: Page;
  let sendModel: () => void;

  beforeAll(async () => {
    await mkdir(SCREENSHOTS, { recursive: true });
    [browser, server] = await Promise.all([launchBrowser('canvas'), serve(options)]);
    const asked = new Promise<void>((resolve) => {
      sendModel = resolve;
    });
    watched = await openPage(browser, server.url, (opened) =>
      opened.route('**/*.gguf', async (route) => {
        await asked;
        await route.continue();
      }),
    );
    page = watched.page;
    await enterVillage(page);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const screenshot = (name: string) => page.screenshot({ path: `${SCREENSHOTS}/${slug}-${name}.png` });

  it('plays at once: a character speaks an authored line while the model loads', async () => {
    const { said, streamed } = await ask(page, 'bess', 'Is it raining?');
    expect(said.source).toBe('authored');
    expect(said.text).not.toBe('');
    expect(streamed).toBe(said.text);
    sendModel();
  });

  it('lets the player walk up, type a question and read the streamed answer of the model', async () => {
    await modelReady(page);
    await screenshot('village');
    await walkTo(page, 'mira');
    await page.keyboard.press('e');
    await page.waitForFunction(
      () => (window.game.scene.getScene('village') as unknown as Village).box.shownText !== '',
    );
    await page.waitForTimeout(1500);
    await screenshot('greeting');
    const done = page.evaluate(
      () =>
        new Promise<Said>((resolve) => {
          const { villagers } = window.game.scene.getScene('village') as unknown as Village;
          villagers.find(({ npc }) => npc.id === 'mira')!.npc.once('done', resolve);
        }),
    );
    await page.keyboard.type('How much for an eel?', { delay: 10 });
    expect(await page.inputValue('.parley-input')).toBe('How much for an eel?');
    await page.keyboard.press('Enter');
    const said = await done;
    expect(said).toMatchObject({ source: 'model', finish: 'done' });
    expect(said.text).toMatch(/five/i);
    expect(said.text).not.toMatch(/[[\]@]/);
    const whole = said.text.replace(/\s+/g, ' ');
    await page.waitForFunction(
      (text) =>
        (window.game.scene.getScene('village') as unknown as Village).box.shownText
          .replace(/\s+/g, ' ')
          .trim()
          // Behind a filler, where the machine is slow.
          .endsWith(text),
      whole,
    );
    await screenshot('answer');
    await page.keyboard.press('Escape');
    await page.waitForFunction(
      () => !(window.game.scene.getScene('village') as unknown as Village).box.isOpen,
    );
  });

  it('does not send a line with the Enter that confirms an IME composition', async () => {
    await walkTo(page, 'mira');
    await page.keyboard.press('e');
    await page.waitForSelector('.parley-input', { state: 'visible' });
    // The first line that is sent, so that it also tells of an Enter which sent too early.
    const first = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const { villagers, box } = window.game.scene.getScene('village') as unknown as Village;
          const { npc } = villagers.find((villager) => villager.npc.id === 'mira')!;
          box.once('submit', (text) => npc.once('done', () => resolve(text)));
        }),
    );
    const ime = await page.context().newCDPSession(page);
    await ime.send('Input.imeSetComposition', { text: 'こん', selectionStart: 2, selectionEnd: 2 });
    await page.keyboard.press('Enter');
    expect(await page.inputValue('.parley-input')).toBe('こん');
    await ime.send('Input.insertText', { text: 'こんにちは' });
    expect(await page.inputValue('.parley-input')).toBe('こんにちは');
    await page.keyboard.press('Enter');
    expect(await page.inputValue('.parley-input')).toBe('');
    expect(await first).toBe('こんにちは');
    await ime.detach();
    await page.keyboard.press('Escape');
    await page.waitForFunction(
      () => !(window.game.scene.getScene('village') as unknown as Village).box.isOpen,
    );
  });

  it('types an answer into the bubble over the sprite', async () => {
    const { said, streamed } = await ask(page, 'mira', 'Who hears everything in this village?');
    expect(said.source).toBe('model');
    expect(streamed.trim()).toBe(said.text);
    await page.waitForFunction(
      (text) => {
        const { villagers } = window.game.scene.getScene('village') as unknown as Village;
        const shown = villagers.find(({ npc }) => npc.id === 'mira')!.npc.bubble!.shownText;
        return shown.replace(/\s+/g, ' ').trim().endsWith(text);
      },
      said.text.replace(/\s+/g, ' '),
    );
    await screenshot('bubble');
  });

  it('ends no more tokens in a frame than the budget grants', async () => {
    const most = await page.evaluate(async () => {
      const { parley, villagers } = window.game.scene.getScene('village') as unknown as Village;
      parley.setBudget({ decodeTokens: 1, prefillTokens: 4 });
      const uses: { decodeTokens: number; prefillTokens: number }[] = [];
      parley.events.on('use', (use: never) => uses.push(use));
      // The grant in force may still be the old one.
      await new Promise((resolve) => setTimeout(resolve, 200));
      uses.length = 0;
      await villagers.find(({ npc }) => npc.id === 'mira')!.npc.ask('What do you sell besides eels?');
      parley.setBudget({ decodeTokens: Number.POSITIVE_INFINITY, prefillTokens: Number.POSITIVE_INFINITY });
      return {
        frames: uses.length,
        decode: Math.max(...uses.map(({ decodeTokens }) => decodeTokens)),
        prefill: Math.max(...uses.map(({ prefillTokens }) => prefillTokens)),
      };
    });
    expect(most.frames).toBeGreaterThan(5);
    expect(most.decode).toBe(1);
    expect(most.prefill).toBeLessThanOrEqual(4);
    expect(most.prefill).toBeGreaterThan(0);
  });

  it('spends nothing while the scene sleeps, and goes on when it wakes', async () => {
    const { asleep, text } = await page.evaluate(async () => {
      const village = window.game.scene.getScene('village') as unknown as Village;
      const utterance = village.villagers
        .find(({ npc }) => npc.id === 'mira')!
        .npc.ask('Do you like the sea?');
      village.scene.sleep();
      await new Promise((resolve) => setTimeout(resolve, 400));
      const before = village.parley.spending;
      await new Promise((resolve) => setTimeout(resolve, 600));
      const after = village.parley.spending;
      village.scene.wake();
      return {
        asleep: after.decodeTokens + after.prefillTokens - before.decodeTokens - before.prefillTokens,
        text: (await utterance).text,
      };
    });
    expect(asleep).toBe(0);
    expect(text).not.toBe('');
  });

  it('spends nothing while the page is hidden', async () => {
    const hidden = await page.evaluate(async () => {
      const { villagers, parley } = window.game.scene.getScene('village') as unknown as Village;
      // Headless pages are always visible: this is what Phaser says when one is not.
      window.game.events.emit('hidden');
      const utterance = villagers.find(({ npc }) => npc.id === 'mira')!.npc.ask('Is anyone here?');
      await new Promise((resolve) => setTimeout(resolve, 300));
      const before = parley.spending;
      await new Promise((resolve) => setTimeout(resolve, 600));
      const after = parley.spending;
      window.game.events.emit('visible');
      return {
        tokens: after.decodeTokens + after.prefillTokens - before.decodeTokens - before.prefillTokens,
        text: (await utterance).text,
      };
    });
    expect(hidden.tokens).toBe(0);
    expect(hidden.text).not.toBe('');
  });

  it('goes on after a reload without prefilling the talk again', async () => {
    const before = await ask(page, 'mira', 'My name is Ada.');
    expect(before.said.source).toBe('model');
    // The cache is written when nothing else is to be done.
    await atRest(page);
    await page.waitForTimeout(500);
    await page.reload();
    await enterVillage(page);
    await modelReady(page);
    await atRest(page);
    const transcript = await transcriptOf(page, 'mira');
    expect(transcript).toContain('My name is Ada.');
    expect(transcript).toContain('How much for an eel?');
    const after = await ask(page, 'mira', 'What is my name?');
    expect(after.said.source).toBe('model');
    // The whole prompt has some hundreds of tokens; only the new line is computed.
    expect(after.prefillTokens).toBeGreaterThan(0);
    expect(after.prefillTokens).toBeLessThan(60);
  });

  it('asks for nothing outside its own origin and logs no error', () => {
    const { origin } = new URL(server.url);
    const foreign = watched.requests.filter((url) => !url.startsWith(origin) && !/^(?:blob|data):/.test(url));
    expect(foreign).toEqual([]);
    expect(watched.errors).toEqual([]);
  });
});
