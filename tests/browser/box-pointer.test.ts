/** A mouse that goes its own ways over the dialogue box. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.js';
import { buildGamePage } from '../support/game-page.js';
import type {} from '../support/scripts-game.js';
import { serve } from '../support/server.js';

const FOLDER = 'build/box-pointer';

describe('the dialogue box under a mouse', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    await buildGamePage(FOLDER, 'tests/support/scripts-game.ts');
    [browser, server] = await Promise.all([launchBrowser(), serve({ root: process.cwd() })]);
    ({ page, errors } = await openPage(browser, `${server.url}${FOLDER}/`));
    await page.waitForFunction(() => window.room !== undefined);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    expect(errors).toEqual([]);
  });
  beforeEach(() => page.evaluate(() => window.room.speak('de')));

  /** Two frames, in which the game sees what the mouse did. */
  const frames = () =>
    page.evaluate(
      () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
    );
  const moveTo = async (x: number, y: number) => {
    await page.mouse.move(x, y);
    await frames();
  };

  it('picks no choice on which a press only ends', async () => {
    const first = await page.evaluate(() => {
      const { box } = window.room;
      (window as unknown as { picked: string[] }).picked = [];
      box.on('choose', (id) => (window as unknown as { picked: string[] }).picked.push(id));
      const list = box.container.list.at(-1) as unknown as {
        list: { x: number; y: number; width: number; height: number; type: string }[];
      };
      const { x, y, width, height } = list.list.find(({ type }) => type === 'Zone')!;
      const canvas = window.room.game.canvas.getBoundingClientRect();
      return { x: canvas.x + x + width / 2, y: canvas.y + y + height / 2 };
    });
    const picked = () => page.evaluate(() => (window as unknown as { picked: string[] }).picked);
    await moveTo(first.x, first.y);
    await page.mouse.down();
    await moveTo(60, 60);
    await page.mouse.up();
    await frames();
    await page.mouse.down();
    await moveTo(first.x, first.y);
    await page.mouse.up();
    await frames();
    expect(await picked()).toEqual([]);
    await page.mouse.down();
    await frames();
    await page.mouse.up();
    await frames();
    expect(await picked()).toHaveLength(1);
  });

  it('does not scroll by a mouse that was let go while the scene took no input', async () => {
    await page.evaluate(async () => {
      for (let i = 0; i < 4; i++) await window.room.boxed.ask('Was gibt es Neues?');
    });
    // Over the text, above the field.
    const text = await page.evaluate(() => {
      const canvas = window.room.game.canvas.getBoundingClientRect();
      return { x: canvas.x + 400, y: canvas.y + 325 };
    });
    await moveTo(text.x, text.y);
    await page.mouse.down();
    await frames();
    await page.evaluate(() => {
      window.room.input.enabled = false;
    });
    await page.mouse.up();
    await frames();
    await page.evaluate(() => {
      window.room.input.enabled = true;
    });
    await moveTo(text.x, text.y + 30);
    await moveTo(text.x, text.y + 55);
    expect(await page.evaluate(() => window.room.box.scrolledBack)).toBe(0);
    // As it does by one that is held.
    await moveTo(text.x, text.y);
    await page.mouse.down();
    await moveTo(text.x, text.y + 55);
    await page.mouse.up();
    expect(await page.evaluate(() => window.room.box.scrolledBack)).toBeGreaterThan(0);
  });

  it('keeps the button that sends where it is, whatever is typed', async () => {
    await page.evaluate(() => window.room.speak('he'));
    await frames();
    const sendLeft = () => page.$eval('.parley-send', (button) => button.getBoundingClientRect().left);
    const before = await sendLeft();
    expect(before).toBeLessThan(
      await page.$eval('.parley-input', (field) => field.getBoundingClientRect().left),
    );
    await page.focus('.parley-input');
    await page.keyboard.insertText('Hello');
    await page.evaluate(() => window.room.scale.refresh());
    await frames();
    expect(await sendLeft()).toBe(before);
  });
});
