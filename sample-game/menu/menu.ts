import * as Phaser from 'phaser';
import { restWhenStill } from '../settings/rest-when-still.js';
import { playSound } from '../sound.js';
import { type Mirror, mirrorItem, mirrorOf } from './mirror.js';
import { onPad } from './pad.js';
import { RowScroll } from './row-scroll.js';
import { type Area, createRow, type MenuRow, PICTURE_CARD_HEIGHT, type RowView } from './rows.js';

const GAP = 2;
const CARD_HEIGHT = 29;
/** A row of buttons is no lower than it can be read, and no higher than a thumb. */
const MIN_ROW_HEIGHT = 16;
const MAX_ROW_HEIGHT = 22;
const MAX_TOUCH_ROW_HEIGHT = 30;

/** A list of rows with one of them in focus: arrow keys and Enter, mouse, touch, gamepad. */
export class Menu {
  /** Height of all rows, or what they may take. */
  readonly height: number;
  readonly #scene: Phaser.Scene;
  readonly #rows: readonly RowView[];
  readonly #areas: readonly Area[];
  readonly #cursor: Phaser.GameObjects.Sprite;
  readonly #mirror: Mirror;
  /** Undefined where all rows fit. */
  readonly #scroll: RowScroll | undefined;
  #focused = -1;

  /** @param area what the rows may take; @param first the row in focus, or the first one that is enabled */
  constructor(scene: Phaser.Scene, rows: readonly MenuRow[], area: Area, first = 0) {
    this.#scene = scene;
    this.#areas = layOutRows(rows, area);
    const last = this.#areas.at(-1);
    const height = last ? last.y + last.height - area.y : 0;
    this.height = Math.min(height, area.height);
    this.#rows = rows.map((row, i) => createRow(scene, row, this.#areas[i]!));
    this.#cursor = this.#createCursor();
    for (const row of this.#rows) row.show(false);
    const zones = this.#listen();
    if (height > area.height) {
      this.#scroll = new RowScroll(scene, this.#rows, zones, this.#areas, area, () => this.#follow());
    }
    this.#mirror = mirrorOf(scene);
    this.#mirror.list(rows.map(mirrorItem), {
      focus: (index) => this.#focus(index),
      confirm: (index) => {
        this.#focus(index);
        this.confirm();
      },
    });
    const start = this.#rows[first]?.enabled ? first : this.#next(first, 1);
    if (start >= 0) this.#focus(start);
  }

  /** Index of the row in focus; -1 where none can be chosen. */
  get focused(): number {
    return this.#focused;
  }

  move(step: -1 | 1): void {
    const next = this.#next(this.#focused, step);
    if (next < 0 || next === this.#focused) return;
    this.#focus(next);
    playSound(this.#scene, 'select');
  }

  confirm(): void {
    this.#rows[this.#focused]?.confirm();
    this.#mirror.refresh();
  }

  /** Draws anew what rows tell of things that change. */
  refresh(): void {
    for (const [i, row] of this.#rows.entries()) row.show(i === this.#focused);
  }

  /** @returns what takes pointers, for each row that can be chosen */
  #listen(): Map<number, Phaser.GameObjects.Zone> {
    const keyboard = this.#scene.input.keyboard;
    keyboard?.on(Phaser.Input.Keyboard.Events.ANY_KEY_DOWN, (event: KeyboardEvent) => this.#onKey(event));
    onPad(this.#scene, (button) => {
      if (button === 'up' || button === 'down') this.move(button === 'up' ? -1 : 1);
      else if (button === 'left' || button === 'right') this.#adjust(button === 'left' ? -1 : 1);
      else if (button === 'confirm') this.confirm();
    });
    const zones = new Map<number, Phaser.GameObjects.Zone>();
    this.#rows.forEach((row, i) => {
      const { x, y, width, height } = this.#areas[i]!;
      if (!row.enabled) return;
      const zone = this.#scene.add.zone(x, y, width, height + GAP).setOrigin(0);
      zone.setInteractive({ useHandCursor: true });
      zones.set(i, zone);
      zone.on(Phaser.Input.Events.GAMEOBJECT_POINTER_OVER, () => this.#focus(i));
      let down = false;
      zone.on(Phaser.Input.Events.GAMEOBJECT_POINTER_DOWN, () => {
        down = true;
        this.#focus(i);
      });
      zone.on(Phaser.Input.Events.GAMEOBJECT_POINTER_UP, (_pointer: unknown, localX: number) => {
        // A finger that came down elsewhere, or on what was here before, chooses nothing.
        if (down && !this.#scroll?.dragged) row.tap(localX);
        down = false;
        this.#mirror.refresh();
      });
    });
    return zones;
  }

  #onKey(event: KeyboardEvent): void {
    const { key } = event;
    if (key === 'ArrowUp' || key === 'ArrowDown') this.move(key === 'ArrowUp' ? -1 : 1);
    else if (key === 'ArrowLeft' || key === 'ArrowRight') this.#adjust(key === 'ArrowLeft' ? -1 : 1);
    else if (event.repeat) return;
    else if (key === 'Tab') {
      event.preventDefault();
      this.move(event.shiftKey ? -1 : 1);
    } else if (key === 'Enter' || key === ' ') this.confirm();
  }

  #adjust(step: -1 | 1): void {
    this.#rows[this.#focused]?.adjust(step);
    this.#mirror.refresh();
  }

  #focus(index: number): void {
    if (index === this.#focused) return;
    this.#rows[this.#focused]?.show(false);
    this.#focused = index;
    this.#rows[index]!.show(true);
    this.#scroll?.reveal(index);
    this.#placeCursor();
    this.#mirror.focus(index);
  }

  #placeCursor(): void {
    const { x, y, height } = this.#areas[this.#focused]!;
    const middle = y - (this.#scroll?.offset ?? 0) + Math.floor(height / 2) - 1;
    this.#cursor.setPosition(x - 7, middle).setVisible(true);
  }

  /** The list was moved by wheel or finger: the focus stays on what is seen. */
  #follow(): void {
    const index = this.#scroll!.nearest(this.#focused, (i) => this.#rows[i]!.enabled);
    if (index === this.#focused || index < 0) this.#placeCursor();
    else this.#focus(index);
  }

  /** The next row that can be chosen, around the ends. */
  #next(from: number, step: -1 | 1): number {
    const count = this.#rows.length;
    for (let n = 1; n <= count; n++) {
      const index = (from + n * step + n * count) % count;
      if (this.#rows[index]?.enabled) return index;
    }
    return -1;
  }

  #createCursor(): Phaser.GameObjects.Sprite {
    const { anims } = this.#scene;
    if (!anims.exists('cursor')) {
      const frames = anims.generateFrameNames('ui', { prefix: 'cursor-', start: 0, end: 1 });
      anims.create({ key: 'cursor', frames, frameRate: 3, repeat: -1 });
    }
    const cursor = this.#scene.add.sprite(0, 0, 'ui', 'cursor-0').setVisible(false).setDepth(1);
    cursor.play('cursor');
    restWhenStill(this.#scene, [cursor.anims]);
    return cursor;
  }
}

/** The height that rows would like to have. @param pictures the cards have pictures */
export function heightOf(buttons: number, cards = 0, pictures = false): number {
  const touch = matchMedia('(pointer: coarse)').matches;
  const rowHeight = touch ? MAX_TOUCH_ROW_HEIGHT : MAX_ROW_HEIGHT;
  return buttons * (rowHeight + GAP) + cards * ((pictures ? PICTURE_CARD_HEIGHT : CARD_HEIGHT) + GAP) - GAP;
}

/** Shares the height among the rows: cards have theirs, those with pictures as much as there is, the others the rest. */
function layOutRows(rows: readonly MenuRow[], area: Area): Area[] {
  const cards = rows.filter(({ kind }) => kind === 'card').length;
  const touch = matchMedia('(pointer: coarse)').matches;
  const room = area.height - (rows.length - 1) * GAP;
  const pictures = rows.some((row) => row.kind === 'card' && row.picture);
  const spared = (rows.length - cards) * (touch ? MAX_ROW_HEIGHT : MIN_ROW_HEIGHT);
  const cardHeight = pictures
    ? Math.max(CARD_HEIGHT, Math.min(PICTURE_CARD_HEIGHT, Math.floor((room - spared) / cards)))
    : CARD_HEIGHT;
  const free = room - cards * cardHeight;
  const most = touch ? MAX_TOUCH_ROW_HEIGHT : MAX_ROW_HEIGHT;
  const share = Math.floor(free / Math.max(1, rows.length - cards));
  // A list that must be scrolled anyway need not be low.
  const rowHeight = share < MIN_ROW_HEIGHT ? most : Math.min(most, share);
  let { y } = area;
  return rows.map(({ kind }) => {
    const height = kind === 'card' ? cardHeight : rowHeight;
    const placed = { x: area.x, y, width: area.width, height };
    y += height + GAP;
    return placed;
  });
}
