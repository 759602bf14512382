/** The component on a remote server, whose answers and deaths are scripted: streams, cancels, survives, and saves. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.js';
import { buildGamePage } from '../support/game-page.js';
import {
  diesAfter,
  hangsAfter,
  type OpenAiServer,
  openStream,
  says,
  sendEnd,
  sendText,
  startOpenAiServer,
} from '../support/openai-server.js';
import { serve } from '../support/server.js';

const FOLDER = 'build/remote';

/** What the page of tests/support/remote-game.ts shows to a test. */
interface Room {
  readonly mira: {
    ask(text: string): Promise<Said> & { interrupt(): void };
    readonly bubble: { readonly shownText: string };
    readonly transcript: readonly { readonly text: string }[];
  };
  readonly parley: {
    readonly ready: Promise<{ readonly id: string } | undefined>;
    readonly remote: { readonly host: string } | undefined;
    readonly modelState: string;
    readonly spending: { readonly decodeTokens: number };
  };
}

interface Said {
  readonly text: string;
  readonly emotion: string;
  readonly source: string;
  readonly finish: string;
}

describe('the component on a remote server', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;
  let model: OpenAiServer;

  beforeAll(async () => {
    await buildGamePage(FOLDER, 'tests/support/remote-game.ts');
    [browser, server, model] = await Promise.all([
      launchBrowser('canvas'),
      serve({ root: process.cwd() }),
      startOpenAiServer(),
    ]);
  });

  afterAll(async () => {
    await browser?.close();
    await Promise.all([server?.close(), model?.close()]);
  });

  async function enter() {
    const lines: string[] = [];
    const opened = await openPage(
      browser,
      `${server.url}${FOLDER}/?server=${encodeURIComponent(model.url)}`,
      async (page) => page.on('console', (message) => lines.push(message.text())),
    );
    await opened.page.waitForFunction(() => window.room !== undefined);
    await opened.page.evaluate(() => (window.room as unknown as Room).parley.ready);
    return { ...opened, lines };
  }

  const ask = (page: Page, line: string) =>
    page.evaluate(async (text) => {
      const { text: said, emotion, source, finish } = await (window.room as unknown as Room).mira.ask(text);
      return { text: said, emotion, source, finish };
    }, line);

  it('says where text goes, streams into the bubble, and asks for nothing else', async () => {
    const { page, errors, requests, lines } = await enter();
    const { host } = new URL(model.url);
    const state = await page.evaluate(async () => {
      const { remote, modelState, ready } = (window.room as unknown as Room).parley;
      return { remote, modelState, id: (await ready)?.id };
    });
    expect(state).toEqual({ remote: { host }, modelState: 'ready', id: `remote:${host}/scripted` });
    expect(lines.filter((line) => line.includes(host))).toHaveLength(1);

    let finish = () => undefined as undefined | Promise<void>;
    model.script(async (call) => {
      openStream(call);
      sendText(call, '[amused] Three coins for an eel, and not ');
      await new Promise<void>((resolve) => {
        finish = () => void resolve();
      });
      sendText(call, 'a coin less.');
      sendEnd(call);
    });
    const answer = ask(page, 'How much for an eel?');
    await page.waitForFunction(() =>
      (window.room as unknown as Room).mira.bubble.shownText.includes('Three coins'),
    );
    finish();
    expect(await answer).toEqual({
      text: 'Three coins for an eel, and not a coin less.',
      emotion: 'amused',
      source: 'model',
      finish: 'done',
    });
    expect(model.calls.at(-1)!.body.messages.at(-1)!.content).toContain('Player: How much for an eel?');
    expect(
      await page.evaluate(() => (window.room as unknown as Room).parley.spending.decodeTokens),
    ).toBeGreaterThan(0);

    const origins = new Set(
      requests.filter((url) => url.startsWith('http')).map((url) => new URL(url).origin),
    );
    expect([...origins].sort()).toEqual([new URL(server.url).origin, new URL(model.url).origin].sort());
    expect(requests.filter((url) => url.endsWith('.gguf'))).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('ends the request when the line is interrupted', async () => {
    const { page, errors } = await enter();
    const before = model.calls.length;
    model.script(hangsAfter('[neutral] Let me think about that for a while, '));
    const finish = page.evaluate(async () => {
      const { mira } = window.room as unknown as Room;
      const answer = mira.ask('What is the sea like?');
      while (mira.bubble.shownText === '') await new Promise(requestAnimationFrame);
      answer.interrupt();
      return (await answer).finish;
    });
    expect(await finish).toBe('interrupted');
    await model.calls[before]!.closed;
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('ends a line whole when the server dies, and goes on with authored ones, and with the server', async () => {
    const { page, errors } = await enter();
    model.script(diesAfter('[sad] The boats are in the harbour tonight and nobody'));
    const cut = await ask(page, 'How is the sea tonight?');
    expect(cut).toMatchObject({ emotion: 'sad', source: 'model', finish: 'done' });
    expect(cut.text).toMatch(/^The boats are .*…$/);

    const { port } = new URL(model.url);
    await model.close();
    expect(await ask(page, 'Is anybody there?')).toMatchObject({ source: 'fallback', finish: 'done' });

    model = await startOpenAiServer('llamacpp', Number(port));
    model.script(says('[happy] There you are.'));
    await expect
      .poll(async () => (await ask(page, 'Hello again.')).text, { timeout: 30_000, interval: 500 })
      .toBe('There you are.');
    // Chromium tells of refused connections by itself.
    expect(errors.filter((line) => !/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED/.test(line))).toEqual([]);
    await page.context().close();
  });

  it('goes on after a reload with what was said', async () => {
    const { page, errors } = await enter();
    model.script(says('[neutral] The nets are wet and cold tonight.'));
    await ask(page, 'How is the work?');
    await page.reload();
    await page.waitForFunction(
      () => (window.room as unknown as Room | undefined)?.mira.transcript.length === 2,
    );
    await page.evaluate(() => (window.room as unknown as Room).parley.ready);
    model.script(says('[neutral] Then the boats go out.'));
    await ask(page, 'And then?');
    const sent = model.calls.at(-1)!.body.messages.map(({ role, content }) => `${role}: ${content}`);
    expect(sent).toContain('assistant: [neutral] The nets are wet and cold tonight.');
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
