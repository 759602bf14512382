/** What the tests of faults share: a village whose console is watched, an answer to break off, and its worker. */
import type { Browser, Page, Worker } from 'playwright-core';
import { openPage } from '../support/browser.js';
import { enterVillage, modelReady, type Said, type Village } from './village.js';

/** Small: pictures are drawn without a graphics card here. */
const VIEW = { width: 320, height: 180 };
/** More than a frame has: the plugin takes its share of it. */
const WHOLE_FRAME_MS = 1000;

export interface WatchedVillage {
  readonly page: Page;
  readonly takeLines: TakeLines;
}

/** Warnings, notices and errors in the console since the last call, of a page and its workers; uncaught errors too. */
export type TakeLines = () => string[];

/** Opens the sample game and waits until its people can talk. */
export async function openVillage(
  browser: Browser,
  url: string,
  prepare: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<WatchedVillage> {
  let takeLines: TakeLines = () => [];
  const { page } = await openPage(
    browser,
    url,
    async (opened) => {
      takeLines = watchConsole(opened);
      await prepare(opened);
    },
    VIEW,
  );
  await peopleReady(page);
  return { page, takeLines };
}

/** Waits until people can talk, and lets them take as much of each frame as the plugin allows. */
export async function peopleReady(page: Page): Promise<void> {
  await enterVillage(page);
  await modelReady(page);
  await page.evaluate((ms) => {
    const { parley } = window.game.scene.getScene('village') as unknown as Village;
    parley.setBudget({ ms });
  }, WHOLE_FRAME_MS);
}

/** To be called before the page is opened. */
export function watchConsole(page: Page): TakeLines {
  let lines: string[] = [];
  page.on('pageerror', (error) => lines.push(`uncaught: ${String(error)}`));
  page.on('console', (message) => {
    const [type, text] = [message.type(), message.text()];
    // Of software rendering, which only tests use.
    if (/GL Driver Message/.test(text)) return;
    if (type === 'warning' || type === 'info' || type === 'error') lines.push(`${type}: ${text}`);
  });
  return () => {
    const taken = lines;
    lines = [];
    return taken;
  };
}

/** Waits for the transcripts that are being saved: an answer does not wait for them. */
export async function transcriptsSaved(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await (window.game.scene.getScene('village') as unknown as Village).parley.save();
  });
}

/** Comes back to the village after a reload. */
export async function reload(page: Page): Promise<void> {
  await transcriptsSaved(page);
  await page.reload();
  await peopleReady(page);
}

/**
 * Asks, and returns when the answer's mood is known or its first words are there (of a short answer they come with the
 * last); the rest comes slowly, several frames a token. The answer is kept in the page until `answer` takes it.
 */
export async function beginAnswer(
  page: Page,
  id: string,
  text: string,
  until: 'emotion' | 'text',
): Promise<void> {
  await page.evaluate(
    ([name, line, event, ms]) =>
      new Promise<void>((resolve) => {
        const { villagers, parley } = window.game.scene.getScene('village') as unknown as Village;
        const { npc } = villagers.find((villager) => villager.npc.id === name)!;
        parley.setBudget({ decodeTokens: 1 });
        npc.once(event, () => {
          parley.setBudget({ ms: 1 });
          resolve();
        });
        window.answer = Promise.resolve(npc.ask(line)).finally(() =>
          parley.setBudget({ decodeTokens: Number.POSITIVE_INFINITY, ms }),
        );
      }),
    [id, text, until, WHOLE_FRAME_MS] as const,
  );
}

/** Asks, and waits for the whole answer. */
export function say(page: Page, id: string, text: string): Promise<Said> {
  return page.evaluate(
    async ([name, line]) => {
      const { villagers } = window.game.scene.getScene('village') as unknown as Village;
      return await villagers.find(({ npc }) => npc.id === name)!.npc.ask(line);
    },
    [id, text] as const,
  );
}

/** The answer that was begun, however it ends. */
export function answer(page: Page): Promise<Said> {
  return page.evaluate(() => window.answer);
}

/** What was said with a villager, one line a turn. */
export function transcript(page: Page, id: string): Promise<string[]> {
  return page.evaluate(async (name) => {
    const { villagers } = window.game.scene.getScene('village') as unknown as Village;
    const { character } = villagers.find(({ npc }) => npc.id === name)!.npc;
    await character.ready;
    return character.transcript.map(({ role, text }) => `${role}: ${text}`);
  }, id);
}

/** The engine's worker of now; the threads of its pool come behind it. */
export function engineWorker(page: Page): Worker {
  const [worker] = page.workers();
  if (!worker) throw new Error('The page has no worker.');
  return worker;
}

/** Runs code in the engine's worker that may be its last: one that is gone or loops gives no answer. */
export function runInWorker(page: Page, code: string): void {
  engineWorker(page)
    .evaluate(code)
    .catch(() => undefined);
}

/** Resolves when the workers of now have gone and the model answers again; to be called before they go. */
export function restored(page: Page): Promise<unknown> {
  const back = Promise.all([
    ...page.workers().map((worker) => worker.waitForEvent('close')),
    page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const { parley } = window.game.scene.getScene('village') as unknown as Village;
          parley.events.once('model-ready', () => resolve());
        }),
    ),
  ]);
  // A test that failed before it waited for this has said enough.
  back.catch(() => undefined);
  return back;
}

declare global {
  interface Window {
    answer: Promise<Said>;
  }
}
