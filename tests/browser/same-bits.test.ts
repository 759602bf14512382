/** CONTRACTS: a browser gives the logits that Node gives, on any number of threads of any kernel build. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadBundled } from '../golden/bundled-llama.js';
import { launchBrowser, openPage } from '../support/browser.js';
import { KERNEL_BUILDS } from '../support/kernel-memory.js';
import { digestLogits } from '../support/logits-digest.js';
import { buildLogitsPage, LOGITS_PAGE, logitsIn } from '../support/logits-page.js';
import { serve } from '../support/server.js';

const SEED = 20261125;
const RUNS = KERNEL_BUILDS.flatMap((build) => [1, 2, 4].map((threads) => ({ build, threads })));

describe('the logits of the bundled model in Chromium', () => {
  const root = process.cwd();
  let browser: Browser;
  let isolated: Awaited<ReturnType<typeof serve>>;
  let plain: Awaited<ReturnType<typeof serve>>;
  let page: Page;
  let expected: readonly number[];

  beforeAll(async () => {
    [browser, isolated, plain] = await Promise.all([
      launchBrowser(),
      serve({ root }),
      serve({ root, isolated: false }),
      buildLogitsPage(),
    ]);
    page = (await openPage(browser, isolated.url + LOGITS_PAGE)).page;
    expected = digestLogits(await loadBundled('plain'), SEED).crcs;
  });

  afterAll(async () => {
    await browser?.close();
    await Promise.all([isolated?.close(), plain?.close()]);
  });

  it('are not all alike', () => {
    expect(new Set(expected).size).toBe(expected.length);
  });

  it.each(RUNS)('are those of Node to the bit: $build, threads: $threads', async (run) => {
    expect(await logitsIn(page, { ...run, seed: SEED })).toEqual({ ...run, crcs: expected });
  });

  it('are the same without the headers, on one thread whatever was asked for', async () => {
    const { page } = await openPage(browser, plain.url + LOGITS_PAGE);
    expect(await logitsIn(page, { build: 'relaxed', threads: 4, seed: SEED })).toEqual({
      build: 'relaxed',
      threads: 1,
      crcs: expected,
    });
  });

  it('differ behind another prompt', async () => {
    const { crcs } = await logitsIn(page, { build: 'relaxed', threads: 2, seed: SEED + 1 });
    for (const [i, crc] of crcs.entries()) expect(crc).not.toBe(expected[i]);
  });
});
