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
  // Tests count what they ask for themselves.
  await page.evaluate(() => {
    (window.game.scene.getScene('village') as unknown as Village).parley.gossip = false;
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

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A point of the grid, and the one that it was reached from. */
interface Reached extends Point {
  readonly from?: Reached;
}

/** The corners of a way to a villager, around what stands there now; undefined where there is none. */
function wayTo(page: Page, id: string): Promise<Point[] | undefined> {
  return page.evaluate((name) => {
    const { player, villagers, physics } = window.game.scene.getScene('village') as unknown as Village;
    const { walker } = villagers.find(({ npc }) => npc.id === name)!;
    const cell = 3;
    const { body } = player.sprite;
    const [left, top] = [body.x - player.x, body.y - player.y];
    // A little wider than the player, who does not walk to the pixel.
    const hits = (x: number, y: number) =>
      physics.overlapRect(x + left - 1, y + top - 1, body.width + 2, body.height + 2, true, true);
    // Who has walked into the player stands in no way.
    const passable = new Set<object>([body, ...hits(player.x, player.y)]);
    const isFree = (x: number, y: number) => hits(x, y).every((hit) => passable.has(hit));
    // The one who is nearest is who will be talked to.
    const isThere = ({ x, y }: Point, beside: number) => {
      const distance = (other: Point) => Math.hypot(other.x - x, other.y - y);
      const nearest = Math.min(...villagers.map((villager) => distance(villager.walker)));
      return distance(walker) < beside && distance(walker) === nearest;
    };
    // Breadth first, over a grid that the player stands on.
    const start: Reached = { x: player.x, y: player.y };
    const seen = new Set(['0,0']);
    for (let queue = [start]; queue.length > 0; ) {
      const next: Reached[] = [];
      for (const point of queue) {
        // Who is there already need not come nearer.
        if (isThere(point, point === start ? 28 : 20)) {
          const corners: Point[] = [];
          for (let at: Reached | undefined = point; at; at = at.from) {
            const [before, after] = [at.from, corners.at(-1)];
            const straight =
              before && after && (before.x === after.x || before.y === after.y) && before !== after;
            if (!straight) corners.push({ x: at.x, y: at.y });
          }
          return corners.reverse();
        }
        for (const [dx, dy] of [
          [cell, 0],
          [-cell, 0],
          [0, cell],
          [0, -cell],
        ] as const) {
          const [x, y] = [point.x + dx, point.y + dy];
          const key = `${Math.round((x - player.x) / cell)},${Math.round((y - player.y) / cell)}`;
          if (seen.has(key) || !physics.world.bounds.contains(x, y) || !isFree(x, y)) continue;
          seen.add(key);
          next.push({ x, y, from: point });
        }
      }
      queue = next;
    }
    return undefined;
  }, id);
}

/** Leads the player to a villager by a held pointer. */
export async function walkTo(page: Page, id: string): Promise<void> {
  for (let tries = 0; tries < 12; tries++) {
    const way = await wayTo(page, id);
    if (way?.length === 1) return;
    if (!way) {
      await page.waitForTimeout(500);
      continue;
    }
    const { here } = await ahead(page, way[0]!);
    await page.mouse.move(here.x, here.y);
    await page.mouse.down();
    // Somebody may have come into the way, or have walked on.
    for (const corner of way.slice(1)) if (!(await goTo(page, corner))) break;
    await page.mouse.up();
    // The press met somebody who was walking by.
    if (await page.evaluate(() => (window.game.scene.getScene('village') as unknown as Village).box.isOpen)) {
      await page.keyboard.press('Escape');
    }
  }
  throw new Error(`The player did not reach ${id}.`);
}

/** Leads to a point that lies straight ahead. @returns false where something stands in the way */
async function goTo(page: Page, to: Point): Promise<boolean> {
  let left = Number.POSITIVE_INFINITY;
  for (let stuck = 0; stuck < 12; ) {
    const { distance, there } = await ahead(page, to);
    if (distance < 2) return true;
    stuck = distance < left - 0.5 ? 0 : stuck + 1;
    left = distance;
    await page.mouse.move(there.x, there.y);
    await page.waitForTimeout(50);
  }
  return false;
}

/** How far a point of the village is, where the player stands on the page, and where the point is, or the way to it. */
function ahead(page: Page, to: Point): Promise<{ distance: number; here: Point; there: Point }> {
  return page.evaluate(
    ([{ x, y }, farthest]) => {
      const { player, cameras } = window.game.scene.getScene('village') as unknown as Village;
      const [dx, dy] = [x - player.x, y - player.y];
      const distance = Math.hypot(dx, dy);
      const share = Math.min(1, farthest / Math.max(1, distance));
      const view = cameras.main.worldView;
      const box = document.querySelector('canvas')!.getBoundingClientRect();
      const onPage = (px: number, py: number) => ({
        x: box.x + ((px - view.x) / view.width) * box.width,
        y: box.y + ((py - view.y) / view.height) * box.height,
      });
      return {
        distance,
        here: onPage(player.x, player.y),
        there: onPage(player.x + dx * share, player.y + dy * share),
      };
    },
    [to, 60] as const,
  );
}

/** Walks up to a villager and begins to talk, by clicks as a player makes them. */
export async function clickOn(page: Page, id: string): Promise<void> {
  await clickToward(page, id, { x: 0, y: -14 });
}

/** Walks to the ground before a villager by clicks; whoever follows comes along. */
export async function clickBeside(page: Page, id: string): Promise<void> {
  await clickToward(page, id, { x: 12, y: 16 });
}

/** For the longest way through the village, on a slow machine. */
const WALK_MS = 60_000;
/** Between beach and lighthouse the way leads over the square: the beach ends below a cliff. */
const SQUARE = { x: 264, y: 196 };
const BEACH_Y = 225;

/** Clicks on what is in view, else on the edge of the view toward it, until there; the village finds the ways. */
async function clickToward(page: Page, id: string, offset: Point): Promise<void> {
  const talks = offset.y < 0;
  for (const deadline = Date.now() + WALK_MS; Date.now() < deadline; ) {
    const seen = await page.evaluate(
      ([name, dx, dy, square, beachY]) => {
        // The story may have gone on to its end.
        if (!window.game.scene.isActive('village')) return undefined;
        const { player, villagers, cameras } = window.game.scene.getScene('village') as unknown as Village;
        const { walker } = villagers.find(({ npc }) => npc.id === name)!;
        const view = cameras.main.worldView;
        const upFirst = player.y > beachY && walker.x > view.x + view.width;
        const [x, y] = upFirst ? [square.x, square.y] : [walker.x + dx, walker.y + dy];
        // Of the edge, the icons and the hint are not the village's.
        const [px, py] = [
          Math.min(Math.max(x, view.x + 12), view.x + view.width - 12),
          Math.min(Math.max(y, view.y + 28), view.y + view.height - 28),
        ];
        const box = document.querySelector('canvas')!.getBoundingClientRect();
        return {
          inView: px === x && py === y,
          distance: Math.hypot(player.x - x, player.y - y),
          x: box.x + ((px - view.x) / view.width) * box.width,
          y: box.y + ((py - view.y) / view.height) * box.height,
        };
      },
      [id, offset.x, offset.y, SQUARE, BEACH_Y] as const,
    );
    if (!seen || (!talks && seen.distance < 3)) return;
    await page.mouse.click(seen.x, seen.y);
    // Frames in which the walk begins.
    await page.evaluate(async () => {
      for (let i = 0; i < 6; i++) await new Promise(requestAnimationFrame);
    });
    const state = await page.waitForFunction(
      ([name, wasInView, dx, dy]) => {
        const village = window.game.scene.getScene('village') as unknown as Village;
        if (village.box.isOpen) return village.box.npc?.id ?? 'nobody';
        if (!village.goal || !window.game.scene.isActive('village')) return 'stands';
        const { walker } = village.villagers.find(({ npc }) => npc.id === name)!;
        const view = village.cameras.main.worldView;
        const [x, y] = [walker.x + dx - view.x, walker.y + dy - view.y];
        const inView = x > 12 && y > 28 && x < view.width - 12 && y < view.height - 28;
        return !wasInView && inView ? 'sees' : undefined;
      },
      [id, seen.inView, offset.x, offset.y] as const,
    );
    const now = await state.jsonValue();
    if (talks && now === id) return;
    // The click met somebody else, who stood in front.
    if (now !== 'stands' && now !== 'sees') await page.keyboard.press('Escape');
  }
  throw new Error(`The player did not come to ${id} by clicks.`);
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

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the tests touch of the village scene. */
export interface Village {
  readonly player: {
    readonly x: number;
    readonly y: number;
    readonly sprite: { readonly body: Rectangle; setPosition(x: number, y: number): unknown };
  };
  /** Where the player walks to. */
  readonly goal: Point | undefined;
  readonly cameras: { readonly main: { readonly worldView: Rectangle } };
  readonly physics: {
    readonly world: { readonly bounds: { contains(x: number, y: number): boolean } };
    overlapRect(
      x: number,
      y: number,
      width: number,
      height: number,
      includeDynamic: boolean,
      includeStatic: boolean,
    ): readonly object[];
  };
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
    readonly npc?: { readonly id: string; choices(): readonly { readonly id: string }[] };
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
    gossip: boolean;
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
