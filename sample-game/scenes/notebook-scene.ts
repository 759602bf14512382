import * as Phaser from 'phaser';
import { centre, label } from '../hud/label.js';
import type { VillageParts } from '../hud/village-hud.js';
import { mirrorOf } from '../menu/mirror.js';
import { OverlayScene } from '../menu/overlay-scene.js';
import { onPad } from '../menu/pad.js';
import { addVeil } from '../menu/panel.js';
import type { Area } from '../menu/rows.js';
import { playSound } from '../sound.js';
import { feelingWords } from '../story/feeling-words.js';
import { CLUES, ITEMS, objective } from '../story/quest.js';
import { pictureHeight } from '../view.js';

const PAPER = { ink: 0x341f30, title: 0xa53d40, pale: 0xb07e74 };
const TABS = ['Clues', 'Things', 'People'] as const;
const TAB_HEIGHT = 22;
const PADDING = 13;
const GAP = 5;

/** What is written on the page: a picture perhaps, a title and a text. */
interface Note {
  readonly picture?: { readonly texture: string; readonly frame: string; readonly y: number };
  readonly title: string;
  readonly text?: string;
}

/** What the player knows, carries, and whom they met. */
export class NotebookScene extends OverlayScene {
  #tab = 0;
  #page = 0;
  #paper: Phaser.GameObjects.Container | undefined;
  #pages = 1;

  constructor() {
    super('notebook');
  }

  protected override build(): void {
    addVeil(this);
    const book = this.#bookArea();
    this.add
      .nineslice(book.x, book.y, 'ui', 'panel-parchment', book.width, book.height, 10, 10, 10, 10)
      .setOrigin(0);
    this.#paper = undefined;
    const tabs = TABS.map((name, i) => this.#addTab(name, i, book));
    const show = () => {
      for (const [i, tab] of tabs.entries()) tab.setFrame(i === this.#tab ? 'button-hover' : 'button-up');
      this.#write(book);
      mirrorOf(this).focus(this.#tab);
    };
    const turn = (tab: number, page: number) => {
      this.#tab = (tab + TABS.length) % TABS.length;
      this.#page = Math.max(0, Math.min(page, this.#pages - 1));
      playSound(this, 'select');
      show();
    };
    for (const [i, tab] of tabs.entries()) {
      tab.on(Phaser.Input.Events.GAMEOBJECT_POINTER_DOWN, () => turn(i, 0));
    }
    this.#listenToKeys(turn);
    this.#mirror(turn);
    const paper = this.add.zone(book.x, book.y, book.width, book.height).setOrigin(0).setInteractive();
    paper.on(Phaser.Input.Events.GAMEOBJECT_POINTER_DOWN, () => {
      if (this.#pages > 1) turn(this.#tab, (this.#page + 1) % this.#pages);
    });
    show();
  }

  /** Its tabs, for screen readers; what is written on the page is told by `#write`. */
  #mirror(turn: (tab: number, page: number) => void): void {
    const mirror = mirrorOf(this);
    mirror.name('Notebook', () => this.close());
    const open = (tab: number) => {
      if (tab !== this.#tab) turn(tab, 0);
    };
    mirror.list(
      TABS.map((name) => ({ name })),
      { focus: open, confirm: open },
      true,
    );
  }

  #listenToKeys(turn: (tab: number, page: number) => void): void {
    const moves: Readonly<Record<string, () => void>> = {
      left: () => turn(this.#tab - 1, 0),
      right: () => turn(this.#tab + 1, 0),
      up: () => turn(this.#tab, this.#page - 1),
      down: () => turn(this.#tab, this.#page + 1),
    };
    for (const [name, move] of Object.entries(moves)) {
      this.input.keyboard?.on(`keydown-${name.toUpperCase()}`, move);
    }
    onPad(this, (button) => moves[button]?.());
    for (const key of ['keydown-N', 'keydown-TAB', 'keydown-ENTER']) {
      this.input.keyboard?.on(key, this.close, this);
    }
  }

  #bookArea(): Area {
    const { width, height } = this.scale;
    const picture = pictureHeight({ width, height });
    const size = { width: Math.min(288, width - 16), height: Math.min(220, picture - 12 - TAB_HEIGHT) };
    return {
      ...size,
      x: Math.round((width - size.width) / 2),
      y: Math.round((picture - size.height + TAB_HEIGHT) / 2) - 2,
    };
  }

  #addTab(name: string, index: number, { x, y, width }: Area): Phaser.GameObjects.NineSlice {
    const tabWidth = Math.min(64, Math.floor((width - 44) / TABS.length));
    const tabX = x + 8 + index * (tabWidth + 2);
    const tab = this.add
      .nineslice(tabX, y - TAB_HEIGHT + 3, 'ui', 'button-up', tabWidth, TAB_HEIGHT, 6, 6, 6, 7)
      .setOrigin(0)
      .setInteractive({ useHandCursor: true });
    centre(label(this, 0, y - TAB_HEIGHT + 6, name), tabX + tabWidth / 2);
    if (index === 0) this.#addClose(x + width - 30, y);
    return tab;
  }

  #addClose(x: number, y: number): void {
    const plate = this.add.nineslice(x, y - TAB_HEIGHT + 3, 'ui', 'button-up', 22, TAB_HEIGHT, 6, 6, 6, 7);
    plate.setOrigin(0).setInteractive({ useHandCursor: true });
    this.add.image(x + 11, y - TAB_HEIGHT + 13, 'ui', 'icon-close');
    plate.on(Phaser.Input.Events.GAMEOBJECT_POINTER_UP, this.close, this);
  }

  /** Writes the open page: as many notes as fit. */
  #write(book: Area): void {
    this.#paper?.destroy();
    const paper = this.add.container(0, 0);
    this.#paper = paper;
    const width = book.width - 2 * PADDING;
    const goal = this.#goal(book, width);
    paper.add(goal.objects);
    const top = goal.bottom;
    const read: string[] = [];
    const bottom = book.y + book.height - PADDING + 2;
    let y = top;
    let page = 0;
    for (const note of this.#notes()) {
      const drawn = this.#drawNote(note, book.x + PADDING, width);
      if (y + drawn.height > bottom && y > top) {
        page++;
        y = top;
      }
      for (const object of drawn.objects) object.y += y;
      if (page === this.#page) {
        paper.add(drawn.objects as Phaser.GameObjects.GameObject[]);
        read.push([note.title, note.text ?? ''].join('. '));
      } else for (const object of drawn.objects) object.destroy();
      y += drawn.height + GAP;
    }
    this.#pages = page + 1;
    if (this.#pages > 1) {
      this.#addPageNumber(paper, book);
      read.push(`Page ${this.#page + 1} of ${this.#pages}`);
    }
    mirrorOf(this).tell(
      objective((key) => this.registry.get(key)),
      ...read,
    );
  }

  #goal({ x, y }: Area, width: number) {
    const text = label(
      this,
      x + PADDING + 19,
      y + 9,
      objective((key) => this.registry.get(key)),
      {
        color: PAPER.ink,
        maxWidth: width - 20,
      },
    );
    const icon = this.add.image(x + PADDING + 7, y + 16, 'ui', 'icon-quill').setTint(PAPER.title);
    const lineY = Math.round(text.y + text.height + 5);
    const line = this.add.image(x + PADDING + width / 2, lineY, 'ui', 'divider');
    return { objects: [text, icon, line], bottom: lineY + 6 };
  }

  #drawNote({ picture, title, text = '' }: Note, x: number, width: number) {
    const indent = picture ? 30 : 0;
    const top = picture ? 4 : 0;
    const heading = label(this, x + indent, top, title, { color: PAPER.title, maxWidth: width - indent });
    const body = label(this, x + indent, top + Math.ceil(heading.height) - 1, text, {
      color: PAPER.ink,
      maxWidth: width - indent,
    });
    const drawn = picture ? [this.add.image(x + 12, picture.y, picture.texture, picture.frame)] : [];
    const height = Math.max(body.y + Math.ceil(body.height), picture ? 2 * picture.y - 4 : 0);
    return { objects: [heading, body, ...drawn], height };
  }

  #addPageNumber(paper: Phaser.GameObjects.Container, { x, y, width, height }: Area): void {
    const text = label(this, 0, y + height - 20, `${this.#page + 1} / ${this.#pages}`, { color: PAPER.pale });
    paper.add(text.setX(x + width - PADDING - Math.ceil(text.width)));
  }

  #notes(): Note[] {
    const has = (key: string) => this.registry.get(key) === true;
    const nothing = (title: string, text: string): Note[] => [{ title, text }];
    if (this.#tab === 0) {
      const clues = CLUES.filter(({ id }) => has(`clue.${id}`));
      return clues.length > 0 ? clues : nothing('No clues yet', 'Someone here knows something. Ask.');
    }
    if (this.#tab === 1) {
      const items = ITEMS.filter(({ id }) => has(`item.${id}`)).map(({ id, title }) => ({
        picture: { texture: 'ui', frame: `item-${id}`, y: 11 },
        title,
      }));
      return items.length > 0 ? items : nothing('Empty pockets', 'What people give you is listed here.');
    }
    const people = this.#people();
    return people.length > 0 ? people : nothing('Strangers', 'You have not met anyone yet.');
  }

  /** Who was met, and how they stand to the player. */
  #people(): Note[] {
    const { villagers } = this.scene.get('village') as VillageParts;
    return villagers
      .map(({ npc }) => npc)
      .filter(({ id }) => this.registry.get(`met.${id}`) === true)
      .map(({ id, persona, relations }) => ({
        picture: { texture: 'characters', frame: `${id}-idle-down-0`, y: 19 },
        title: persona.identity.name,
        text: feelingWords(relations.player),
      }));
  }
}
