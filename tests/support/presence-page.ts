/** Opens the page of the presence and touch tests. */
import { writeFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { buildGamePage } from './game-page.js';

/** Each of the files that run beside each other has its own. */
export const FOLDER = `build/presence-${process.env.VITEST_POOL_ID ?? 0}`;

const PAGE =
  '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><body style="margin:0"><div style="position:fixed;inset:0"></div><script type="module" src="game.js"></script>';

/** The page fills its window, as on a phone. */
export async function buildPresencePage(): Promise<void> {
  await buildGamePage(FOLDER, 'tests/support/presence-game.ts');
  await writeFile(`${FOLDER}/index.html`, PAGE);
}

export async function openSquare(
  browser: Browser,
  url: string,
  options: BrowserContextOptions,
  query = '',
): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(`${url}${FOLDER}/${query}`);
  await page.waitForFunction(() => window.square !== undefined);
  return { page, errors };
}
