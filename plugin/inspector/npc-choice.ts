import type { ParleyPlugin } from '../phaser/parley-plugin.js';
import { element } from './dom.js';
import type { Npc } from './tab.js';

/** A field in which one of the live characters is chosen; at first, and where the chosen one is gone, whoever talks. */
export class NpcChoice {
  readonly element: HTMLElement;
  readonly #parley: ParleyPlugin;
  readonly #select: HTMLSelectElement;
  #ids = '';

  constructor(parley: ParleyPlugin) {
    this.#parley = parley;
    this.#select = element('select', { name: 'character' });
    this.element = element('label', { class: 'row' }, ['Character', this.#select]);
  }

  /** The one that is chosen now; undefined where nobody is alive. */
  get npc(): Npc | undefined {
    const members = this.#parley.cast.members();
    const ids = members.map(({ npc }) => npc.id);
    if (ids.join('/') !== this.#ids) {
      this.#ids = ids.join('/');
      const before = this.#select.value;
      const first = ids.includes(before)
        ? before
        : (members.find(({ talking }) => talking)?.npc.id ?? ids[0]);
      this.#select.replaceChildren(
        ...members.map(({ npc }) =>
          element('option', { value: npc.id }, [`${npc.persona.identity.name} (${npc.id})`]),
        ),
      );
      if (first !== undefined) this.#select.value = first;
    }
    return members.find(({ npc }) => npc.id === this.#select.value)?.npc;
  }
}
