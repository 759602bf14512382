/** Right-to-left, CJK, Thai and what else is not Latin, in the bubble, the box and the text field. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.js';
import { buildGamePage } from '../support/game-page.js';
import type {} from '../support/scripts-game.js';
import { greetingOf, LOCALES } from '../support/scripts-persona.js';
import { serve } from '../support/server.js';

const FOLDER = 'build/scripts';
const RTL = ['ar', 'he'];
/** Pixels: a wide bracket has its ink in the other half. */
const AT_EDGE = 12;
/** Lines are broken where spaces, or soft hyphens, were. */
const solid = (text: string) => text.replace(/[\s\u00ad-]/gu, '');

describe('scripts', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    await buildGamePage(FOLDER, 'tests/support/scripts-game.ts');
    [browser, server] = await Promise.all([launchBrowser(), serve({ root: process.cwd() })]);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  async function enter(query = ''): Promise<{ page: Page; errors: string[] }> {
    const opened = await openPage(browser, `${server.url}${FOLDER}/${query}`);
    await opened.page.waitForFunction(() => window.room !== undefined);
    return opened;
  }

  describe('in the bubble and the box', () => {
    let page: Page;
    let errors: string[];

    beforeAll(async () => {
      ({ page, errors } = await enter());
    });

    it.each(LOCALES)('types a line of %s whole, and no word jumps to another line', async (locale) => {
      const greeting = greetingOf(locale);
      const { frames, bubble, box } = await streamed(page, locale, greeting.match(/\s*\S+/gu)!);
      const whole = frames.at(-1)!;
      expect(solid(whole)).toBe(solid(greeting));
      for (const frame of frames) expect(whole.startsWith(frame)).toBe(true);
      expect(new Set(frames).size).toBeGreaterThan(5);
      expect(solid(box)).toBe(solid(greeting));
      expect(bubble.lines.length).toBeGreaterThan(1);
      for (const { left, right } of bubble.lines) {
        if (RTL.includes(locale)) expect(right).toBeLessThan(AT_EDGE);
        else expect(left).toBeLessThan(AT_EDGE);
      }
    });

    it('puts together what arrives in the middle of graphemes', async () => {
      const greeting = greetingOf('en-GB');
      const { frames } = await streamed(page, 'en-GB', Array.from(greeting));
      expect(solid(frames.at(-1)!)).toBe(solid(greeting));
    });

    it('keeps lines from right to left at the right when they are magnified', async () => {
      await page.evaluate(() => window.room.cameras.main.setZoom(2));
      const { bubble } = await streamed(page, 'he', [greetingOf('he')]);
      await page.evaluate(() => window.room.cameras.main.setZoom(1));
      expect(bubble.resolution).toBe(2);
      expect(bubble.lines.length).toBeGreaterThan(1);
      for (const { right } of bubble.lines) expect(right).toBeLessThan(AT_EDGE);
    });

    it('begins with the first letters at the edge where they stay, while the bubble grows', async () => {
      for (const [locale, side] of [['he', 'right'] as const, ['de', 'left'] as const]) {
        const { edges } = await streamed(page, locale, greetingOf(locale).match(/\s*\S+/gu)!);
        const from = edges.map((edge) => Math.round(edge[side]));
        // Hebrew that begins with "Mira" is known to be Hebrew from its second word on.
        expect(new Set(from.slice(locale === 'he' ? -20 : 0)).size).toBe(1);
      }
    });

    it('mirrors the box for a name from right to left', async () => {
      const edges = new Set<number>();
      for (const locale of ['he', 'de']) {
        await streamed(page, locale, ['.']);
        const { choices, field } = await page.evaluate(() => {
          const { box } = window.room;
          const list = box.container.list.at(-1) as unknown as {
            list: { x: number; width: number; type: string }[];
          };
          const zones = list.list.filter(({ type }) => type === 'Zone');
          return {
            choices: zones.map(({ x, width }) => ({ left: x, right: x + width })),
            field: getComputedStyle(box.input.element).direction,
          };
        });
        expect(choices).toHaveLength(2);
        for (const { left, right } of choices) edges.add(locale === 'he' ? left : 800 - right);
        expect(field).toBe(locale === 'he' ? 'rtl' : 'ltr');
      }
      // As far from the box's side in both, beside its buttons, which are two of 24 pixels and more.
      expect(edges.size).toBe(1);
      expect([...edges][0]).toBeGreaterThan(20 + 2 * 24);
    });

    it('reads lines to screen readers with their language and direction', async () => {
      const lines = await page.evaluate(() =>
        Array.from(
          document.querySelectorAll<HTMLElement>('.parley-live p'),
          ({ lang, dir }) => `${lang} ${dir}`,
        ),
      );
      expect(lines).toContain('he rtl');
      expect(lines).toContain('de ltr');
    });

    it('logs no error', () => {
      expect(errors).toEqual([]);
    });
  });

  it('takes the direction of the field from what is typed, and leaves the keys of a composition alone', async () => {
    const { page, errors } = await enter();
    await page.evaluate(() => window.room.speak('de'));
    const direction = () => page.$eval('.parley-input', (field) => getComputedStyle(field).direction);
    await page.focus('.parley-input');
    await page.keyboard.insertText('שלום');
    expect(await direction()).toBe('rtl');
    // Safari ends the composition first; only the old key code tells then.
    const left = await page.$eval('.parley-input', (field) => {
      for (const key of ['Enter', 'Escape']) {
        field.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, keyCode: 229, bubbles: true }));
      }
      return (field as HTMLInputElement).value;
    });
    expect(left).toBe('שלום');
    expect(await page.evaluate(() => window.room.box.isOpen)).toBe(true);
    await page.keyboard.press('Enter');
    expect(await page.inputValue('.parley-input')).toBe('');
    expect(await direction()).toBe('ltr');
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('draws with the system font what a pixel font has no letters for', async () => {
    const { page, errors } = await enter('?pixel');
    for (const [locale, type] of [['ar', 'Text'] as const, ['de', 'BitmapText'] as const]) {
      const { frames, bubble } = await streamed(page, locale, greetingOf(locale).match(/\s*\S+/gu)!);
      expect(bubble.type).toBe(type);
      if (locale === 'ar') expect(solid(frames.at(-1)!)).toBe(solid(greetingOf(locale)));
      expect(frames.at(-1)).not.toContain('??');
    }
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

/** Speaks a language and streams a line beside it; resolves when all is typed. Edges and gaps are in pixels. */
function streamed(page: Page, locale: string, pieces: string[]) {
  return page.evaluate(
    async ([language, parts, greeting]) => {
      const room = window.room;
      room.speak(language);
      // Looked up anew: the system font's text joins the bitmap's when it is first needed.
      const shown = () =>
        (room.bubble.container.list as unknown as Shown[]).find(
          ({ type, visible }) => type.endsWith('Text') && visible,
        )!;
      const frames: string[] = [];
      const edges: { left: number; right: number }[] = [];
      room.bubble.setTurbo(3);
      room.box.setTurbo(8);
      void room.stream(parts, 30);
      const plain = (text: string) => text.replace(/[\s\u00ad-]/gu, '');
      const until = performance.now() + 10_000;
      let gaps: ReturnType<typeof gapsOf> | undefined;
      while (!gaps || plain(room.box.shownText) !== plain(greeting)) {
        if (performance.now() > until)
          throw new Error(`The lines of ${language} were not typed in ten seconds.`);
        await new Promise(requestAnimationFrame);
        const text = shown();
        if (text.text === '') continue;
        frames.push(text.text);
        const { x, scaleX } = room.bubble.container;
        const left = x + (text.x - text.originX * text.width) * scaleX;
        edges.push({ left, right: left + text.width * scaleX });
        if (room.bubble.state === 'reading') gaps ??= gapsOf(text);
      }
      const text = shown();
      return {
        frames,
        edges,
        box: room.box.shownText,
        bubble: { type: text.type, resolution: text.style?.resolution, lines: gaps },
      };

      /** From each line's ink to the sides of the room for it. */
      function gapsOf({ canvas, context, padding, style, text: drawn, lineSpacing }: Shown) {
        if (!canvas || !context || !padding || !style) return [];
        const { resolution } = style;
        const pitch = style.getTextMetrics().fontSize + lineSpacing;
        return drawn.split('\n').map((_, line) => {
          // The middle of the line: marks of the neighbours reach into its edges.
          const top = Math.round((padding.top + line * pitch + pitch * 0.3) * resolution);
          const { data, width } = context.getImageData(
            0,
            top,
            canvas.width,
            Math.round(pitch * 0.4 * resolution),
          );
          const inked: number[] = [];
          for (let i = 3; i < data.length; i += 4) if (data[i]! > 64) inked.push(((i - 3) / 4) % width);
          return {
            left: inked.reduce((a, b) => Math.min(a, b), width) / resolution - padding.left,
            right: (width - 1 - inked.reduce((a, b) => Math.max(a, b), 0)) / resolution - padding.right,
          };
        });
      }
    },
    [locale, pieces, greetingOf(locale)] as const,
  );
}

/** A text object or a bitmap text, as far as it is looked at. */
interface Shown {
  readonly type: string;
  readonly visible: boolean;
  readonly text: string;
  readonly x: number;
  readonly width: number;
  readonly originX: number;
  readonly lineSpacing: number;
  readonly canvas?: HTMLCanvasElement;
  readonly context?: CanvasRenderingContext2D;
  readonly padding?: { readonly left: number; readonly right: number; readonly top: number };
  readonly style?: { readonly resolution: number; getTextMetrics(): { readonly fontSize: number } };
}
