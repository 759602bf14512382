/** The village around the talks: what the story opens and lights, who flies off, and the evening over all of it. */
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.js';
import { serve } from '../support/server.js';
import { enterVillage } from './village.js';

const { PNG } = createRequire(import.meta.url)('pngjs') as {
  PNG: { sync: { read(bytes: Uint8Array): { data: Uint8Array; width: number; height: number } } };
};

interface Thing {
  readonly visible: boolean;
  readonly frame?: { readonly name: string };
  readonly x: number;
  readonly y: number;
}
interface VillageScene {
  readonly children: { readonly list: readonly Thing[] };
  readonly registry: { set(key: string, value: unknown): unknown };
  readonly player: { readonly sprite: { readonly body: { reset(x: number, y: number): void } } };
  readonly scene: { restart(): void };
  readonly cameras: { readonly main: { stopFollow(): { setScroll(x: number, y: number): unknown } } };
}

/** How many visible things show a frame of the props. */
const countOf = (page: Page, frame: string) =>
  page.evaluate((name) => {
    const { children } = window.game.scene.getScene('village') as unknown as VillageScene;
    return children.list.filter((thing) => thing.visible && thing.frame?.name.startsWith(name)).length;
  }, frame);

const waitForCount = (page: Page, frame: string, count: number) =>
  page.waitForFunction(
    ([name, wanted]) => {
      const { children } = window.game.scene.getScene('village') as unknown as VillageScene;
      return (
        children.list.filter((thing) => thing.visible && thing.frame?.name.startsWith(name)).length === wanted
      );
    },
    [frame, count] as const,
  );

/** The mean red, green and blue of a picture's middle, where no interface lies. */
function meanColour(bytes: Uint8Array): number[] {
  const { data, width, height } = PNG.sync.read(bytes);
  const sums = [0, 0, 0];
  let count = 0;
  for (let y = Math.floor(height * 0.3); y < height * 0.7; y++)
    for (let x = Math.floor(width * 0.3); x < width * 0.7; x++, count++)
      for (let k = 0; k < 3; k++) sums[k]! += data[(y * width + x) * 4 + k]!;
  return sums.map((sum) => sum / count);
}

describe('the village', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser(), serve({ root: 'dist-game' })]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const enter = async (prepare?: (page: Page) => Promise<unknown>) => {
    const { page } = await openPage(browser, server.url, prepare);
    await enterVillage(page);
    return page;
  };
  const set = (page: Page, key: string) =>
    page.evaluate((name) => {
      (window.game.scene.getScene('village') as unknown as VillageScene).registry.set(name, true);
    }, key);

  it('opens the lighthouse and kindles its lamp when the story says so, and finds them so again', async () => {
    const page = await enter();
    expect(await countOf(page, 'lighthouse-door-0')).toBe(1);
    expect(await countOf(page, 'light-beam')).toBe(0);
    await set(page, 'door.open');
    await waitForCount(page, 'lighthouse-door-3', 1);
    expect(await countOf(page, 'light-beam')).toBe(0);
    await set(page, 'lamp.lit');
    await waitForCount(page, 'light-beam', 2);
    await page.evaluate(() => {
      (window.game.scene.getScene('village') as unknown as VillageScene).scene.restart();
    });
    await waitForCount(page, 'light-beam', 2);
    expect(await countOf(page, 'lighthouse-door-3')).toBe(1);
    expect(await countOf(page, 'lighthouse-lit')).toBe(1);
    await page.context().close();
  });

  it('has gulls that stand until the player comes near', async () => {
    const page = await enter();
    const standing = await countOf(page, 'gull-stand');
    expect(standing).toBeGreaterThan(3);
    await page.evaluate(() => {
      const { player } = window.game.scene.getScene('village') as unknown as VillageScene;
      player.sprite.body.reset(104, 256);
    });
    await waitForCount(page, 'gull-stand', standing - 2);
    await page.context().close();
  });

  it('lies in the same evening where there is no WebGL', async () => {
    // Looked at as soon as it stands, and at one place: nobody has called out yet.
    const look = async (prepare?: (page: Page) => Promise<unknown>) => {
      const page = await enter(prepare);
      await page.evaluate(async () => {
        const { cameras } = window.game.scene.getScene('village') as unknown as VillageScene;
        cameras.main.stopFollow().setScroll(90, 60);
        for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      });
      const colour = meanColour(await page.screenshot());
      await page.context().close();
      return colour;
    };
    const withGl = await look();
    const withoutGl = await look((page) =>
      page.addInitScript(() => {
        const { getContext } = HTMLCanvasElement.prototype;
        HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...args: unknown[]) {
          return String(args[0]).includes('webgl') ? null : Reflect.apply(getContext, this, args);
        } as typeof getContext;
      }),
    );
    withGl.forEach((value, k) => {
      expect(Math.abs(value - withoutGl[k]!) / value).toBeLessThan(0.12);
    });
  });
});
