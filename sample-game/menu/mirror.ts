/**
 * What the menu of a scene shows, once more as elements for screen readers: title, text and items. The item in focus has
 * the page's focus too, keys reach the game as ever, and a click that a reader sends does what Enter does.
 */
import type * as Phaser from 'phaser';
import { listen } from '../listen.js';
import type { MenuRow } from './rows.js';
import { readerButton, readerItem, takeFocus, unseen } from './screen-reader.js';

export interface MirrorItem {
  readonly name: string;
  readonly enabled?: boolean;
  /** Of what has a value: its place among the others, the last one, and what it is called. */
  readonly value?: () => { readonly now: number; readonly most: number; readonly text: string };
}

interface Choosing {
  /** A reader has moved to an item. */
  focus(index: number): void;
  /** As Enter does. */
  confirm(index: number): void;
}

const mirrors = new WeakMap<Phaser.Scene, Mirror>();
let count = 0;

/** The mirror of a scene, as long as the scene lasts. */
export function mirrorOf(scene: Phaser.Scene): Mirror {
  const known = mirrors.get(scene);
  if (known) return known;
  const made = new Mirror(scene);
  mirrors.set(scene, made);
  scene.events.once('shutdown', () => {
    mirrors.delete(scene);
    made.destroy();
  });
  return made;
}

/** How a row is told. */
export function mirrorItem(row: MenuRow): MirrorItem {
  switch (row.kind) {
    case 'button': {
      const words = [row.label, ...(row.value === undefined ? [] : [row.value])];
      return { name: words.join(', '), enabled: row.enabled ?? true };
    }
    case 'card': {
      const words = [row.label, row.aside, row.detail].filter((part) => part !== '');
      return { name: words.join(', '), enabled: row.enabled ?? true };
    }
    case 'choice': {
      const value = () => ({
        now: row.index(),
        most: row.values.length - 1,
        text: row.values[row.index()] ?? '',
      });
      return { name: row.label, value };
    }
    case 'level': {
      const { most } = row;
      return {
        name: row.label,
        value: () => ({ now: row.level(), most, text: `${row.level()} of ${most}` }),
      };
    }
  }
}

export class Mirror {
  readonly #scene: Phaser.Scene;
  readonly #root: HTMLElement;
  readonly #title = document.createElement('h2');
  readonly #text = document.createElement('div');
  readonly #list = document.createElement('div');
  #items: readonly MirrorItem[] = [];
  #focused = -1;

  constructor(scene: Phaser.Scene) {
    this.#scene = scene;
    this.#root = unseen(scene.game, 'region');
    this.#root.dataset.mirror = scene.scene.key;
    this.#title.id = `mirror-${++count}`;
    this.#text.id = `${this.#title.id}-text`;
    this.#root.setAttribute('aria-labelledby', this.#title.id);
    this.#root.append(this.#title, this.#text, this.#list);
    // What waits below another menu is not there for readers either.
    listen(scene, scene.events, 'pause', () => {
      this.#root.hidden = true;
    });
    listen(scene, scene.events, 'resume', () => {
      this.#root.hidden = false;
      this.focus(this.#focused);
    });
  }

  /** @param close what the cross does; without one it is no dialog */
  name(title: string, close?: () => void): void {
    this.#title.textContent = title;
    if (!close) return;
    this.#root.setAttribute('role', 'dialog');
    this.#root.append(readerButton('Close', close));
  }

  /** What is read beside the items; what comes later is told as news. */
  tell(...paragraphs: string[]): void {
    this.#text.setAttribute('aria-live', 'polite');
    this.#root.setAttribute('aria-describedby', this.#text.id);
    this.#text.replaceChildren(
      ...paragraphs.map((words) => {
        const paragraph = document.createElement('p');
        paragraph.textContent = words;
        return paragraph;
      }),
    );
  }

  /**
   * The items in place of those before. Actions are a menu; where some have values, which no menu can hold, all are
   * sliders and buttons of a group; tabs are tabs.
   */
  list(items: readonly MirrorItem[], choosing: Choosing, tabs = false): void {
    const hasValues = items.some(({ value }) => value);
    this.#items = items;
    this.#focused = -1;
    this.#list.setAttribute('role', tabs ? 'tablist' : hasValues ? 'group' : 'menu');
    this.#list.setAttribute('aria-labelledby', this.#title.id);
    if (tabs) this.#text.setAttribute('role', 'tabpanel');
    this.#list.replaceChildren(
      ...items.map(({ name, enabled = true, value }, index) => {
        const role = value ? 'slider' : tabs ? 'tab' : hasValues ? 'button' : 'menuitem';
        const item = readerItem(role, name);
        if (!enabled) item.setAttribute('aria-disabled', 'true');
        item.addEventListener('focus', () => enabled && choosing.focus(index));
        item.addEventListener('click', () => enabled && choosing.confirm(index));
        return item;
      }),
    );
    this.refresh();
  }

  /** The item in focus; -1 is none. */
  focus(index: number): void {
    this.#focused = index;
    this.refresh();
    const item = this.#list.children[index];
    if (item instanceof HTMLElement && !this.#root.hidden) takeFocus(item);
  }

  /** Reads all values anew. */
  refresh(): void {
    this.#items.forEach(({ value }, index) => {
      const item = this.#list.children[index] as HTMLElement;
      // One of them can be reached by Tab, as in every list of the kind.
      item.tabIndex = index === Math.max(0, this.#focused) ? 0 : -1;
      if (item.getAttribute('role') === 'tab') {
        item.setAttribute('aria-selected', String(index === this.#focused));
      }
      if (!value) return;
      const { now, most, text } = value();
      item.setAttribute('aria-valuemin', '0');
      item.setAttribute('aria-valuemax', String(most));
      item.setAttribute('aria-valuenow', String(now));
      item.setAttribute('aria-valuetext', text);
    });
  }

  /** The keys go back to the game, or to the menu that was below. */
  destroy(): void {
    const hadFocus = this.#root.contains(document.activeElement);
    this.#root.remove();
    if (hadFocus) takeFocus(this.#scene.game.canvas);
  }
}
