import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.js';
import { serve } from '../support/server.js';
import { ask, enterVillage, modelReady, type Village } from './village.js';

describe('sample game under faults', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser(), serve({ root: 'dist-game' })]);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('survives a worker that dies in the middle of an answer', async () => {
    const { page } = await openPage(browser, server.url);
    await enterVillage(page);
    await modelReady(page);
    expect((await ask(page, 'orrin', 'Who are you?')).said.source).toBe('model');
    const outcome = page.evaluate(async () => {
      const { villagers, parley } = window.game.scene.getScene('village') as unknown as Village;
      const lost = new Promise((resolve) => parley.events.once('worker-lost', resolve as () => void));
      const back = new Promise((resolve) => parley.events.once('model-ready', resolve as () => void));
      parley.setBudget({ decodeTokens: 1, ms: 1 });
      const said = await villagers.find(({ npc }) => npc.id === 'orrin')!.npc.ask('Tell me of the lamp.');
      await Promise.all([lost, back]);
      parley.setBudget({ decodeTokens: Number.POSITIVE_INFINITY, ms: 8 });
      return said;
    });
    await page.waitForTimeout(60);
    await killWorker(page);
    const said = await outcome;
    expect(said.text).not.toBe('');
    expect((await ask(page, 'orrin', 'And who are you again?')).said.source).toBe('model');
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
        parley: { loadModel(url: string): Promise<unknown> };
      };
      return parley.loadModel('assets/models/parley-135m.Q4_0.gguf').then(
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

/** Ends the engine worker from within: no event tells the page. */
async function killWorker(page: Page): Promise<void> {
  const [worker] = page.workers();
  if (!worker) throw new Error('The page has no worker.');
  await worker.evaluate('self.close()').catch(() => undefined);
}
