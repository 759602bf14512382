/** The pictures of the sample game's saves: taken, kept, shown, carried along by files; and saves that have none. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSaveFile, type SavedGame } from '../../sample-game/saves/save-file.js';
import { launchBrowser } from '../support/browser.js';
import { serve } from '../support/server.js';
import { type OpenGame, openGame, press, type Registered, sceneOpen, titleReady } from './shell.js';
import { enterVillage } from './village.js';

const PATIENCE = { timeout: 60_000 };

interface Shelf {
  read(slot: string): Promise<{ readonly game?: SavedGame }>;
  write(slot: string, game: object): Promise<void>;
}

describe('the pictures of saves', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;
  let game: OpenGame;
  let page: Page;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser(), serve({ root: 'dist-game' })]);
    game = await openGame(browser, server.url);
    page = game.page;
    await enterVillage(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** The picture that a slot keeps. */
  async function kept(slot: string): Promise<number[] | undefined> {
    return page.evaluate(async (name) => {
      const shelf = (window.game as unknown as Registered).registry.get('session.shelf') as Shelf;
      const { picture } = (await shelf.read(name)).game ?? {};
      return picture && [...picture];
    }, slot);
  }

  /** How many colours the picture on a slot's card has; 0 where there is no picture on it. */
  function coloursOf(slot: string): Promise<number> {
    return page.evaluate((name) => {
      interface Shown {
        readonly texture?: { readonly key: string; getSourceImage(): HTMLImageElement };
        readonly visible?: boolean;
      }
      const { children } = window.game.scene.getScene('saves') as unknown as {
        children: { readonly list: readonly Shown[] };
      };
      const shown = children.list.find(
        ({ texture, visible }) => visible && texture?.key === `picture-${name}`,
      );
      const image = shown?.texture?.getSourceImage();
      if (!image) return 0;
      const paper = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
      paper.drawImage(image, 0, 0);
      const { data } = paper.getImageData(0, 0, image.width, image.height);
      return new Set(new Uint32Array(data.buffer)).size;
    }, slot);
  }

  /** Opens the saves from the village. @param down rows from Continue */
  async function openSaves(down: number): Promise<void> {
    await press(page, 'Escape');
    await sceneOpen(page, 'pause');
    await press(page, ...Array.from({ length: down }, () => 'ArrowDown'), 'Enter');
    await sceneOpen(page, 'saves');
    await cardsShown();
  }
  const cardsShown = () => page.getByRole('menuitem', { name: /^Slot 1/ }).waitFor({ state: 'attached' });

  it('show where the player was, on the card at once', async () => {
    await openSaves(2);
    expect(await coloursOf('1')).toBe(0);
    await press(page, 'Enter');
    await expect.poll(() => coloursOf('1'), PATIENCE).toBeGreaterThan(16);
    await press(page, 'Escape', 'Escape');
    await sceneOpen(page, 'village');
  });

  it('differ where the player has moved', async () => {
    await page.evaluate(() => {
      const { player } = window.game.scene.getScene('village') as unknown as {
        player: { sprite: { setPosition(x: number, y: number): void } };
      };
      player.sprite.setPosition(264, 210);
    });
    await openSaves(2);
    await press(page, 'ArrowDown', 'Enter');
    await expect.poll(() => coloursOf('2'), PATIENCE).toBeGreaterThan(16);
    expect(await kept('2')).not.toEqual(await kept('1'));
    expect((await kept('1'))!.length).toBeLessThan(16_000);
  });

  it('are there after a reload, and in a file that is exported and imported', async () => {
    const picture = await kept('1');
    await page.reload();
    await titleReady(page);
    await page.getByRole('menuitem', { name: 'Load' }).dispatchEvent('click');
    await sceneOpen(page, 'saves');
    await cardsShown();
    expect(await coloursOf('1')).toBeGreaterThan(16);
    await page.getByRole('menuitem', { name: /^Slot 1/ }).dispatchEvent('click');
    await sceneOpen(page, 'question');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Export as a file' }).dispatchEvent('click'),
    ]);
    const path = await download.path();
    expect([...readSaveFile(await readFile(path)).picture!]).toEqual(picture);
    await sceneOpen(page, 'saves');
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('menuitem', { name: 'Import a file…' }).dispatchEvent('click'),
    ]);
    await chooser.setFiles(path);
    await page.getByRole('menuitem', { name: 'Play it' }).dispatchEvent('click');
    await enterVillage(page);
  });

  it('are missing in older saves, which load as ever', async () => {
    await page.evaluate(async () => {
      const shelf = (window.game as unknown as Registered).registry.get('session.shelf') as Shelf;
      const { picture: _, ...older } = (await shelf.read('1')).game!;
      await shelf.write('3', { ...older, state: { 'clue.soup': true } });
    });
    await openSaves(3);
    expect(await coloursOf('2')).toBeGreaterThan(16);
    expect(await coloursOf('3')).toBe(0);
    await page.getByRole('menuitem', { name: /^Slot 3/ }).dispatchEvent('click');
    await sceneOpen(page, 'question');
    await press(page, 'Enter');
    const soup = () =>
      page.evaluate(() => (window.game as unknown as Registered).registry.get('clue.soup') === true);
    await expect.poll(soup, PATIENCE).toBe(true);
    await sceneOpen(page, 'village');
    expect(game.errors).toEqual([]);
  });
});
