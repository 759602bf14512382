/** A real Chromium for tests; a page that logs an error fails its test. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/find-chromium.mjs';

/**
 * @param drawing `canvas`: without WebGL, which takes two cores where there is no graphics card and leaves the model
 *   half the time; for tests that are not about what is drawn
 */
export async function launchBrowser(drawing: 'webgl' | 'canvas' = 'webgl'): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    headless: true,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(drawing === 'webgl'
        ? ['--enable-unsafe-swiftshader', '--ignore-gpu-blocklist']
        : ['--disable-3d-apis']),
      '--mute-audio',
    ],
  });
}

export interface WatchedPage {
  readonly page: Page;
  /** Errors of the page so far: exceptions and console errors. */
  readonly errors: string[];
  /** Everything that was asked for, for checking that nothing leaves the machine. */
  readonly requests: string[];
}

export async function openPage(
  browser: Browser,
  url: string,
  /** Runs before the page is opened: for routes. */
  prepare: (page: Page) => Promise<unknown> = async () => undefined,
  viewport = { width: 1280, height: 720 },
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  const errors: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('request', (request) => requests.push(request.url()));
  await prepare(page);
  await page.goto(url);
  return { page, errors, requests };
}
