/** The box under fingers: phones held upright and sideways, and the keyboard that covers half of them. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.js';
import type {} from '../support/presence-game.js';
import { buildPresencePage, openSquare } from '../support/presence-page.js';
import { serve } from '../support/server.js';

const PHONE = { deviceScaleFactor: 3, hasTouch: true, isMobile: true };
const SCREENS = [
  { name: 'upright', viewport: { width: 390, height: 844 } },
  { name: 'sideways', viewport: { width: 844, height: 390 } },
];
/** CSS pixels. */
const LEAST = 44;

interface Place {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

describe.each(SCREENS)('touch, $name', ({ viewport }) => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    await buildPresencePage();
    [browser, server] = await Promise.all([launchBrowser(), serve({ root: process.cwd() })]);
    ({ page, errors } = await openSquare(browser, server.url, { ...PHONE, viewport }, '?look=dark'));
    await page.evaluate(() => {
      window.square.parley.textSpeed = Number.POSITIVE_INFINITY;
      window.square.box.open(window.square.people.mira!);
    });
    await page.waitForFunction(() => window.square.box.shownText !== '');
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** What can be touched, in CSS pixels; the page's game has the size of its window. */
  const targets = () =>
    page.evaluate(() => {
      const places: Place[] = [];
      const visit = (object: Phaser.GameObjects.GameObject) => {
        const zone = object as Phaser.GameObjects.Zone;
        if (object.type === 'Container') (object as Phaser.GameObjects.Container).list.forEach(visit);
        else if (object.type === 'Zone' && zone.input?.enabled) {
          const { x, y, width, height } = zone;
          places.push({ name: zone.name || 'choice', x, y, width, height });
        }
      };
      visit(window.square.box.container);
      for (const element of document.querySelectorAll('.parley-input, .parley-send')) {
        const { x, y, width, height } = element.getBoundingClientRect();
        places.push({ name: element.className, x, y, width, height });
      }
      return places;
    });
  const center = ({ x, y, width, height }: Place) => [x + width / 2, y + height / 2] as const;
  const target = async (name: string) => (await targets()).find((place) => place.name === name)!;

  it('has no target that is smaller than a thumb, none out of the screen, and none over another', async () => {
    const places = await targets();
    expect(places.map(({ name }) => name).sort()).toEqual([
      'choice',
      'choice',
      'parley-back',
      'parley-close',
      'parley-input',
      'parley-send',
    ]);
    for (const { x, y, width, height } of places) {
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(LEAST);
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(viewport.width);
      expect(y + height).toBeLessThanOrEqual(viewport.height);
    }
    for (const [i, a] of places.entries()) {
      for (const b of places.slice(i + 1)) {
        const apart =
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        expect(apart, `${a.name} over ${b.name}`).toBe(true);
      }
    }
  });

  it('keeps what was typed when the player taps beside the field, and sends it by the button', async () => {
    await page.tap('.parley-input');
    await page.keyboard.insertText('How much for an eel?');
    await page.touchscreen.tap(viewport.width / 2, 20);
    expect(await page.inputValue('.parley-input')).toBe('How much for an eel?');
    const said = page.evaluate(
      () => new Promise<string>((resolve) => window.square.box.once('submit', resolve)),
    );
    await page.tap('.parley-send');
    expect(await said).toBe('How much for an eel?');
    expect(await page.inputValue('.parley-input')).toBe('');
  });

  it('stands above the keyboard with all that is read, and comes down again', async () => {
    const place = async () => ({ field: await target('parley-input'), close: await target('parley-close') });
    const before = await place();
    const top = Math.round(viewport.height * 0.6);
    // A headless browser has no keyboard: the part of the window that it would leave is set by hand.
    await page.evaluate((height) => {
      Object.defineProperty(visualViewport!, 'height', { configurable: true, get: () => height });
      visualViewport!.dispatchEvent(new Event('resize'));
    }, top);
    await page.waitForFunction(
      (height) => document.querySelector('.parley-input')!.getBoundingClientRect().bottom <= height,
      top,
    );
    const above = await place();
    expect(before.close.y - above.close.y).toBeCloseTo(viewport.height - top, 0);
    expect(before.field.y - above.field.y).toBeCloseTo(viewport.height - top, 0);
    await page.evaluate(() => {
      delete (visualViewport as unknown as { height?: number }).height;
      visualViewport!.dispatchEvent(new Event('resize'));
    });
    await page.waitForFunction(
      (y) => document.querySelector('.parley-input')!.getBoundingClientRect().y === y,
      before.field.y,
    );
  });

  it('scrolls back by its button, returns by a tap, and closes by its button', async () => {
    await page.evaluate(async () => {
      for (const line of ['One?', 'Two?']) await window.square.people.mira!.ask(line);
    });
    await page.touchscreen.tap(...center(await target('parley-back')));
    await page.waitForFunction(() => window.square.box.scrolledBack > 0);
    const { x, y } = await target('parley-input');
    await page.touchscreen.tap(x + 20, y - 40);
    await page.waitForFunction(() => window.square.box.scrolledBack === 0);
    await page.touchscreen.tap(...center(await target('parley-close')));
    await page.waitForFunction(() => !window.square.box.isOpen);
    expect(errors).toEqual([]);
  });
});
