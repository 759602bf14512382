/** The packed package as its users have it: the guide's projects, built and played, on both Phasers. */
import { execFileSync } from 'node:child_process';
import { copyFile, link, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build, createServer, type InlineConfig } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.js';
import { createProject, packPackage } from '../support/consumer.js';
import { serve } from '../support/server.js';

const MAX_TARBALL_BYTES = 2_000_000;

interface Emitter {
  eventNames(): (string | symbol)[];
  listenerCount(name: string | symbol): number;
}

/** What the tests touch of a game that was made by a script tag. */
interface HarborGame {
  readonly events: Emitter;
  readonly input: { readonly events: Emitter };
  readonly scene: {
    getScene(key: string): {
      readonly events: Emitter;
      readonly scale: Emitter;
      readonly scene: { restart(): void; isActive(): boolean };
      readonly mira: {
        ask(text: string, options: object): PromiseLike<{ readonly source: string; readonly text: string }>;
      };
      readonly parley: { readonly events: Emitter };
    };
    sleep(key: string): void;
    wake(key: string): void;
    isSleeping(key: string): boolean;
  };
  destroy(removeCanvas: boolean): void;
}

declare global {
  interface Window {
    harborGame: HarborGame | undefined;
    isRestarted?: () => boolean;
  }
}

let browser: Browser;
let tarball: string;

beforeAll(async () => {
  [browser, tarball] = await Promise.all([launchBrowser(), packPackage()]);
});

afterAll(async () => {
  await browser?.close();
});

it('is small: no model, no tests, no sources of its own', async () => {
  expect((await stat(tarball)).size).toBeLessThan(MAX_TARBALL_BYTES);
  const files = listFiles();
  const own = /^package\/(?:(?:dist|docs)\/.+|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;
  expect(files.filter((file) => !own.test(file))).toEqual([]);
  expect(files.filter((file) => /\.(?:gguf|test\.\w+)$/.test(file))).toEqual([]);
  expect(files).toContain('package/dist/THIRD-PARTY-NOTICES.txt');
});

it('exports only files that are in it, and types of each module', async () => {
  const packed = new Set(listFiles());
  const { exports, bin } = JSON.parse(await readFile('package.json', 'utf8')) as {
    exports: Record<string, string | Record<string, string>>;
    bin: Record<string, string>;
  };
  const targets = [...Object.values(exports), bin].flatMap((target) =>
    typeof target === 'string' ? target : Object.values(target),
  );
  expect(targets.length).toBeGreaterThan(5);
  expect(targets.filter((path) => !packed.has(`package/${path.replace(/^\.\//, '')}`))).toEqual([]);
  for (const target of Object.values(exports)) {
    // `types` counts only where it comes first.
    if (typeof target !== 'string') expect(Object.keys(target)[0]).toBe('types');
  }
});

it.each([
  [
    'dist',
    ['@huggingface/jinja', '@msgpack/msgpack', 'comlink', 'fflate', 'hash-wasm', 'minisearch', 'obscenity'],
  ],
  ['dist/cli', ['@msgpack/msgpack', 'minisearch', 'stemmer']],
  ['dist-game', ['comlink', 'idb-keyval', 'phaser', 'stemmer']],
])('names the licences of what is bundled into %s', async (folder, names) => {
  const notices = await readFile(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  for (const name of names) {
    const { version } = JSON.parse(await readFile(`node_modules/${name}/package.json`, 'utf8')) as {
      version: string;
    };
    expect(notices.split(`\n${name} ${version} (`)).toHaveLength(2);
  }
  expect(notices.match(/permission is hereby granted|permission to use/gi)!.length).toBeGreaterThan(1);
});

it('tells who opens the sample game as a file that it needs a server', async () => {
  const page = await browser.newPage();
  await page.goto(pathToFileURL('dist-game/index.html').href);
  await expect.poll(() => page.getByRole('alert').textContent()).toMatch(/must come from a server/);
  await page.close();
});

describe.each([
  { phaser: 'phaser', name: 'phaser-4' },
  { phaser: 'phaser3', name: 'phaser-3' },
])('beside $name', ({ phaser, name }) => {
  let folder: string;
  beforeAll(async () => {
    folder = await createProject(name, tarball, phaser);
  });

  const config = (): InlineConfig => ({ root: folder, base: './', logLevel: 'error', configFile: false });

  it.each(['bundler', 'nodenext'])(
    'has types for a project that resolves by %s',
    async (moduleResolution) => {
      const options = {
        compilerOptions: {
          strict: true,
          noEmit: true,
          skipLibCheck: true,
          target: 'es2022',
          lib: ['es2023', 'dom', 'dom.iterable'],
          types: [],
          module: moduleResolution === 'bundler' ? 'esnext' : 'nodenext',
          moduleResolution,
        },
        include: ['src'],
      };
      const project = join(folder, `tsconfig.${moduleResolution}.json`);
      await writeFile(project, JSON.stringify(options));
      await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
      execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project], {
        stdio: 'inherit',
      });
    },
  );

  it('runs from a Vite build', async () => {
    await build(config());
    const server = await serve({ root: join(folder, 'dist'), isolated: false, basePath: '/some/where/' });
    try {
      await playGuide(await openPage(browser, server.url));
    } finally {
      await server.close();
    }
  });

  it('runs in Vite’s dev server', async () => {
    const server = await createServer({ ...config(), server: { port: 0, host: '127.0.0.1' } });
    await server.listen();
    try {
      // The first answer waits until Phaser is bundled, which takes its time on a busy machine.
      const patient = async (page: Page) => page.setDefaultNavigationTimeout(120_000);
      await playGuide(await openPage(browser, server.resolvedUrls!.local[0]!, patient));
    } finally {
      await server.close();
    }
  });

  it('runs from script tags, under a policy without blob workers, and leaves nothing behind', async () => {
    const site = join(folder, 'site');
    const library = join(folder, 'node_modules/phaser-parley/dist');
    await mkdir(join(site, 'personas'), { recursive: true });
    await mkdir(join(site, 'models'));
    await copyFile(join(folder, 'node_modules/phaser/dist/phaser.min.js'), join(site, 'phaser.min.js'));
    for (const file of ['parley.global.js', 'parley.worker.js'])
      await copyFile(join(library, file), join(site, file));
    await copyFile(join(folder, 'public/personas/mira.json'), join(site, 'personas/mira.json'));
    const model = 'models/parley-135m.Q4_0.gguf';
    await link(resolve('assets', model), join(site, model));
    const policy = "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";
    const guide = await readFile(join(folder, 'page.html'), 'utf8');
    const [inline, game] = /<script>\n(.*?)<\/script>/s.exec(guide)!;
    const page = guide
      .replace(
        '<meta charset',
        `<meta http-equiv="Content-Security-Policy" content="${policy}" />\n<meta charset`,
      )
      .replace(inline, '<script src="game.js"></script>');
    const script = game!
      .replace('new Phaser.Game({', 'window.startGame = () => window.harborGame = new Phaser.Game({')
      .replace('start: true }] },', "start: true, data: { workerUrl: 'parley.worker.js' } }] },");
    await writeFile(join(site, 'game.js'), `${script}\nwindow.startGame();`);
    await writeFile(join(site, 'index.html'), page);
    const server = await serve({ root: site, isolated: false });
    try {
      const watched = await openPage(browser, server.url);
      await liveLikeAGame(watched);
    } finally {
      await server.close();
    }
  });
});

/** What npm would publish, as `package/…`. */
function listFiles(): string[] {
  return execFileSync('tar', ['tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
}

/** Clicks the sprite of the guide, and asks what an eel costs. */
async function playGuide({ page, errors }: WatchedPage): Promise<void> {
  const canvas = page.locator('canvas');
  await canvas.waitFor();
  // The scene stands once its persona is loaded.
  for (let tries = 0; tries < 50 && !(await page.locator('.parley-input').isVisible()); tries++) {
    await canvas.click({ position: { x: 400, y: 260 } });
    await page.waitForTimeout(200);
  }
  const said = () => page.locator('[aria-live] p').allTextContents();
  await expect.poll(said).toContain('Mira: Evening, sailor.');
  // Until the model is there she says a fallback.
  const answered = async () => (await said()).some((line) => /five/i.test(line));
  for (let tries = 0; tries < 40 && !(await answered()); tries++) {
    const { length } = await said();
    await page.locator('.parley-input').fill('How much is an eel?');
    await page.locator('.parley-input').press('Enter');
    await expect.poll(async () => (await said()).length, { timeout: 60_000 }).toBeGreaterThan(length);
    await page.waitForTimeout(250);
  }
  expect(await answered()).toBe(true);
  expect(errors).toEqual([]);
  await page.context().close();
}

/** A scene that restarts, sleeps, wakes, and a game that goes and comes again. */
async function liveLikeAGame({ page, errors }: WatchedPage): Promise<void> {
  const ask = () =>
    page.evaluate(async () => {
      const scene = window.harborGame!.scene.getScene('harbor');
      const { source, text } = await scene.mira.ask('How much is an eel?', { wait: true });
      return `${source}: ${text}`;
    });
  const stands = () =>
    page.waitForFunction(() => window.harborGame?.scene.getScene('harbor')?.mira !== undefined);
  await stands();
  expect(await ask()).toMatch(/^model: .*five/i);
  const listeners = () =>
    page.evaluate(() => {
      const game = window.harborGame!;
      const { events, scale, parley } = game.scene.getScene('harbor');
      return [game.events, events, scale, game.input.events, parley.events].map((emitter) =>
        emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0),
      );
    });
  const restart = async () => {
    await page.evaluate(() => {
      const scene = window.harborGame!.scene.getScene('harbor');
      const old = scene.mira;
      scene.scene.restart();
      window.isRestarted = () => scene.mira !== old && scene.scene.isActive();
    });
    await page.waitForFunction(() => window.isRestarted!());
  };
  // The first start came before the talk: compared are scenes of the same age.
  await restart();
  const before = await listeners();
  await restart();
  await restart();
  expect(await listeners()).toEqual(before);
  await page.evaluate(() => window.harborGame!.scene.sleep('harbor'));
  await page.waitForFunction(() => window.harborGame!.scene.isSleeping('harbor'));
  await page.evaluate(() => window.harborGame!.scene.wake('harbor'));
  expect(await ask()).toMatch(/^model: /);
  await page.evaluate(() => {
    window.harborGame!.destroy(true);
    window.harborGame = undefined;
  });
  await page.waitForFunction(() => document.querySelector('canvas, .parley-input, [aria-live]') === null);
  await expect.poll(() => page.workers().length).toBe(0);
  await page.evaluate(() => (window as unknown as { startGame(): void }).startGame());
  await stands();
  expect(await ask()).toMatch(/^model: /);
  // As frameworks mount twice: the next game begins before Phaser has taken the last one down.
  await page.evaluate(() => {
    window.harborGame!.destroy(true);
    (window as unknown as { startGame(): void }).startGame();
  });
  await stands();
  expect(await ask()).toMatch(/^model: /);
  expect(errors).toEqual([]);
  await page.context().close();
}
