/** Characters that mind the player, on the real model: notice, turn, call out, think, are left, gossip; and the box's log. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.js';
import type {} from '../support/presence-game.js';
import { buildPresencePage, openSquare } from '../support/presence-page.js';
import { serve } from '../support/server.js';

describe('presence', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    await buildPresencePage();
    [browser, server] = await Promise.all([launchBrowser('canvas'), serve({ root: process.cwd() })]);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const enter = (query = '') =>
    openSquare(browser, server.url, { viewport: { width: 960, height: 600 } }, query);

  it('notices who comes near, flips to the player, calls out, and looks away again', async () => {
    const { page, errors } = await enter();
    const seen = await page.evaluate(async () => {
      const { player, people } = window.square;
      const mira = people.mira!;
      const sprite = mira.sprite as unknown as { x: number; flipX: boolean };
      const events: string[] = [];
      for (const event of ['notice', 'lose'] as const) mira.on(event, () => events.push(event));
      mira.on('reach', (within) => events.push(within ? 'in reach' : 'out of reach'));
      mira.on('utterance', (_line, kind) => events.push(kind));
      mira.on('face', (dx) => events.push(dx < 0 ? 'left' : 'right'));
      window.square.watch({ look: 'flip', barkPauseMs: Number.POSITIVE_INFINITY });
      const until = (event: string) =>
        new Promise<void>((resolve) => {
          const timer = setInterval(() => {
            if (!events.includes(event)) return;
            clearInterval(timer);
            resolve();
          }, 20);
        });
      player.setX(sprite.x - 70);
      await until('left');
      const flipped = sprite.flipX;
      player.setX(sprite.x - 30);
      await until('in reach');
      player.setX(sprite.x - 400);
      await until('out of reach');
      return { events, flipped, after: sprite.flipX };
    });
    expect(seen.events).toEqual(['notice', 'bark', 'left', 'in reach', 'lose', 'out of reach']);
    expect([seen.flipped, seen.after]).toEqual([true, false]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('lets one speak after the other: both notice the player at once', async () => {
    const { page, errors } = await enter();
    const said = await page.evaluate(async () => {
      const { people, player, parley } = window.square;
      const [mira, bess] = [people.mira!, people.bess!];
      parley.textSpeed = Number.POSITIVE_INFINITY;
      const lines: string[] = [];
      const heard = new Promise<void>((resolve) => {
        for (const [npc, other] of [
          [mira, bess],
          [bess, mira],
        ] as const) {
          npc.on('utterance', (_line, kind) => {
            lines.push(`${npc.id} ${kind}${other.speaking ? ` over ${other.id}` : ''}`);
            if (lines.length === 2) resolve();
          });
        }
      });
      window.square.watch({ barkPauseMs: Number.POSITIVE_INFINITY });
      const [from, to] = [mira, bess].map(({ sprite }) => (sprite as unknown as { x: number }).x);
      player.setX((from! + to!) / 2);
      await heard;
      return lines;
    });
    expect(said.toSorted()).toEqual(['bess bark', 'mira bark']);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('ends the line and the talk, with a farewell over the head, when the player walks away', async () => {
    const { page, errors } = await enter('?model');
    await page.evaluate(() => window.square.parley.ready);
    const left = await page.evaluate(async () => {
      const { player, people, box } = window.square;
      const mira = people.mira!;
      const { x } = mira.sprite as unknown as { x: number };
      window.square.watch({ callOut: false, barkPauseMs: Number.POSITIVE_INFINITY });
      player.setX(x - 30);
      box.open(mira);
      window.square.parley.setBudget({ ms: 1 });
      const kinds: string[] = [];
      mira.on('utterance', (_line, kind) => kinds.push(kind));
      const answer = mira.ask('Tell me everything about your fish.');
      // Time for the watch to see the two together.
      await new Promise((resolve) => setTimeout(resolve, 300));
      player.setX(x - 400);
      const { finish } = await answer;
      return { finish, kinds, talking: mira.talking, open: box.isOpen, bubble: mira.bubble!.state };
    });
    expect(left).toMatchObject({
      finish: 'interrupted',
      kinds: ['answer', 'farewell'],
      talking: false,
      open: false,
    });
    expect(left.bubble).not.toBe('hidden');
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('tells when a character thinks, from 0.7 s of silence to the first word', async () => {
    const { page, errors } = await enter('?model');
    await page.evaluate(() => window.square.parley.ready);
    const told = await page.evaluate(async () => {
      const { people, parley } = window.square;
      const mira = people.mira!;
      const events: string[] = [];
      mira.on('thinking', (thinking) => events.push(thinking ? 'thinks' : 'speaks'));
      mira.on('filler', () => events.push('filler'));
      mira.once('text', () => events.push('text'));
      parley.setBudget({ ms: 0 });
      const answer = mira.ask('How much for an eel?');
      await new Promise<void>((resolve) => mira.once('thinking', () => resolve()));
      parley.setBudget({ ms: 12 });
      const { source } = await answer;
      return { events: events.filter((event) => event !== 'filler'), source };
    });
    expect(told).toEqual({ events: ['thinks', 'speaks', 'text'], source: 'model' });
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('lets two who stand together gossip, remember it, and fall silent when the player speaks', async () => {
    const { page, errors } = await enter('?model');
    await page.evaluate(() => window.square.parley.ready);
    const said = await page.evaluate(async () => {
      const { people, parley } = window.square;
      const [mira, bess] = [people.mira!, people.bess!];
      parley.textSpeed = Number.POSITIVE_INFINITY;
      const lines: { who: string; text: string }[] = [];
      const whole = new Promise<void>((resolve) => {
        for (const npc of [mira, bess]) {
          npc.on('done', ({ text }) => {
            lines.push({ who: npc.persona.identity.name, text });
            if (lines.length === 2) resolve();
          });
        }
      });
      parley.gossip = { cooldownMs: 0, pauseMs: 0 };
      await whole;
      const [first, second] = lines as [(typeof lines)[0], (typeof lines)[0]];
      const listener = first.who === 'Mira' ? mira : bess;
      const speaker = listener === mira ? bess : mira;
      const heard = `${second.who} said to ${first.who}:`;
      while (!listener.memories.some((fact) => fact.startsWith(heard))) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const inTranscript = speaker.transcript.some(({ text }) => text === first.text);
      // The next talk is under way: the player speaks into it.
      const next = new Promise<void>((resolve) => {
        for (const npc of [mira, bess]) npc.once('utterance', () => resolve());
      });
      await next;
      const answered = new Promise<void>((resolve) => {
        mira.on('done', ({ text }) => {
          if (mira.transcript.at(-1)?.text === text && mira.transcript.at(-2)?.speaker === 'Player')
            resolve();
        });
      });
      const { source } = await mira.ask('Is it raining, Mira?');
      await answered;
      const count = lines.length;
      await new Promise((resolve) => setTimeout(resolve, 2500));
      return { inTranscript, source, more: lines.length - count, talking: [mira.talking, bess.talking] };
    });
    expect(said).toEqual({ inTranscript: true, source: 'model', more: 0, talking: [true, false] });
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('scrolls back by keys, wheel and drag, over a reload, and returns when the player types', async () => {
    const { page, errors } = await enter();
    await page.evaluate(async () => {
      const { people, box, parley } = window.square;
      parley.textSpeed = Number.POSITIVE_INFINITY;
      box.open(people.mira!);
      for (const line of ['One?', 'Two?', 'Three?', 'Four?']) await people.mira!.ask(line);
      await parley.save();
    });
    const shown = () => page.evaluate(() => window.square.box.shownText);
    const back = () => page.evaluate(() => window.square.box.scrolledBack);
    const newest = await until(page, () => window.square.box.shownText !== '' && window.square.box.shownText);
    await page.keyboard.press('PageUp');
    await until(page, () => window.square.box.scrolledBack === 2);
    expect(await until(page, () => window.square.box.shownText.includes('You: ') && 'seen')).toBe('seen');
    await page.keyboard.type('E');
    expect(await back()).toBe(0);
    await until(page, () => window.square.box.scrolledBack === 0);
    await page.waitForFunction((text) => window.square.box.shownText === text, newest);
    await page.keyboard.press('Backspace');
    await page.mouse.move(500, 490);
    await page.mouse.wheel(0, -100);
    await until(page, () => window.square.box.scrolledBack === 1);
    await page.mouse.down();
    await page.mouse.move(500, 530, { steps: 5 });
    await page.mouse.up();
    await until(page, () => window.square.box.scrolledBack >= 2);

    await page.reload();
    await page.waitForFunction(() => window.square !== undefined);
    await page.evaluate(async () => {
      const { people, box } = window.square;
      await people.mira!.character.ready;
      box.open(people.mira!);
      box.scrollBack(100);
    });
    await until(page, () => window.square.box.shownText.startsWith('Mira: '));
    expect(await shown()).toContain('You: One?');
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('shows the rest of a line by a click on the bubble, and goes from page to page by itself where it should', async () => {
    const { page, errors } = await enter();
    const long =
      'Salt in the bread, salt in the rope, salt in my hair, and not a coin for any of it tonight. '.repeat(
        4,
      );
    await page.evaluate((line) => {
      const { people, parley } = window.square;
      parley.textSpeed = 0.05;
      people.bess!.say(line);
    }, long);
    await until(page, () => window.square.people.bess!.bubble!.state === 'speaking');
    const { x, y } = await page.evaluate(() => {
      const { container } = window.square.people.bess!.bubble!;
      return { x: container.x, y: container.y };
    });
    await page.waitForFunction(() => window.square.people.bess!.bubble!.container.visible);
    await page.mouse.click(x + 30, y + 15);
    await until(page, () => window.square.people.bess!.bubble!.state === 'reading');
    await page.mouse.click(x + 30, y + 15);
    await until(page, () => window.square.people.bess!.bubble!.state === 'hidden');
    await page.evaluate((line) => {
      const { people, parley, box } = window.square;
      parley.textSpeed = Number.POSITIVE_INFINITY;
      box.autoAdvance = true;
      box.open(people.mira!);
      people.mira!.say(line);
    }, long);
    const first = await until(
      page,
      () => window.square.box.shownText.startsWith('Salt') && window.square.box.shownText,
    );
    await page.waitForFunction((text) => window.square.box.shownText !== text, first);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('keeps bubble and box upright and on the screen under a camera that zooms and turns', async () => {
    const { page, errors } = await enter();
    const seen = await page.evaluate(async () => {
      const { people, box, cameras, parley } = window.square;
      parley.textSpeed = Number.POSITIVE_INFINITY;
      box.open(people.mira!);
      people.bess!.greet();
      const camera = cameras.main;
      camera.setZoom(1.5).setRotation(0.6);
      await new Promise((resolve) => setTimeout(resolve, 600));
      const { matrix, rotation } = camera as unknown as { matrix: DOMMatrixLike; rotation: number };
      type DOMMatrixLike = { a: number; b: number; c: number; d: number; tx: number; ty: number };
      return [people.bess!.bubble!.container, box.container].map((container) => {
        // The camera's matrix takes points of the world, less its scroll, to the screen.
        const own = box.container === container;
        const x = container.x - (own ? 0 : camera.scrollX);
        const y = container.y - (own ? 0 : camera.scrollY);
        return {
          x: matrix.a * x + matrix.c * y + matrix.tx,
          y: matrix.b * x + matrix.d * y + matrix.ty,
          turned: container.rotation + rotation,
          scale: container.scale * camera.zoom,
        };
      });
    });
    for (const { turned, scale } of seen) {
      expect(turned).toBeCloseTo(0);
      expect(scale).toBeCloseTo(1);
    }
    const [bubble, box] = seen as [(typeof seen)[0], (typeof seen)[0]];
    expect(box.x).toBeCloseTo(0);
    expect(box.y).toBeCloseTo(0);
    expect(bubble.x).toBeGreaterThan(0);
    expect(bubble.y).toBeGreaterThan(0);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

/** Waits until something of the page is there, and returns it. */
async function until<T>(page: Page, ready: () => T): Promise<T> {
  return (await page.waitForFunction(ready, undefined, { timeout: 20_000 })).jsonValue() as Promise<T>;
}
