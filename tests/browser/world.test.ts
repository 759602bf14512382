/** The village around the talks: what the story opens and lights, and who flies off. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.js';
import { serve } from '../support/server.js';
import { enterVillage } from './village.js';

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

describe('the village', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser('canvas'), serve({ root: 'dist-game' })]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const enter = async () => {
    const { page } = await openPage(browser, server.url);
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
});
