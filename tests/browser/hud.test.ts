/** What stands over the village: news, the mark of a walk, the letters of the text field. */
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.js';
import { serve } from '../support/server.js';
import { openGame, press, setState, stateOf } from './shell.js';
import { clickOn, enterVillage, type Village } from './village.js';

const { PNG } = createRequire(import.meta.url)('pngjs') as {
  PNG: { sync: { read(bytes: Uint8Array): { data: Uint8Array; width: number; height: number } } };
};

interface BitmapFont {
  readonly data: { readonly chars: Readonly<Record<number, { readonly xAdvance: number }>> };
}

const PATIENCE = { timeout: 20_000 };

interface Shown {
  readonly text?: string;
  readonly list?: readonly Shown[];
  getBounds(): { readonly x: number; readonly y: number; readonly right: number; readonly bottom: number };
}

/** Where texts stand that begin so; above the screen while one is not there. */
function placesOf(page: Page, scene: string, beginnings: readonly string[]) {
  return page.evaluate(
    ([key, starts]) => {
      const texts = (shown: Shown): Shown[] =>
        shown.text === undefined ? (shown.list ?? []).flatMap(texts) : [shown];
      const all = texts((window.game.scene.getScene(key) as { children: Shown }).children);
      const found = starts.map((start) => all.find(({ text }) => text?.startsWith(start)));
      return found.map((shown) => {
        const { x, y, right, bottom } = shown?.getBounds() ?? { x: 0, y: -1, right: 0, bottom: 0 };
        return { x, y, right, bottom };
      });
    },
    [scene, beginnings] as const,
  );
}

describe('over the village', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;
  let page: Page;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser(), serve({ root: 'dist-game' })]);
    ({ page } = await openGame(browser, server.url, { viewport: { width: 1280, height: 720 } }));
    await enterVillage(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('the mark of a walk is as bright as it is drawn, and not dimmed by the evening', async () => {
    // The beach in the east is dark.
    await page.mouse.click(1210, 262);
    const goal = await page.evaluate(async () => {
      const village = window.game.scene.getScene('village') as unknown as Village & {
        readonly time: { readonly now: number };
        readonly scene: { pause(): void };
      };
      // The corners close in; then nothing moves any more.
      const closed = village.time.now + 500;
      while (village.time.now < closed) await new Promise(requestAnimationFrame);
      village.scene.pause();
      await new Promise(requestAnimationFrame);
      const { goal, cameras } = village;
      const { x, y } = cameras.main.worldView;
      return { x: 4 * (goal!.x - x), y: 4 * (goal!.y - y) };
    });
    const { data, width } = PNG.sync.read(await page.screenshot());
    await page.evaluate(() =>
      (window.game.scene.getScene('village') as unknown as { scene: { resume(): void } }).scene.resume(),
    );
    let bright = 0;
    for (let y = Math.round(goal.y) - 48; y < goal.y + 48; y++) {
      for (let x = Math.round(goal.x) - 48; x < goal.x + 48; x++) {
        const at = 4 * (y * width + x);
        if (data[at] === 0xff && data[at + 1] === 0xf4 && data[at + 2] === 0xd8) bright++;
      }
    }
    // Four corners of four pixels of art, each of which is sixteen of the screen.
    expect(bright).toBe(256);
  });

  it('toasts cover no choice in a talk, and come below the line that says what to do when it ends', async () => {
    await clickOn(page, 'mira');
    // "You look worried."
    await expect
      .poll(async () => (await placesOf(page, 'village', ['2. ']))[0]!.y, PATIENCE)
      .toBeGreaterThan(0);
    await press(page, 'ArrowDown', 'ArrowDown');
    await expect
      .poll(async () => {
        await press(page, 'Enter');
        return stateOf(page, 'clue.missing');
      }, PATIENCE)
      .toBe(true);
    const wanted = ['Tomas is missing', '1. ', '2. ', '3. ', '4. '];
    let [toast, ...choices] = await placesOf(page, 'village', wanted);
    // It comes down.
    await expect
      .poll(async () => {
        [toast, ...choices] = await placesOf(page, 'village', wanted);
        return [toast, ...choices].every((place) => place!.y >= 0);
      }, PATIENCE)
      .toBe(true);
    for (const choice of choices) {
      const apart = toast!.right < choice.x || toast!.bottom < choice.y || choice.bottom < toast!.y;
      expect({ toast, choice, apart }).toMatchObject({ apart: true });
    }
    await page.keyboard.press('Escape');
    const [objective] = await placesOf(page, 'hud', ['Find out where Tomas went.']);
    await setState(page, 'clue.boat', true);
    await expect
      .poll(async () => (await placesOf(page, 'village', ['The red boat']))[0]!.y, PATIENCE)
      .toBeGreaterThan(objective!.bottom);
  });

  it('the text field has the letters of the game', async () => {
    const widths = await page.evaluate((text) => {
      const field = document.querySelector<HTMLInputElement>('.parley-input')!;
      const { fontFamily } = getComputedStyle(field);
      const context = document.createElement('canvas').getContext('2d')!;
      context.font = `14px ${fontFamily}`;
      const { cache } = window.game as unknown as { cache: { bitmapFont: { get(key: string): BitmapFont } } };
      const { chars } = cache.bitmapFont.get('saltmere').data;
      const letters = [...text].map((letter) => chars[letter.codePointAt(0)!]!.xAdvance);
      return [context.measureText(text).width, letters.reduce((sum, width) => sum + width)];
    }, 'Why don’t you go home, Käpt’n?');
    expect(widths[0]).toBeCloseTo(widths[1]!, 3);
  });

  it('toasts stand below that line where it takes two rows', async () => {
    const phone = await openGame(browser, server.url, { viewport: { width: 390, height: 844 } });
    await enterVillage(phone.page);
    const [line] = await placesOf(phone.page, 'hud', ['Mira at the fish stall']);
    await setState(phone.page, 'item.herring', true);
    await expect
      .poll(async () => (await placesOf(phone.page, 'village', ['You have: A herring']))[0]!.y, PATIENCE)
      .toBeGreaterThan(line!.bottom);
  });
});
