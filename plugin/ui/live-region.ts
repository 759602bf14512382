import { textDirection } from './text-direction.js';

/** Reads spoken lines to screen readers: the canvas says nothing to them. */
export class LiveRegion {
  readonly #element: HTMLElement;

  constructor(parent: HTMLElement) {
    this.#element = document.createElement('div');
    this.#element.className = 'parley-live';
    this.#element.setAttribute('role', 'log');
    this.#element.setAttribute('aria-live', 'polite');
    // `display: none` would hide it from screen readers too.
    this.#element.style.cssText =
      'position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap';
    parent.append(this.#element);
  }

  /**
   * Adds a whole line; the last few stay, so that they can be read again.
   * @param lang chooses the voice; default the page's language
   */
  say(line: string, lang?: string): void {
    const paragraph = document.createElement('p');
    paragraph.dir = textDirection(line);
    if (lang !== undefined) paragraph.lang = lang;
    paragraph.textContent = line;
    this.#element.append(paragraph);
    while (this.#element.childElementCount > 20) this.#element.firstElementChild?.remove();
  }

  destroy(): void {
    this.#element.remove();
  }
}
