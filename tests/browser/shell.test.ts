/** What is around the village: title, saves, settings, notebook, and how it fits phones. The model is not needed for it. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.js';
import { serve } from '../support/server.js';
import {
  type OpenGame,
  openGame,
  press,
  type Registered,
  sceneOpen,
  setState,
  stateOf,
  titleReady,
} from './shell.js';
import { ask, enterVillage, transcriptOf, type Village } from './village.js';

const PATIENCE = { timeout: 30_000 };

let browser: Browser;
let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), serve({ root: 'dist-game' })]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const openTitle = (options?: BrowserContextOptions, prepare?: (page: Page) => Promise<unknown>) =>
  openGame(browser, server.url, options, prepare);

/** All words on the screen of a scene. */
function wordsOf(page: Page, key: string): Promise<string> {
  return page.evaluate((name) => {
    interface Shown {
      readonly text?: string;
      readonly list?: readonly Shown[];
    }
    const texts = (shown: Shown): string[] =>
      shown.text === undefined ? (shown.list ?? []).flatMap(texts) : [shown.text];
    return texts((window.game.scene.getScene(name) as { children: Shown }).children).join('\n');
  }, key);
}

function placeOf(page: Page): Promise<{ x: number; y: number }> {
  return page.evaluate(() => {
    const { x, y } = (window.game.scene.getScene('village') as unknown as Village).player;
    return { x, y };
  });
}

/** Waits until a slot's newest save has this in its state. */
async function saved(page: Page, slot: string, key: string, value: unknown): Promise<void> {
  const stored = () =>
    page.evaluate(
      async ([name, of]) => {
        const shelf = (window.game as unknown as Registered).registry.get('session.shelf') as Shelf;
        return (await shelf.read(name)).game?.state[of];
      },
      [slot, key] as const,
    );
  await expect.poll(stored, PATIENCE).toBe(value);
}

interface Shelf {
  read(slot: string): Promise<{ readonly game?: { readonly state: Readonly<Record<string, unknown>> } }>;
}

describe('the saves of the sample game', () => {
  let game: OpenGame;
  let page: Page;

  beforeAll(async () => {
    game = await openTitle();
    page = game.page;
    await enterVillage(page);
  });
  afterAll(() => page?.context().close());

  it('go on where the player was, with clues, things and talks, after a reload and one key', async () => {
    await page.keyboard.down('ArrowUp');
    await page.waitForTimeout(400);
    await page.keyboard.up('ArrowUp');
    await expect.poll(() => stateOf(page, 'session.playedMs'), PATIENCE).toBeGreaterThan(1000);
    await setState(page, 'item.herring', true);
    expect((await ask(page, 'mira', 'Is it raining?')).said.source).toBe('authored');
    await setState(page, 'clue.boat', true);
    await saved(page, 'auto', 'clue.boat', true);
    const [place, talk] = [await placeOf(page), await transcriptOf(page, 'mira')];
    await page.reload();
    await enterVillage(page);
    const back = await placeOf(page);
    expect(Math.hypot(back.x - place.x, back.y - place.y)).toBeLessThan(8);
    expect(await stateOf(page, 'clue.boat')).toBe(true);
    expect(await stateOf(page, 'item.herring')).toBe(true);
    expect(await stateOf(page, 'session.playedMs')).toBeGreaterThan(1000);
    expect(await transcriptOf(page, 'mira')).toEqual(talk);
  });

  it('list clues, things and people in the notebook', async () => {
    await press(page, 'n');
    await sceneOpen(page, 'notebook');
    expect(await wordsOf(page, 'notebook')).toContain('The red boat');
    await press(page, 'ArrowRight');
    expect(await wordsOf(page, 'notebook')).toContain('A herring');
    await press(page, 'Escape');
    await sceneOpen(page, 'village');
  });

  it('in a slot bring back what was, whatever was done since', async () => {
    const talk = await transcriptOf(page, 'mira');
    await press(page, 'Escape');
    await sceneOpen(page, 'pause');
    await press(page, 'ArrowDown', 'ArrowDown', 'Enter');
    await sceneOpen(page, 'saves');
    await page.waitForFunction(() => {
      const { children } = window.game.scene.getScene('saves') as unknown as Village;
      return children.list.length > 5;
    });
    await press(page, 'Enter');
    await saved(page, '1', 'clue.boat', true);
    await press(page, 'Escape', 'Escape');
    await sceneOpen(page, 'village');
    await ask(page, 'mira', 'Forget this.');
    await setState(page, 'clue.dark', true);
    await saved(page, 'auto', 'clue.dark', true);

    await press(page, 'Escape');
    await sceneOpen(page, 'pause');
    await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
    await sceneOpen(page, 'saves');
    await expect.poll(() => wordsOf(page, 'saves'), PATIENCE).toContain('Slot 1');
    await press(page, 'ArrowDown', 'Enter');
    await sceneOpen(page, 'question');
    await press(page, 'Enter');
    await expect.poll(() => stateOf(page, 'clue.dark'), PATIENCE).toBeUndefined();
    await sceneOpen(page, 'village');
    expect(await stateOf(page, 'clue.boat')).toBe(true);
    expect(await transcriptOf(page, 'mira')).toEqual(talk);
  });

  it('that are damaged are one clear message, and are left as they are', async () => {
    // The village saves itself when its page is left; the title has nothing to save.
    await page.reload();
    await titleReady(page);
    const damaged = await page.evaluate(async () => {
      const request = indexedDB.open('saltmere');
      const database = await new Promise<IDBDatabase>((resolve) => {
        request.onsuccess = () => resolve(request.result);
      });
      const slots = database.transaction('saves', 'readwrite').objectStore('saves');
      const bytes = new Uint8Array([1, 2, 3]);
      for (const key of ['auto', 'auto.before']) slots.put(bytes, key);
      await new Promise((resolve) => {
        slots.transaction.oncomplete = resolve;
      });
      database.close();
      return [...bytes];
    });
    await page.reload();
    await titleReady(page);
    await press(page, 'Enter');
    await sceneOpen(page, 'question');
    expect(await wordsOf(page, 'question')).toMatch(/damaged.*What people said is kept/s);
    await press(page, 'Escape');
    await sceneOpen(page, 'title');
    expect(await page.evaluate(readSlot, 'auto')).toEqual(damaged);
    expect(game.errors).toEqual([]);
  });
});

/** The bytes of a slot. */
async function readSlot(slot: string): Promise<number[]> {
  const request = indexedDB.open('saltmere');
  const database = await new Promise<IDBDatabase>((resolve) => {
    request.onsuccess = () => resolve(request.result);
  });
  const read = database.transaction('saves').objectStore('saves').get(slot);
  await new Promise((resolve) => {
    read.onsuccess = resolve;
  });
  database.close();
  return [...(read.result as Uint8Array)];
}

/** From the settings' row of the model, and back to it. */
async function chooseNoModel(page: Page): Promise<void> {
  await press(page, 'Enter');
  await sceneOpen(page, 'models');
  await expect.poll(() => wordsOf(page, 'models'), PATIENCE).toContain('None');
  await press(page, 'ArrowDown', 'Enter');
  await expect.poll(() => wordsOf(page, 'models'), PATIENCE).toContain('In use');
  await press(page, 'Escape');
  await sceneOpen(page, 'settings');
}

describe('the settings of the sample game', () => {
  it('are applied at once, and there at the next visit', async () => {
    const { page, models, errors } = await openTitle();
    expect(models).toHaveLength(1);
    await press(page, 'ArrowDown', 'Enter');
    await sceneOpen(page, 'settings');
    // The model off, the budget high, the text slow, no sound.
    await chooseNoModel(page);
    await press(page, 'ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowDown');
    await press(page, ...Array.from({ length: 7 }, () => 'ArrowLeft'));
    const changed = {
      model: 'off',
      modelName: '',
      budget: 'high',
      textSpeed: 'slow',
      motion: 'auto',
      sound: 0,
      music: 5,
    };
    expect(await stateOf(page, 'session.settings')).toEqual(changed);
    const parley = () =>
      page.evaluate(() => {
        const { parley: plugin } = window.game.scene.getScene('title') as unknown as {
          parley: { enabled: boolean; budget: { ms: unknown } };
        };
        return { enabled: plugin.enabled, ms: plugin.budget.ms };
      });
    expect(await parley()).toEqual({ enabled: false, ms: 12 });
    await page.reload();
    await titleReady(page);
    expect(await stateOf(page, 'session.settings')).toEqual(changed);
    expect(await parley()).toEqual({ enabled: false, ms: 12 });
    // Not asked for again: it is off.
    expect(models).toHaveLength(1);
    await page.close();
    expect(errors).toEqual([]);
  });

  it('last as long as the page where the browser blocks its storage', async () => {
    const { page, errors } = await openTitle({}, (opened) =>
      opened.addInitScript(() => {
        for (const name of ['localStorage', 'indexedDB']) {
          Object.defineProperty(window, name, {
            get() {
              throw new DOMException('Access is denied for this document.', 'SecurityError');
            },
          });
        }
      }),
    );
    await press(page, 'ArrowDown', 'Enter');
    await sceneOpen(page, 'settings');
    await chooseNoModel(page);
    await press(page, 'Escape');
    await titleReady(page);
    expect(await stateOf(page, 'session.settings')).toMatchObject({ model: 'off' });
    await press(page, 'ArrowUp');
    await enterVillage(page);
    await page.close();
    expect(errors).toEqual([]);
  });
});

/** What can be touched in a scene, in pixels of the game; what only swallows touches is left out. */
function touchables(page: Page, key: string) {
  return page.evaluate((name) => {
    interface Thing {
      readonly input?: { readonly enabled: boolean } | null;
      readonly list?: readonly Thing[];
      readonly visible?: boolean;
      getBounds(): { x: number; y: number; width: number; height: number };
    }
    const { children, scale } = window.game.scene.getScene(name) as unknown as {
      children: Thing;
      scale: { width: number; height: number };
    };
    const found = (thing: Thing): Thing[] =>
      thing.visible === false
        ? []
        : thing.list
          ? thing.list.flatMap(found)
          : thing.input?.enabled
            ? [thing]
            : [];
    return {
      width: scale.width,
      height: scale.height,
      areas: found(children)
        .map((thing) => {
          const { x, y, width, height } = thing.getBounds();
          return { x, y, width, height };
        })
        .filter(({ width }) => width < scale.width - 20),
    };
  }, key);
}

/** Nothing that can be touched lies outside the screen or over another. */
async function expectApart(page: Page, key: string): Promise<void> {
  const { width, height, areas } = await touchables(page, key);
  expect(areas.length).toBeGreaterThan(1);
  for (const [i, a] of areas.entries()) {
    expect(a.x).toBeGreaterThanOrEqual(0);
    expect(a.y).toBeGreaterThanOrEqual(0);
    expect(a.x + a.width).toBeLessThanOrEqual(width);
    expect(a.y + a.height).toBeLessThanOrEqual(height);
    for (const b of areas.slice(i + 1)) {
      const apart =
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      expect({ key, a, b, apart }).toMatchObject({ apart: true });
    }
  }
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type TalkingVillage = Village & {
  readonly box: { readonly covered: readonly Rectangle[] };
  readonly scale: { readonly width: number };
};

describe.each([
  { name: 'held upright', width: 390, height: 844 },
  { name: 'on its side', width: 844, height: 390 },
])('the sample game on a phone $name', ({ width, height }) => {
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    ({ page, errors } = await openTitle({
      viewport: { width, height },
      deviceScaleFactor: 3,
      isMobile: true,
      hasTouch: true,
    }));
  });
  afterAll(() => page?.context().close());

  /** Taps the middle of one of those that can be touched. */
  async function tap(key: string, index: number): Promise<void> {
    const { areas } = await touchables(page, key);
    const area = areas.at(index)!;
    const [x, y] = await onScreen(area.x + area.width / 2, area.y + area.height / 2);
    await page.touchscreen.tap(x, y);
  }

  /** Where a pixel of the game is on the page. */
  function onScreen(x: number, y: number): Promise<[number, number]> {
    return page.evaluate(
      ([gameX, gameY]) => {
        const { canvas } = window.game as unknown as { canvas: HTMLCanvasElement };
        const { left, top, width: shown } = canvas.getBoundingClientRect();
        const zoom = shown / canvas.width;
        return [left + gameX * zoom, top + gameY * zoom];
      },
      [x, y] as const,
    );
  }

  /** Who of the two in a talk is not seen: behind box or choices, or beside the picture. */
  function hiddenSpeakers(): Promise<string[]> {
    return page.evaluate(() => {
      const village = window.game.scene.getScene('village') as unknown as TalkingVillage;
      const { player, villagers, box, cameras, scale } = village;
      const view = cameras.main.worldView;
      const { walker } = villagers.find(({ npc }) => npc.id === box.npc?.id)!;
      // No choices yet: they come with the first line.
      if (box.covered.length < 2) return ['choices'];
      return Object.entries({ player, walker }).flatMap(([name, { x, y }]) => {
        const [left, top, bottom] = [x - view.x, y - view.y - 26, y - view.y];
        const behind = box.covered.some(
          (area) =>
            left > area.x && left < area.x + area.width && bottom > area.y && top < area.y + area.height,
        );
        return behind || top < 0 || left < 0 || left > scale.width ? [name] : [];
      });
    });
  }

  it('shows each pixel of the art as whole pixels of the screen', async () => {
    const { zoom, left, top } = await page.evaluate(() => {
      const { canvas } = window.game as unknown as { canvas: HTMLCanvasElement };
      const rect = canvas.getBoundingClientRect();
      return {
        zoom: (rect.width * devicePixelRatio) / canvas.width,
        left: rect.left * devicePixelRatio,
        top: rect.top * devicePixelRatio,
      };
    });
    for (const value of [zoom, left, top]) expect(value).toBeCloseTo(Math.round(value), 1);
  });

  it('begins by a tap, and keeps what can be touched apart', async () => {
    await expectApart(page, 'title');
    await tap('title', 0);
    await sceneOpen(page, 'hud');
    await expectApart(page, 'hud');
  });

  it('walks with a thumb on the stick', async () => {
    const before = await placeOf(page);
    const { areas } = await touchables(page, 'hud');
    const stick = areas.reduce((widest, area) => (area.width > widest.width ? area : widest));
    const [x, y] = await onScreen(stick.x + stick.width / 2, stick.y + stick.height / 2);
    const devtools = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', dy = 0) =>
      devtools.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x, y: y + dy }],
      });
    await touch('touchStart');
    await touch('touchMove', -30);
    await expect.poll(async () => before.y - (await placeOf(page)).y, PATIENCE).toBeGreaterThan(10);
    await touch('touchEnd');
    await page.waitForTimeout(100);
    const stopped = await placeOf(page);
    await page.waitForTimeout(300);
    expect((await placeOf(page)).y).toBeCloseTo(stopped.y, 0);
  });

  it('talks with the button beside someone, and has the screen to itself meanwhile', async () => {
    await page.evaluate(() => {
      const { player, villagers } = window.game.scene.getScene('village') as unknown as Village & {
        player: { sprite: { setPosition(x: number, y: number): void } };
      };
      const { walker } = villagers.find(({ npc }) => npc.id === 'mira')!;
      player.sprite.setPosition(walker.x + 14, walker.y + 12);
    });
    await page.waitForTimeout(200);
    await tap('hud', -1);
    const talking = (wanted: boolean) =>
      page.waitForFunction(
        (open) => (window.game.scene.getScene('village') as unknown as Village).box.isOpen === open,
        wanted,
      );
    await talking(true);
    // The box has a cross of its own.
    await expect.poll(async () => (await touchables(page, 'hud')).areas.length, PATIENCE).toBe(0);
    await expect.poll(() => hiddenSpeakers(), PATIENCE).toEqual([]);
    await page.keyboard.press('Escape');
    await talking(false);
    await expectApart(page, 'hud');
  });

  it('opens menu, settings and notebook by taps', async () => {
    await tap('hud', 0);
    await sceneOpen(page, 'pause');
    await expectApart(page, 'pause');
    // The cross is first, then the rows.
    await tap('pause', 5);
    await sceneOpen(page, 'settings');
    await expectApart(page, 'settings');
    await tap('settings', 0);
    await sceneOpen(page, 'pause');
    await tap('pause', 0);
    await sceneOpen(page, 'hud');
    await page.waitForFunction(() => window.game.scene.isActive('village'));
    await tap('hud', 1);
    await sceneOpen(page, 'notebook');
    await press(page, 'Escape');
    await page.waitForFunction(() => window.game.scene.isActive('village'));
    expect(errors).toEqual([]);
  });
});
