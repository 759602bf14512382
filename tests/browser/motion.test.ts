/** Less motion, as the system or the player asks for it: in bubbles, and in the whole picture of the sample game. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.js';
import type {} from '../support/presence-game.js';
import { buildPresencePage, openSquare } from '../support/presence-page.js';
import { serve } from '../support/server.js';
import { enterVillage } from './village.js';

const LINE = 'The herring came in late today, and the whole harbor told me my business.';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe('reduced motion of bubbles', () => {
  let server: Awaited<ReturnType<typeof serve>>;
  let page: Page;

  beforeAll(async () => {
    await buildPresencePage();
    server = await serve({ root: process.cwd() });
    ({ page } = await openSquare(browser, server.url, { viewport: { width: 960, height: 600 } }));
  });
  afterAll(async () => {
    await page?.context().close();
    await server?.close();
  });

  /** Says the line at a crawl and waits until some of it is typed. */
  async function begin(): Promise<void> {
    await page.evaluate(async (line) => {
      const mira = window.square.people.mira!;
      window.square.parley.textSpeed = 0.1;
      mira.bubble!.clear();
      await mira.say(line, { overheard: true });
    }, LINE);
    await page.waitForFunction(() => window.square.people.mira!.bubble!.shownText.length > 1);
  }
  const shown = () => page.evaluate(() => window.square.people.mira!.bubble!.shownText);
  const setTo = (setting: 'system' | boolean) =>
    page.evaluate((to) => {
      window.square.parley.reducedMotion = to;
    }, setting);

  it('shows the rest of a line that is being typed, as soon as the game asks for it', async () => {
    await begin();
    expect((await shown()).length).toBeLessThan(20);
    await setTo(true);
    await expect.poll(shown).toBe(LINE);
    await setTo(false);
    await begin();
    expect((await shown()).length).toBeLessThan(20);
  });

  it('follows the system while it is left to it, also in the middle of a line', async () => {
    await setTo('system');
    await begin();
    expect((await shown()).length).toBeLessThan(20);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await expect.poll(shown).toBe(LINE);
    // The player of this game likes it otherwise.
    await setTo(false);
    await begin();
    expect((await shown()).length).toBeLessThan(20);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('rejects what is no setting with a RangeError', async () => {
    expect(
      await page.evaluate(() => {
        try {
          window.square.parley.reducedMotion = 'reduced' as never;
        } catch (error) {
          return String(error);
        }
        return undefined;
      }),
    ).toMatch(/^RangeError: reducedMotion: got "reduced"/);
  });
});

describe('reduced motion of the sample game', () => {
  let server: Awaited<ReturnType<typeof serve>>;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    server = await serve({ root: 'dist-game' });
    page = await (await browser.newContext({ viewport: { width: 640, height: 360 } })).newPage();
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.route('**/*.gguf', () => undefined);
    await page.goto(server.url);
    await enterVillage(page);
    await page.evaluate(() => {
      const { villagers, player, parley } = window.game.scene.getScene('village') as unknown as {
        villagers: readonly { walker: object; follow(point: object): void }[];
        player: { sprite: object };
        parley: { watchPlayer(sprite: object, options: object): void };
      };
      // Nobody strolls or calls out: only what moves by itself is looked at.
      for (const villager of villagers) villager.follow(villager.walker);
      parley.watchPlayer(player.sprite, { callOut: false, barkPauseMs: Number.POSITIVE_INFINITY });
    });
  });
  afterAll(async () => {
    await page?.context().close();
    await server?.close();
  });

  /** Number of pixels that change within some frames. */
  async function changes(): Promise<number> {
    return page.evaluate(async () => {
      const { canvas } = window.game as unknown as { canvas: HTMLCanvasElement };
      const look = async () => {
        const { renderer } = window.game as unknown as {
          renderer: { snapshot(done: (image: HTMLImageElement) => void): void };
        };
        const image = await new Promise<HTMLImageElement>((resolve) => renderer.snapshot(resolve));
        const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d')!;
        copy.drawImage(image, 0, 0);
        return copy.getImageData(0, 0, canvas.width, canvas.height).data;
      };
      const first = await look();
      for (let frame = 0; frame < 90; frame++) await new Promise(requestAnimationFrame);
      const second = await look();
      return first.reduce((sum, value, i) => sum + Number(value !== second[i]), 0);
    });
  }
  const set = (motion: string) =>
    page.evaluate((to) => {
      const { registry } = window.game as unknown as {
        registry: { get(key: string): object; set(key: string, value: object): void };
      };
      registry.set('session.settings', { ...registry.get('session.settings'), motion: to });
    }, motion);
  const parleys = () =>
    page.evaluate(() => {
      const { parley } = window.game.scene.getScene('village') as unknown as {
        parley: { reducedMotion: unknown };
      };
      return parley.reducedMotion;
    });

  it('stills water, air, lamps and people while the village is played, and lets them go on', async () => {
    expect(await changes()).toBeGreaterThan(0);
    await set('reduced');
    expect(await parleys()).toBe(true);
    await expect.poll(changes, { timeout: 60_000 }).toBe(0);
    await set('full');
    expect(await parleys()).toBe(false);
    expect(await changes()).toBeGreaterThan(0);
  });

  it('is left to the system, which the player may overrule', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await changes()).toBeGreaterThan(0);
    await set('auto');
    expect(await parleys()).toBe('system');
    await expect.poll(changes, { timeout: 60_000 }).toBe(0);
    expect(errors).toEqual([]);
  });
});
