/** What screen readers are told: the canvas says nothing to them. */
import type * as Phaser from 'phaser';

/** The last few stay, so that they can be read again. */
const KEPT = 40;

/** What a reader's click sends along is none of the game's. */
const POINTER_EVENTS = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'touchstart', 'touchend'];

let news: HTMLElement | undefined;

/** An element that only screen readers find. `display: none` would hide it from them too. */
export function unseen(game: Phaser.Game, role: string): HTMLElement {
  const element = document.createElement('div');
  element.setAttribute('role', role);
  element.dataset.unseen = '';
  for (const type of POINTER_EVENTS) element.addEventListener(type, (event) => event.stopPropagation());
  element.style.cssText =
    'position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap';
  game.canvas.parentElement?.append(element);
  return element;
}

/** No button of the browser's: Enter would reach it, and the game. */
export function readerItem(role: string, name: string): HTMLElement {
  const made = document.createElement('div');
  made.setAttribute('role', role);
  made.tabIndex = -1;
  // As a label: a slider has no name of its content.
  made.setAttribute('aria-label', name);
  return made;
}

/** A button that is none of a menu's: it has its keys, which are else the game's. */
export function readerButton(name: string, act: () => void): HTMLElement {
  const button = readerItem('button', name);
  button.addEventListener('click', act);
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.stopPropagation();
    act();
  });
  return button;
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
    activeElement.closest('[data-unseen]') !== null;
  if (free) element.focus({ preventScroll: true });
}
