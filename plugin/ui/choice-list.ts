import * as Phaser from 'phaser';
import type { ChoicesCorner } from './box-layout.js';
import type { Rect } from './css-rect.js';
import { FaceText } from './face-text.js';
import { Panel } from './panel.js';
import type { FaceStyle, PanelStyle } from './theme.js';
import { wrapLines } from './wrap.js';

export interface ListedChoice {
  readonly id: string;
  readonly text: string;
}

export interface ChoiceListStyle {
  readonly face: FaceStyle;
  readonly panel: PanelStyle;
  readonly selectedPanel: PanelStyle;
  readonly padding: number;
  readonly maxWidth: number;
  readonly gap: number;
}

/** What the list tells: a row is picked, or would be by Enter. */
export interface ChoiceListEvents {
  pick(choice: ListedChoice): void;
  select(choice: ListedChoice): void;
}

interface Row {
  readonly choice: ListedChoice;
  readonly face: FaceText;
  readonly plain: Panel;
  readonly selected: Panel;
  readonly zone: Phaser.GameObjects.Zone;
  readonly width: number;
  readonly height: number;
  readonly textY: number;
}

/** Choices as numbered rows above a corner; picked by mouse, touch, number or arrow keys. */
export class ChoiceList {
  readonly container: Phaser.GameObjects.Container;
  readonly #scene: Phaser.Scene;
  readonly #style: ChoiceListStyle;
  readonly #tell: ChoiceListEvents;
  #rows: Row[] = [];
  #selected = -1;
  /** The row on which a pointer went down: one that comes under a finger is not picked. */
  #pressed: Row | undefined;
  #shownAs = '';

  constructor(scene: Phaser.Scene, style: ChoiceListStyle, tell: ChoiceListEvents) {
    this.#scene = scene;
    this.#style = style;
    this.#tell = tell;
    this.container = scene.make.container({}, false);
  }

  get choices(): readonly ListedChoice[] {
    return this.#rows.map((row) => row.choice);
  }

  /** Where the rows are, the first one first. */
  get areas(): readonly Rect[] {
    return this.#rows.map(({ zone: { x, y, width, height } }) => ({ x, y, width, height }));
  }

  /** The row that Enter picks. */
  get selected(): ListedChoice | undefined {
    return this.#rows[this.#selected]?.choice;
  }

  /** @param leastHeight of a row, while there is room for it */
  set(choices: readonly ListedChoice[], corner: ChoicesCorner, leastHeight = 0): void {
    const shape = JSON.stringify([choices, corner, leastHeight]);
    if (shape === this.#shownAs || !this.container.scene) return;
    this.#shownAs = shape;
    this.container.removeAll(true);
    this.#selected = -1;
    this.#pressed = undefined;
    const room = corner.bottom - corner.top;
    const share = Math.floor(room / Math.max(1, choices.length)) - this.#style.gap;
    const maxWidth = corner.wide ? corner.maxWidth : Math.min(this.#style.maxWidth, corner.maxWidth);
    const least = { width: corner.wide ? maxWidth : 0, height: Math.min(leastHeight, share) };
    this.#rows = choices.map((choice, index) => this.#row(choice, index, maxWidth, least));
    let bottom = corner.bottom;
    for (const row of [...this.#rows].reverse()) {
      this.#drawRow(row, corner.side === 'right' ? corner.x - row.width : corner.x, bottom - row.height);
      bottom -= row.height + this.#style.gap;
    }
  }

  /** Moves the selection; from none, down goes to the first and up to the last. */
  move(step: -1 | 1): void {
    const count = this.#rows.length;
    if (count === 0) return;
    const from = this.#selected < 0 && step < 0 ? count : this.#selected;
    this.#select((from + step + count) % count);
  }

  /** Picks a row by its number, from 1. Returns whether there is one. */
  pickNumber(number: number): boolean {
    const row = this.#rows[number - 1];
    if (row) this.#tell.pick(row.choice);
    return row !== undefined;
  }

  #row(
    choice: ListedChoice,
    index: number,
    maxWidth: number,
    least: { readonly width: number; readonly height: number },
  ): Row {
    const { face: faceStyle, padding } = this.#style;
    const face = new FaceText(this.#scene, faceStyle);
    const text = face.fit(`${index + 1}. ${choice.text}`);
    const lines = wrapLines(text, maxWidth - 2 * padding, face.measure);
    face.show(lines.join('\n'));
    const textWidth = Math.ceil(Math.max(...lines.map(face.measure)));
    const width = Math.max(textWidth + 2 * padding, least.width);
    const textHeight = Math.ceil(lines.length * face.lineHeight - faceStyle.lineSpacing);
    const height = Math.max(textHeight + padding, Math.floor(least.height));
    const zone = this.#scene.make.zone({ width, height }).setOrigin(0, 0);
    const row: Row = {
      choice,
      face,
      plain: new Panel(this.#scene, this.#style.panel),
      selected: new Panel(this.#scene, this.#style.selectedPanel),
      zone,
      width,
      height,
      textY: Math.round((height - textHeight) / 2),
    };
    this.container.add([...row.plain.objects, ...row.selected.objects, ...face.objects, zone]);
    zone.setInteractive({ useHandCursor: true });
    zone.on(Phaser.Input.Events.POINTER_OVER, () => this.#select(index));
    zone.on(Phaser.Input.Events.POINTER_DOWN, () => {
      this.#pressed = row;
    });
    zone.on(Phaser.Input.Events.POINTER_OUT, () => {
      this.#pressed = undefined;
    });
    zone.on(Phaser.Input.Events.POINTER_UP, () => {
      if (this.#pressed === row) this.#tell.pick(choice);
    });
    return row;
  }

  #drawRow(row: Row, x: number, y: number): void {
    const { padding } = this.#style;
    row.plain.draw(x, y, row.width, row.height);
    row.selected.draw(x, y, row.width, row.height);
    row.selected.setVisible(false);
    row.face.place(x + padding, y + row.textY, row.width - 2 * padding);
    row.zone.setPosition(x, y);
  }

  #select(index: number): void {
    if (index === this.#selected) return;
    this.#selected = index;
    this.#tell.select(this.#rows[index]!.choice);
    for (const [position, row] of this.#rows.entries()) {
      row.plain.setVisible(position !== index);
      row.selected.setVisible(position === index);
    }
  }
}
