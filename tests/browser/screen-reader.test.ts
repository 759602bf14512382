/** The menus of the sample game as a screen reader has them: the accessibility tree, the focus, and clicks through it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.js';
import { serve } from '../support/server.js';
import { type OpenGame, openGame, press, sceneOpen, setState, stateOf } from './shell.js';
import { enterVillage } from './village.js';

const PATIENCE = { timeout: 30_000 };

describe('the menus of the sample game to a screen reader', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;
  let game: OpenGame;
  let page: Page;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser('canvas'), serve({ root: 'dist-game' })]);
    game = await openGame(browser, server.url);
    page = game.page;
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const tree = () => page.locator('body').ariaSnapshot();
  /** What has the focus: its role and name, and its value. */
  const focused = () =>
    page.evaluate(() => {
      const { activeElement } = document;
      const of = (name: string) => activeElement?.getAttribute(name);
      return [of('role'), of('aria-label'), of('aria-valuetext')].filter(Boolean).join(' · ');
    });
  /** As a reader activates what it stands on. */
  const activate = async (role: 'menuitem' | 'button' | 'slider' | 'tab', name: string | RegExp) => {
    await page.getByRole(role, { name }).dispatchEvent('click');
  };
  const news = () => page.locator('[role=log] p').allTextContents();

  it('are a menu with a heading; what cannot be chosen is disabled, the cursor is the focus', async () => {
    expect(await tree()).toContain(
      [
        '- region "Saltmere":',
        '  - heading "Saltmere" [level=2]',
        '  - menu "Saltmere":',
        '    - menuitem "New game"',
        '    - menuitem "Load" [disabled]',
        '    - menuitem "Settings"',
        '    - menuitem "Credits"',
      ].join('\n'),
    );
    expect(await focused()).toBe('menuitem · New game');
    await press(page, 'ArrowDown');
    // Load is passed over.
    expect(await focused()).toBe('menuitem · Settings');
  });

  it('are sliders where rows have values, and follow keys and clicks', async () => {
    await activate('menuitem', 'Settings');
    await sceneOpen(page, 'settings');
    await expect.poll(tree).toContain('- dialog "Settings":');
    const shown = await tree();
    expect(shown).toContain('- button "Model…, Bundled"');
    expect(shown).toContain('- slider "Thinking time"');
    expect(shown).toContain('- button "Reset to defaults"');
    // The title waits below, for readers too.
    expect(shown).not.toContain('New game');
    expect(await focused()).toBe('button · Model…, Bundled');
    await press(page, 'ArrowDown', 'ArrowRight');
    expect(await focused()).toBe('slider · Thinking time · High');
    await activate('slider', 'Sounds');
    expect(await focused()).toBe('slider · Sounds · 8 of 10');
    expect(await stateOf(page, 'session.settings')).toMatchObject({ budget: 'high', sound: 8 });
    await activate('button', 'Reset to defaults');
    await expect
      .poll(() => stateOf(page, 'session.settings'))
      .toMatchObject({ budget: 'adaptive', sound: 7 });
    await activate('button', 'Close');
    await sceneOpen(page, 'title');
    await expect.poll(focused).toBe('menuitem · Settings');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('give the focus back to the game, and take it again', async () => {
    await activate('menuitem', 'New game');
    await enterVillage(page);
    expect(await focused()).toBe('application · Saltmere');
    await press(page, 'Escape');
    await sceneOpen(page, 'pause');
    expect(await focused()).toBe('menuitem · Continue');
    await press(page, 'Enter');
    await sceneOpen(page, 'village');
    await expect.poll(focused).toBe('application · Saltmere');
    expect(await page.locator('[data-mirror]').count()).toBe(0);
  });

  it('have the buttons over the village, and what to do, while the player walks', async () => {
    await expect
      .poll(tree)
      .toContain(
        [
          '- region "Village":',
          '  - paragraph: Mira at the fish stall looks worried.',
          '  - button "Menu"',
          '  - button "Notebook"',
        ].join('\n'),
      );
    await activate('button', 'Notebook');
    await sceneOpen(page, 'notebook');
    await expect.poll(tree).not.toContain('region "Village"');
    expect(await focused()).toBe('tab · Clues');
    await press(page, 'Escape');
    await sceneOpen(page, 'village');
    // Enter is the button's while it has the focus.
    await page.getByRole('button', { name: 'Menu' }).focus();
    await press(page, 'Enter');
    await sceneOpen(page, 'pause');
    await expect.poll(focused).toBe('menuitem · Continue');
    await press(page, 'Escape');
    await sceneOpen(page, 'village');
    await expect.poll(focused).toBe('application · Saltmere');
  });

  it('tell news: what to do, what was found, what was given', async () => {
    expect(await news()).toContain('Arrows or click to walk, E to talk');
    await setState(page, 'clue.boat', true);
    await setState(page, 'item.herring', true);
    await expect
      .poll(news)
      .toEqual(expect.arrayContaining(['In the notebook: The red boat', 'You have: A herring']));
    const before = (await news()).length;
    await setState(page, 'session.nothing', true);
    expect(await news()).toHaveLength(before);
  });

  it('turn the notebook by tabs, and read its page', async () => {
    await press(page, 'n');
    await sceneOpen(page, 'notebook');
    expect(await focused()).toBe('tab · Clues');
    await expect.poll(tree).toMatch(/dialog "Notebook":[\s\S]*tabpanel[\s\S]*The red boat\. /);
    await press(page, 'ArrowRight');
    expect(await focused()).toBe('tab · Things');
    expect(await tree()).toContain('tab "Things" [selected]');
    expect(await tree()).toContain('A herring');
    await activate('tab', 'Clues');
    expect(await tree()).toContain('The red boat');
    await press(page, 'Escape');
    await sceneOpen(page, 'village');
    await expect.poll(focused).toBe('application · Saltmere');
  });

  it('are saves with all that stands on their cards, and questions with their text', async () => {
    await press(page, 'Escape');
    await sceneOpen(page, 'pause');
    await activate('menuitem', 'Save');
    await expect.poll(focused, PATIENCE).toBe('menuitem · Slot 1: Empty, Save here');
    await press(page, 'Enter');
    await expect.poll(focused, PATIENCE).toMatch(/^menuitem · Slot 1: [A-Z].*, 0 min · .*, .+/);
    await press(page, 'Enter');
    await sceneOpen(page, 'question');
    await expect.poll(tree).toMatch(/dialog "Slot 1":[\s\S]*Save over what is there\?/);
    const described = await page.getByRole('dialog', { name: 'Slot 1' }).getAttribute('aria-describedby');
    expect(await page.locator(`#${described}`).textContent()).toBe('Save over what is there?');
    await activate('menuitem', 'Back');
    await sceneOpen(page, 'saves');
    await expect.poll(focused).toMatch(/^menuitem · Slot 1/);
    await press(page, 'Escape', 'Escape');
    await sceneOpen(page, 'village');
    expect(game.errors).toEqual([]);
  });

  it('leave the focus where it is while something else of the page has it', async () => {
    await page.evaluate(() => {
      const field = document.createElement('input');
      field.id = 'elsewhere';
      document.body.append(field);
      field.focus();
      (
        window.game.scene.getScene('village') as unknown as { events: { emit(name: string): void } }
      ).events.emit('menu');
    });
    await sceneOpen(page, 'pause');
    await expect.poll(tree).toContain('menu "Saltmere"');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('elsewhere');
    await page.evaluate(() => document.querySelector('#elsewhere')?.remove());
    await press(page, 'Escape');
    await sceneOpen(page, 'village');
  });

  it('tell what became of everyone at the end', async () => {
    await page.evaluate(() => {
      (
        window.game.scene.getScene('village') as unknown as {
          scene: { start(key: string, data: object): void };
        }
      ).scene.start('ending', { fates: [{ id: 'mira', name: 'Mira', text: 'Mira gave you a herring.' }] });
    });
    await expect.poll(news, PATIENCE).toContain('Mira: Mira gave you a herring.');
    await press(page, 'Enter');
    await expect.poll(news).toContain('You found Tomas in 0 min.');
    expect(game.errors).toEqual([]);
  });
});
