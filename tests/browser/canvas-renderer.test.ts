/** The sample game where the browser has no WebGL: Phaser's Canvas renderer, which draws less by itself. */
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.js';
import { serve } from '../support/server.js';

const { PNG } = createRequire(import.meta.url)('pngjs') as {
  PNG: { sync: { read(bytes: Buffer): { readonly data: Buffer } } };
};

/** A pixel that differs by less looks the same. */
const TOLERANCE = 24;

let browser: Browser;
let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), serve({ root: 'dist-game' })]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens the title; the model never comes. */
async function openTitle(webgl: boolean): Promise<WatchedPage> {
  const opened = await openPage(browser, server.url, async (page) => {
    await page.route('**/*.gguf', () => undefined);
    if (webgl) return;
    await page.addInitScript(() => {
      const { getContext } = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.getContext = function (
        this: HTMLCanvasElement,
        type: string,
        ...rest: unknown[]
      ) {
        return type.includes('webgl') ? null : getContext.apply(this, [type, ...rest] as never);
      } as typeof getContext;
    });
  });
  await opened.page.waitForFunction(() => {
    const title = window.game?.scene.getScene('title') as { menu?: object } | undefined;
    return title?.menu !== undefined;
  });
  return opened;
}

/** The pixels of the title's buttons, which nothing moves over. */
async function buttons(page: Page): Promise<Buffer> {
  const clip = await page.evaluate(() => {
    interface Plate {
      readonly type: string;
      readonly frame?: { readonly name: string };
      getBounds(): {
        readonly x: number;
        readonly y: number;
        readonly width: number;
        readonly bottom: number;
      };
    }
    const { list } = (window.game.scene.getScene('title') as unknown as { children: { list: Plate[] } })
      .children;
    const plates = list
      .filter(({ type, frame }) => type === 'NineSlice' && frame?.name.startsWith('button'))
      .map((plate) => plate.getBounds());
    const canvas = document.querySelector('canvas')!;
    const { left, top, width } = canvas.getBoundingClientRect();
    const zoom = width / canvas.width;
    const [first, last] = [plates[0]!, plates.at(-1)!];
    return {
      x: left + first.x * zoom,
      y: top + first.y * zoom,
      width: first.width * zoom,
      height: (last.bottom - first.y) * zoom,
    };
  });
  return PNG.sync.read(await page.screenshot({ clip })).data;
}

function shareAlike(a: Buffer, b: Buffer): number {
  let alike = 0;
  for (let i = 0; i < a.length; i += 4) {
    const differs = [0, 1, 2].some((channel) => Math.abs(a[i + channel]! - b[i + channel]!) > TOLERANCE);
    if (!differs) alike++;
  }
  return alike / (a.length / 4);
}

it('draws panels and the colours of texts as WebGL does', async () => {
  const [webgl, canvas] = await Promise.all([openTitle(true), openTitle(false)]);
  const [expected, got] = await Promise.all([buttons(webgl.page), buttons(canvas.page)]);
  expect(got.length).toBe(expected.length);
  expect(shareAlike(expected, got)).toBeGreaterThan(0.9);
  expect(canvas.errors).toEqual([]);
});
