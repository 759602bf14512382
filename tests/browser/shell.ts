/** What tests of the sample game's menus do and ask, by keys and through `window.game`. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type {} from './village.js';

const WINDOW = { width: 640, height: 360 };

export interface OpenGame {
  readonly page: Page;
  readonly errors: string[];
  /** Addresses of models that were asked for. */
  readonly models: string[];
}

/** Opens the title; the game's own model never comes. @param prepare runs before the page is opened */
export async function openGame(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  prepare: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<OpenGame> {
  const context = await browser.newContext({ viewport: WINDOW, ...options });
  const page = await context.newPage();
  const errors: string[] = [];
  const models: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.route('**/assets/models/*.gguf', (route) => {
    models.push(route.request().url());
  });
  await prepare(page);
  await page.goto(url);
  await titleReady(page);
  return { page, errors, models };
}

export async function titleReady(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const title = window.game?.scene.getScene('title') as { menu?: object } | undefined;
    return title?.menu !== undefined;
  });
}

/** A frame or two, as fingers take them between one thing and the next. */
export async function aMoment(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 60))));
}

export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await aMoment(page);
  }
}

export async function sceneOpen(page: Page, key: string): Promise<void> {
  await page.waitForFunction((name) => window.game.scene.isActive(name), key);
}

/** What the game's registry holds under a key. */
export function stateOf(page: Page, key: string): Promise<unknown> {
  return page.evaluate((name) => (window.game as unknown as Registered).registry.get(name), key);
}

export async function setState(page: Page, key: string, value: unknown): Promise<void> {
  await page.evaluate(
    ([name, to]) => {
      (window.game as unknown as Registered).registry.set(name as string, to);
    },
    [key, value],
  );
}

export interface Registered {
  readonly registry: { get(key: string): unknown; set(key: string, value: unknown): unknown };
}
