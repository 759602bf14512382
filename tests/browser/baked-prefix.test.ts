/** From `npx parley bake` to a first answer that reads no persona. */
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.js';
import { buildGamePage } from '../support/game-page.js';
import { serve } from '../support/server.js';

const FOLDER = 'build/baked';
const MODEL = 'assets/models/parley-135m.Q4_0.gguf';

interface Asked {
  readonly text: string;
  readonly source: string;
  readonly prefillTokens: number;
}

describe('a baked prefix', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;
  let report = '';

  beforeAll(async () => {
    await mkdir(FOLDER, { recursive: true });
    report = execFileSync(
      process.execPath,
      ['dist/cli/parley.mjs', 'bake', 'assets/personas/mira.json', '--model', MODEL, '--out', FOLDER],
      { encoding: 'utf8' },
    );
    await buildGamePage(FOLDER, 'tests/support/baked-game.ts');
    [browser, server] = await Promise.all([launchBrowser('canvas'), serve({ root: process.cwd() })]);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  async function ask(prefix?: string): Promise<Asked & { warnings: string[] }> {
    const query = prefix ? `?prefix=${prefix}` : '';
    const warnings: string[] = [];
    const { page } = await openPage(browser, `${server.url}${FOLDER}/${query}`, async (opened) => {
      opened.on('console', (message) => {
        if (message.type() === 'warning') warnings.push(message.text());
      });
    });
    await page.waitForFunction(() => 'askMira' in globalThis);
    const asked = await page.evaluate(() =>
      (globalThis as unknown as { askMira: () => Promise<Asked> }).askMira(),
    );
    await page.context().close();
    return { ...asked, warnings };
  }

  it('is written with its size, and makes the first answer start behind the persona, with the same words', async () => {
    const tokens = Number(/(\d+) tokens/.exec(report)?.[1]);
    expect(tokens).toBeGreaterThan(150);
    const plain = await ask();
    expect(plain.source).toBe('model');
    expect(plain.prefillTokens).toBeGreaterThan(tokens);
    const baked = await ask(`${FOLDER}/mira.kv`);
    expect(baked.prefillTokens).toBeLessThan(plain.prefillTokens - tokens + 3);
    expect({ text: baked.text, source: baked.source }).toEqual({ text: plain.text, source: 'model' });
    expect(baked.warnings).toEqual([]);
  });

  it('that cannot be used costs one line in the console, and the character answers', async () => {
    const { source, warnings } = await ask('assets/models/SHA256SUMS');
    expect(source).toBe('model');
    expect(warnings).toEqual([expect.stringMatching(/assets\/models\/SHA256SUMS is of no use.*parley bake/)]);
  });
});
