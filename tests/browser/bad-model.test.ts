import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.js';
import { serve } from '../support/server.js';
import { ask, enterVillage, type Village } from './village.js';

describe('sample game with a bad model', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser('canvas'), serve({ root: 'dist-game' })]);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it.each([
    ['no GGUF', 'gguf-not-gguf', async () => ({ status: 200, body: '<!doctype html><p>Not found</p>' })],
    ['a missing file', 'model-fetch-failed', async () => ({ status: 404, body: 'no' })],
    [
      'a file cut short',
      'gguf-truncated',
      async (whole: Buffer) => ({ status: 200, body: whole.subarray(0, 3_000_000) }),
    ],
  ])('goes on with authored lines when the model is %s, with %s', async (_what, code, answer) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route('**/*.gguf', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ ...(await answer(await response.body())), headers: CORP });
    });
    await page.goto(server.url);
    await enterVillage(page);
    const state = await page.evaluate(async () => {
      const { parley } = window.game.scene.getScene('village') as unknown as Village;
      await parley.ready;
      return parley.modelState;
    });
    expect(state).toBe('failed');
    const error = await page.evaluate(async () => {
      const { parley } = window.game.scene.getScene('village') as unknown as Village & {
        parley: { loadModel(key: string): Promise<unknown> };
      };
      return parley.loadModel('parley-135m').then(
        () => undefined,
        (reason: { code?: string; message?: string }) => ({ code: reason.code, message: reason.message }),
      );
    });
    expect(error?.code).toBe(code);
    expect(error?.message).toMatch(/expected|ends/);
    const { said } = await ask(page, 'mira', 'How much for an eel?');
    expect(said.source).toBe('authored');
    await context.close();
  });
});

const CORP = { 'Cross-Origin-Resource-Policy': 'same-origin', 'Content-Type': 'application/octet-stream' };
