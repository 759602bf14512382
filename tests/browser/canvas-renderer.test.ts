/** The sample game where the browser has no WebGL: Phaser's Canvas renderer, which draws less by itself. */
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.js';
import { serve } from '../support/server.js';
import { type OpenGame, openGame } from './shell.js';
import { enterVillage } from './village.js';

const { PNG } = createRequire(import.meta.url)('pngjs') as {
  PNG: {
    sync: { read(bytes: Buffer): { readonly data: Buffer } };
  };
};

interface Shown {
  setVisible(visible: boolean): unknown;
}
interface VillageScene {
  readonly cameras: { readonly main: { stopFollow(): { setScroll(x: number, y: number): unknown } } };
  readonly villagers: readonly {
    readonly walker: { readonly sprite: Shown };
  }[];
  readonly scene: { pause(): unknown };
}

/** A pixel that differs by less looks the same. */
const TOLERANCE = 24;

let browsers: [Browser, Browser];
let server: Awaited<ReturnType<typeof serve>>;
/** The same game by WebGL, and by Canvas; no model ever comes to either. */
let games: [OpenGame, OpenGame];
beforeAll(async () => {
  [server, ...browsers] = await Promise.all([
    serve({ root: 'dist-game' }),
    launchBrowser(),
    launchBrowser('canvas'),
  ]);
  const [webgl, canvas] = browsers;
  games = await Promise.all([openGame(webgl, server.url), openGame(canvas, server.url)]);
});
afterAll(async () => {
  for (const browser of browsers ?? []) await browser.close();
  await server?.close();
});

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
  const [expected, got] = await Promise.all(games.map(({ page }) => buttons(page)));
  expect(got!.length).toBe(expected!.length);
  expect(shareAlike(expected!, got!)).toBeGreaterThan(0.9);
});

it('draws tinted images as WebGL does', async () => {
  const icon = async ({ page }: OpenGame) => {
    await page.evaluate(() => {
      const { add } = window.game.scene.getScene('title') as unknown as {
        add: { image(x: number, y: number, texture: string, frame: string): Phaser.GameObjects.Image };
      };
      add.image(300, 20, 'ui', 'icon-quill').setTint(0xff2040).setDepth(1e6).setScale(2);
    });
    await page.waitForTimeout(200);
    const clip = await page.evaluate(() => {
      const { canvas } = window.game as unknown as { canvas: HTMLCanvasElement };
      const { left, top, width } = canvas.getBoundingClientRect();
      const zoom = width / canvas.width;
      return { x: left + 284 * zoom, y: top + 4 * zoom, width: 32 * zoom, height: 32 * zoom };
    });
    return PNG.sync.read(await page.screenshot({ clip })).data;
  };
  const [expected, got] = await Promise.all(games.map(icon));
  const reds = (data: Buffer) => {
    let count = 0;
    for (let i = 0; i < data.length; i += 4)
      if (data[i]! > 200 && data[i + 1]! < 60 && data[i + 2]! < 90) count++;
    return count;
  };
  expect(reds(expected!)).toBeGreaterThan(100);
  // Edges are rounded in ways of their own.
  expect(Math.abs(reds(got!) / reds(expected!) - 1)).toBeLessThan(0.25);
});

it('lays the same evening over the village', async () => {
  const look = async ({ page }: OpenGame) => {
    await enterVillage(page);
    await page.evaluate(async () => {
      const { cameras, villagers, scene } = window.game.scene.getScene('village') as unknown as VillageScene;
      cameras.main.stopFollow().setScroll(90, 60);
      // Who walks by differs from game to game.
      scene.pause();
      for (const { walker } of villagers) walker.sprite.setVisible(false);
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    });
    return PNG.sync.read(await page.screenshot()).data;
  };
  const [expected, got] = await Promise.all(games.map(look));
  // Without the evening hardly a pixel would be the same; a gull or a line that is called changes some.
  expect(shareAlike(expected!, got!)).toBeGreaterThan(0.8);
  expect(games.flatMap(({ errors }) => errors)).toEqual([]);
});
