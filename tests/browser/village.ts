/** What the browser tests do and ask in the sample game, by keyboard and through `window.game`. */
import type { Page } from 'playwright-core';

/**
 * Presses Enter on the title and waits until the village stands; the model may still be loading. The first row is
 * Continue where there is a game to go on with, and New game where there is none. Whoever is there already stays.
 */
export async function enterVillage(page: Page): Promise<void> {
  const at = await page.waitForFunction(() => {
    const { scene } = window.game ?? {};
    if (scene?.isActive('village')) return 'village';
    return (scene?.getScene('title') as { menu?: object } | undefined)?.menu ? 'title' : undefined;
  });
  if ((await at.jsonValue()) === 'title') await page.keyboard.press('Enter');
  await page.waitForFunction(() => {
    const village = window.game.scene.getScene('village') as unknown as Village;
    return window.game.scene.isActive('village') && village.villagers.length > 0;
  });
}

/** Waits for the model; fails with its error where it cannot be loaded. */
export async function modelReady(page: Page): Promise<void> {
  const state = await page.evaluate(async () => {
    const { parley } = window.game.scene.getScene('village') as unknown as Village;
    await parley.ready;
    return parley.modelState;
  });
  if (state !== 'ready') throw new Error(`The model is ${state}; expected ready.`);
}

/** What a character remembers of its talk, as it was said. */
export function transcriptOf(page: Page, id: string): Promise<string[]> {
  return page.evaluate(async (name) => {
    const { villagers } = window.game.scene.getScene('village') as unknown as Village;
    const { character } = villagers.find(({ npc }) => npc.id === name)!.npc;
    await character.ready;
    return character.transcript.map(({ text }) => text);
  }, id);
}

/** Waits until the engine has nothing more to do: nobody is prepared, and what was computed is being saved. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { parley } = window.game.scene.getScene('village') as unknown as Village;
    const spent = () => parley.spending.prefillTokens + parley.spending.decodeTokens;
    for (let quiet = 0, last = spent(); quiet < 8; last = spent()) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      quiet = spent() === last ? quiet + 1 : 0;
    }
  });
}

/** Walks with the arrow keys until the player stands beside a villager. */
export async function walkTo(page: Page, id: string): Promise<void> {
  const offset = () =>
    page.evaluate((name) => {
      const { player, villagers } = window.game.scene.getScene('village') as unknown as Village;
      const { walker } = villagers.find(({ npc }) => npc.id === name)!;
      return { dx: walker.x - player.x, dy: walker.y - player.y };
    }, id);
  let last = Number.NaN;
  for (let step = 0; step < 60; step++) {
    const { dx, dy } = await offset();
    const distance = Math.hypot(dx, dy);
    if (distance < 24) return;
    // Something stands in the way: go around it along the other axis.
    const stuck = Math.abs(distance - last) < 1;
    last = distance;
    const sideways = Math.abs(dx) > Math.abs(dy) !== stuck;
    const key = sideways ? (dx < 0 ? 'ArrowLeft' : 'ArrowRight') : dy < 0 ? 'ArrowUp' : 'ArrowDown';
    await page.keyboard.down(key);
    await page.waitForTimeout(120);
    await page.keyboard.up(key);
  }
  throw new Error(`The player did not reach ${id}.`);
}

export interface Said {
  readonly text: string;
  readonly emotion: string;
  readonly source: string;
  readonly finish: string;
}

/** Asks through the component's API; resolves with the result and the tokens that it took. */
export function ask(
  page: Page,
  id: string,
  text: string,
): Promise<{ said: Said; prefillTokens: number; decodeTokens: number; streamed: string }> {
  return page.evaluate(
    async ([name, line]) => {
      const { villagers, parley } = window.game.scene.getScene('village') as unknown as Village;
      const { npc } = villagers.find((villager) => villager.npc.id === name)!;
      await npc.character.ready;
      const before = parley.spending;
      const utterance = npc.ask(line);
      let streamed = '';
      for await (const event of utterance) if (event.type === 'text') streamed += event.text;
      const said = await utterance;
      // Counts come with the frame after the last token.
      await new Promise((resolve) => setTimeout(resolve, 300));
      const after = parley.spending;
      return {
        said,
        streamed,
        prefillTokens: after.prefillTokens - before.prefillTokens,
        decodeTokens: after.decodeTokens - before.decodeTokens,
      };
    },
    [id, text] as const,
  );
}

/** What the tests touch of the village scene. */
export interface Village {
  readonly player: { readonly x: number; readonly y: number };
  readonly villagers: readonly {
    readonly walker: { readonly x: number; readonly y: number };
    readonly npc: {
      readonly id: string;
      readonly bubble?: { readonly shownText: string };
      readonly character: {
        readonly ready: Promise<void>;
        readonly transcript: readonly { readonly role: string; readonly text: string }[];
      };
      ask(text: string): PromiseLike<Said> & AsyncIterable<{ readonly type: string; readonly text?: string }>;
      forget(): Promise<void>;
      once(event: 'done', listener: (result: Said) => void): unknown;
      once(event: 'text' | 'emotion', listener: (text: string) => void): unknown;
    };
  }[];
  readonly box: {
    readonly isOpen: boolean;
    readonly shownText: string;
    once(event: 'submit', listener: (text: string) => void): unknown;
  };
  readonly scene: { sleep(): void; wake(): void };
  readonly children: { readonly list: readonly { readonly list?: readonly { readonly text?: string }[] }[] };
  readonly parley: {
    readonly ready: Promise<unknown>;
    readonly modelState: string;
    readonly storage: { readonly kind: string; readonly writable: boolean } | undefined;
    readonly model: { readonly threads: number } | undefined;
    readonly spending: {
      readonly prefillTokens: number;
      readonly decodeTokens: number;
      readonly mostDecodeTokens: number;
      readonly mostPrefillTokens: number;
    };
    readonly events: {
      on(event: string, listener: (...args: never[]) => void): unknown;
      once(event: string, listener: (...args: never[]) => void): unknown;
    };
    save(): Promise<Uint8Array>;
    setBudget(change: { decodeTokens?: number; prefillTokens?: number; ms?: number }): void;
  };
}

declare global {
  interface Window {
    game: {
      readonly scene: { getScene(key: string): object; isActive(key: string): boolean };
      readonly events: { emit(event: string): boolean };
    };
  }
}
