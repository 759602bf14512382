import type { ParleyPlugin } from '../phaser/parley-plugin.js';
import type { Problem } from '../phaser/problem-log.js';
import { button, element } from './dom.js';
import { problemText } from './problem-text.js';
import type { Tab } from './tab.js';

/** What went wrong while the game went on: code, what was got and expected, and the remedy. */
export class LogTab implements Tab {
  readonly id = 'log';
  readonly label = 'Log';
  readonly periodMs = 500;
  readonly element = element('div');
  readonly #parley: ParleyPlugin;
  readonly #list = element('div');
  readonly #hint = element('span', { class: 'quiet', role: 'status' });
  #shown: readonly Problem[] | undefined;

  constructor(parley: ParleyPlugin) {
    this.#parley = parley;
    this.element.append(
      element('div', { class: 'row' }, [button('Copy as text', () => void this.#copy()), this.#hint]),
      this.#list,
    );
  }

  refresh(): void {
    const { problems } = this.#parley;
    if (problems === this.#shown) return;
    this.#shown = problems;
    const entries = [...problems].reverse().map(entryOf);
    const none = element('p', { class: 'quiet' }, ['Nothing went wrong so far.']);
    this.#list.replaceChildren(...(entries.length > 0 ? entries : [none]));
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(problemText(this.#parley.problems));
      this.#hint.textContent = 'Copied.';
    } catch {
      // Plain http has no clipboard, and a player may forbid it.
      getSelection()?.selectAllChildren(this.#list);
      this.#hint.textContent = 'The browser does not allow it: the text is selected, press Ctrl+C.';
    }
  }
}

function entryOf({ time, level, code, message, hint }: Problem): HTMLElement {
  return element('div', { class: `entry ${level}` }, [
    element('div', {}, [element('code', {}, [code]), ` ${new Date(time).toLocaleTimeString()} ${level}`]),
    element('p', {}, [message]),
    hint === undefined ? undefined : element('p', { class: 'quiet' }, [hint]),
  ]);
}
