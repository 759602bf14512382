import * as Phaser from 'phaser';
import { COLORS } from '../hud/style.js';
import type { Area, RowView } from './rows.js';

const BAR_WIDTH = 2;
/** From the rows to the bar. */
const BAR_GAP = 5;
/** A finger that moved less than this, in pixels of art, wants the row. */
const DRAG = 6;

/** A list that is longer than its board: whole rows are shown, and wheel, finger and focus move it. */
export class RowScroll {
  readonly #boxes: readonly Phaser.GameObjects.Container[];
  readonly #areas: readonly Area[];
  readonly #room: Area;
  readonly #thumb: Phaser.GameObjects.Rectangle;
  readonly #moved: () => void;
  /** The first row that is shown. */
  #top = 0;
  #dragged = false;

  /** @param moved called when wheel or finger moved the list */
  constructor(
    scene: Phaser.Scene,
    rows: readonly RowView[],
    zones: ReadonlyMap<number, Phaser.GameObjects.Zone>,
    areas: readonly Area[],
    room: Area,
    moved: () => void,
  ) {
    this.#areas = areas;
    this.#room = room;
    this.#moved = moved;
    this.#boxes = rows.map(({ objects }, i) => {
      const zone = zones.get(i);
      return scene.add.container(0, 0, zone ? [...objects, zone] : [...objects]);
    });
    const barX = room.x + room.width + BAR_GAP;
    scene.add.rectangle(barX, room.y, BAR_WIDTH, room.height, COLORS.muted, 0.4).setOrigin(0);
    this.#thumb = scene.add.rectangle(barX, room.y, BAR_WIDTH, 1, COLORS.name).setOrigin(0);
    this.#listen(scene);
    this.#show();
  }

  /** How far the rows are moved up. */
  get offset(): number {
    return this.#areas[this.#top]!.y - this.#room.y;
  }

  /** Whether the finger that is down, or was just lifted, moved the list. */
  get dragged(): boolean {
    return this.#dragged;
  }

  /** Moves the list no further than a row needs to be seen. */
  reveal(index: number): void {
    let top = Math.min(this.#top, index);
    while (!this.#fits(index, top)) top++;
    this.#moveTo(top);
  }

  /** The row that is seen and next to this one; -1 where none of those that are seen may be chosen. */
  nearest(index: number, may: (index: number) => boolean): number {
    const seen = this.#areas.map((_area, i) => i).filter((i) => this.#seen(i) && may(i));
    return seen.reduce(
      (best, i) => (best < 0 || Math.abs(i - index) < Math.abs(best - index) ? i : best),
      -1,
    );
  }

  #listen(scene: Phaser.Scene): void {
    const { input } = scene;
    input.on(Phaser.Input.Events.POINTER_WHEEL, (...[, , , dy]: [unknown, unknown, unknown, number]) => {
      if (dy !== 0) this.#step(Math.sign(dy));
    });
    let from = 0;
    input.on(Phaser.Input.Events.POINTER_DOWN, ({ y }: Phaser.Input.Pointer) => {
      from = y;
      this.#dragged = false;
    });
    input.on(Phaser.Input.Events.POINTER_MOVE, ({ isDown, y }: Phaser.Input.Pointer) => {
      if (!isDown) return;
      if (Math.abs(y - from) >= DRAG) this.#dragged = true;
      const pitch = this.#areas[this.#top]!.height;
      if (Math.abs(y - from) < pitch) return;
      this.#step(Math.sign(from - y));
      from = y;
    });
  }

  #step(by: number): void {
    const top = this.#top + by;
    if (top < 0 || (by > 0 && this.#fits(this.#areas.length - 1, this.#top))) return;
    this.#moveTo(top);
    this.#moved();
  }

  #moveTo(top: number): void {
    if (top === this.#top) return;
    this.#top = top;
    this.#show();
  }

  #show(): void {
    const { offset } = this;
    this.#boxes.forEach((box, i) => {
      box.setY(-offset).setVisible(this.#seen(i));
    });
    const last = this.#areas.at(-1)!;
    const whole = last.y + last.height - this.#room.y;
    const height = Math.round((this.#room.height * this.#room.height) / whole);
    const atEnd = this.#fits(this.#areas.length - 1, this.#top);
    const way = this.#room.height - height;
    const y = atEnd ? way : Math.min(way, Math.round((offset * this.#room.height) / whole));
    this.#thumb.setPosition(this.#thumb.x, this.#room.y + y).setSize(BAR_WIDTH, height);
  }

  #seen(index: number): boolean {
    return index >= this.#top && this.#fits(index, this.#top);
  }

  /** Whether a row is wholly seen when the list begins with another one. */
  #fits(index: number, top: number): boolean {
    const { y, height } = this.#areas[index]!;
    return index === top || y + height - this.#areas[top]!.y <= this.#room.height;
  }
}
