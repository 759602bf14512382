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
  readonly registry: { get(key: string): unknown };
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
    [browser, server] = await Promise.all([launchBrowser(), serve({ root: process.cwd() })]);
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

  it('lets the player pick with the keyboard, and closes the field where nothing may be typed', async () => {
    const { page, errors } = await openPage(browser, `${server.url}${FOLDER}/`);
    await page.waitForFunction(() => window.room !== undefined);
    await shows(page, 'Evening, sailor. What do you want of me?');
    expect(await room(page, ({ box }) => box.input.isOpen)).toBe(true);
    await page.keyboard.press('Tab');
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('1');
    await shows(page, 'He went to the lighthouse, and he did not come back. Will you look for him?');
    expect(await room(page, ({ box }) => box.input.isOpen)).toBe(false);
    await page.keyboard.press('1');
    await shows(page, 'Take this for the way. It is on me.');
    expect(await room(page, ({ given }) => given)).toEqual(['herring']);
    expect(await room(page, ({ box }) => box.input.isOpen)).toBe(true);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('answers what is typed with the model, and goes on when the story hears its word', async () => {
    const { page, errors } = await openPage(browser, `${server.url}${FOLDER}/`);
    await page.waitForFunction(() => window.room !== undefined);
    await page.evaluate(() => (window.room as unknown as Room).parley.ready);
    await shows(page, 'Evening, sailor. What do you want of me?');
    await page.keyboard.type('Why does Orrin eat two bowls?');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => (window.room as unknown as Room).mira.transcript.length === 3);
    expect(await room(page, ({ registry }) => registry.get('clue.soup'))).toBeFalsy();
    await shows(page, 'So Bess told you. Then you know who eats the second one. Will you look for him?');
    expect(await room(page, ({ registry }) => registry.get('clue.soup'))).toBe(true);
    expect((await room(page, ({ mira }) => mira.choices())).map(({ text }) => text)).toEqual([
      'I will.',
      'Not tonight.',
    ]);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
