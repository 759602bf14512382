/** What screen readers are told: the canvas says nothing to them. */
import type * as Phaser from 'phaser';

/** The last few stay, so that they can be read again. */
const KEPT = 40;

let news: HTMLElement | undefined;

/** An element that only screen readers find. `display: none` would hide it from them too. */
export function unseen(game: Phaser.Game, role: string): HTMLElement {
  const element = document.createElement('div');
  element.setAttribute('role', role);
  element.style.cssText =
    'position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap';
  game.canvas.parentElement?.append(element);
  return element;
}

/** Names the canvas, which has the keys while no menu is open, and makes room for news. */
export function introduceGame(game: Phaser.Game): void {
  const { canvas } = game;
  canvas.tabIndex = 0;
  canvas.style.outline = 'none';
  // Readers that have keys of their own leave these to the game.
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-label', game.config.gameTitle);
  news = unseen(game, 'log');
  news.setAttribute('aria-live', 'polite');
}

/** Tells what just happened, when whatever is being read has come to its end. */
export function announce(text: string): void {
  const line = document.createElement('p');
  line.textContent = text;
  news?.append(line);
  while (news && news.childElementCount > KEPT) news.firstElementChild?.remove();
}

/** Takes the focus, unless something else of the page has it: a text field, the inspector. */
export function takeFocus(element: HTMLElement): void {
  const { activeElement } = document;
  const free =
    !activeElement ||
    activeElement === document.body ||
    activeElement instanceof HTMLCanvasElement ||
    activeElement.closest('[data-mirror]') !== null;
  if (free) element.focus({ preventScroll: true });
}
