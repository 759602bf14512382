/** The sample game, played from its title to its end: walked by clicks, talked with choices and typed lines. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.js';
import { serve } from '../support/server.js';
import { clickBeside, clickOn, enterVillage, modelReady, type Village } from './village.js';

const SCREENSHOTS = 'tests/browser/screenshots';

/** A choice by its id, or a line that is typed. */
type Move = { readonly choose: string } | { readonly type: string };

/** Who is talked to, and what is said: the way by evidence, half chosen and half typed. */
const PLAY: readonly (readonly [who: string, ...moves: Move[]])[] = [
  ['mira', { choose: 'trouble' }, { type: 'I can help you look for Tomas!' }, { choose: 'price' }],
  ['sailor', { type: 'Did a carpenter come by here?' }, { choose: 'ada' }],
  ['bess', { choose: 'supper' }, { type: 'What is your cat called?' }],
  ['pip', { type: 'Are you hungry? I have a herring.' }],
  ['orrin', { choose: 'truth' }],
  ['tomas', { type: 'Why don’t you come home?' }],
  ['sailor', { choose: 'glass' }],
  ['tomas', { choose: 'mend' }],
  ['mira', { choose: 'come' }],
];

/** In the page: see `beforeAll`. */
declare function villageScene(): Village;

describe('the mystery', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser('canvas'), serve({ root: 'dist-game' })]);
    watched = await openPage(browser, server.url, (opened) =>
      opened.addInitScript(() => {
        const scope = globalThis as unknown as { villageScene(): object };
        scope.villageScene = () => window.game.scene.getScene('village');
      }),
    );
    page = watched.page;
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('is won', async () => {
    await enterVillage(page);
    await modelReady(page);
    const sources = new Set<string>();
    for (const [who, ...moves] of PLAY) {
      await clickOn(page, who);
      for (const move of moves) sources.add(await say(page, who, move));
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => !villageScene().box.isOpen);
    }
    // The model spoke too, where nothing depends on it.
    expect([...sources].sort()).toEqual(['authored', 'model']);
    await page.screenshot({ path: `${SCREENSHOTS}/mystery-follow.png` });
    // She comes after whoever walks on: the end begins where she sees him, before anybody talks to him.
    await clickBeside(page, 'tomas');
    await page.waitForFunction(() => window.game.scene.isActive('ending'), undefined, { timeout: 60_000 });
    await page.waitForTimeout(4000);
    await page.screenshot({ path: `${SCREENSHOTS}/mystery-ending.png` });
    expect(watched.errors).toEqual([]);
  }, 400_000);
});

/** Says something in the open box as a player does; resolves with the source of the answer. */
async function say(page: Page, who: string, move: Move): Promise<string> {
  const answer = page.evaluate(
    (id) =>
      new Promise<string>((resolve) => {
        const { npc } = villageScene().villagers.find((villager) => villager.npc.id === id)!;
        npc.once('done', ({ source }) => resolve(source));
      }),
    who,
  );
  if ('type' in move) {
    await page.locator('.parley-input').focus();
    await page.keyboard.type(move.type);
  } else {
    const index = await page.waitForFunction((id) => {
      const choices = villageScene().box.npc?.choices() ?? [];
      return choices.findIndex((choice) => choice.id === id) + 1;
    }, move.choose);
    const presses = await index.jsonValue();
    for (let i = 0; i < presses; i++) await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  // The first ones may only show the rest of what is still being typed.
  const more = setInterval(() => void page.keyboard.press('Enter'), 400);
  try {
    return await answer;
  } finally {
    clearInterval(more);
  }
}
