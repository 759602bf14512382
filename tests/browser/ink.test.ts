/** The story of docs/ink.md in a dialogue box: read, picked from, and moved on by what the player types. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { Compiler } from 'inkjs/full';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.js';
import { buildGamePage } from '../support/game-page.js';
import { serve } from '../support/server.js';

const FOLDER = 'build/ink';

/** What the page of tests/support/ink-game.ts shows to a test. */
interface Room {
  readonly box: { readonly shownText: string; readonly input: { readonly isOpen: boolean } };
  readonly mira: {
    choices(): readonly { readonly text: string }[];
    readonly transcript: readonly { text: string }[];
  };
  readonly given: readonly unknown[];
  readonly bess: { readonly bubble: { readonly shownText: string } };
  readonly registry: { get(key: string): unknown; set(key: string, value: unknown): unknown };
  readonly parley: { readonly ready: Promise<unknown> };
}

describe('an Ink story in the dialogue box', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    await mkdir(FOLDER, { recursive: true });
    const guide = /```ink\n([\s\S]*?)```/.exec(await readFile('docs/ink.md', 'utf8'))![1]!;
    await writeFile(`${FOLDER}/story.json`, new Compiler(guide).Compile().ToJson()!);
    await buildGamePage(FOLDER, 'tests/support/ink-game.ts');
    [browser, server] = await Promise.all([launchBrowser('canvas'), serve({ root: process.cwd() })]);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** Waits until the box shows a whole line. */
  async function shows(page: Page, text: string): Promise<void> {
    await page.waitForFunction((line) => (window.room as unknown as Room).box.shownText === line, text);
  }
  const room = <T>(page: Page, read: (room: Room) => T) =>
    page.evaluate(`(${read.toString()})(window.room)`) as Promise<T>;

  it('goes from line to line by key, lets the player pick, and trades what the game owns', async () => {
    const { page, errors } = await enter();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('Enter');
    await shows(page, 'What will it be?');
    expect(await room(page, ({ box }) => box.input.isOpen)).toBe(true);
    expect(await choices(page)).toEqual(['An eel, please.', 'How is business?', 'Good night.']);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('1');
    await shows(page, 'Five coins, sailor. Come back with five coins.');
    await room(page, ({ registry }) => registry.set('coins', 6));
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('1');
    await shows(page, 'Here. Mind the teeth.');
    expect(await room(page, ({ given, registry }) => [given, registry.get('coins')])).toEqual([['eel'], 1]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('answers what is typed with the model, and goes on when the story hears its word', async () => {
    const { page, errors } = await enter();
    await page.evaluate(() => (window.room as unknown as Room).parley.ready);
    await page.keyboard.press('Enter');
    await shows(page, 'What will it be?');
    await page.keyboard.type('What did your brother say?');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => (window.room as unknown as Room).mira.transcript.length >= 4);
    await page.waitForFunction(() => !(window.room as unknown as Room).box.input.isOpen);
    await readTo(page, 'I have not slept since he left.');
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      () => (window.room as unknown as Room).bess.bubble.shownText === 'He came to me for soup.',
    );
    await shows(page, 'You will look for him?');
    expect(await room(page, ({ registry }) => registry.get('clue.soup'))).toBe(true);
    expect(await choices(page)).toEqual(['I will.', 'It is none of my business.']);
    expect(await room(page, ({ box }) => box.input.isOpen)).toBe(false);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  async function enter() {
    const opened = await openPage(browser, `${server.url}${FOLDER}/`);
    await opened.page.waitForFunction(() => window.room !== undefined);
    await shows(opened.page, 'Evening, sailor.');
    return opened;
  }

  const choices = (page: Page) => room(page, ({ mira }) => mira.choices().map(({ text }) => text));

  /** Presses Enter until the box shows a line: an answer may have pages. */
  async function readTo(page: Page, text: string): Promise<void> {
    for (let i = 0; i < 20; i++) {
      if ((await room(page, ({ box }) => box.shownText)) === text) return;
      await page.keyboard.press('Enter');
      await page.waitForTimeout(300);
    }
    await shows(page, text);
  }
});
