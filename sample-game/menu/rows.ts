/** The rows of a menu: each draws itself and says what a tap, a step to the side and a confirmation do. */
import type * as Phaser from 'phaser';
import { barFill } from '../hud/bar-fill.js';
import { centre, fitLabel, label } from '../hud/label.js';
import { COLORS } from '../hud/style.js';
import { PICTURE } from '../saves/picture-file.js';

export type MenuRow =
  | {
      readonly kind: 'button';
      readonly label: string;
      /** What is set behind it; the label makes room then. */
      readonly value?: string;
      readonly enabled?: boolean;
      readonly act: () => void;
    }
  | {
      readonly kind: 'card';
      readonly label: string;
      readonly aside: string;
      readonly detail: string;
      /** A picture at its left; without a texture its frame is there, and nothing in it. */
      readonly picture?: { readonly texture: string | undefined };
      /** In place of the detail, asked again at each refresh of the menu. */
      readonly live?: () => string;
      readonly enabled?: boolean;
      readonly act: () => void;
    }
  | {
      readonly kind: 'choice';
      readonly label: string;
      readonly values: readonly string[];
      readonly index: () => number;
      readonly choose: (index: number) => void;
    }
  | {
      readonly kind: 'level';
      readonly label: string;
      readonly most: number;
      readonly level: () => number;
      readonly choose: (level: number) => void;
    };

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A row on the screen. */
export interface RowView {
  readonly objects: readonly Phaser.GameObjects.GameObject[];
  readonly enabled: boolean;
  show(focused: boolean): void;
  confirm(): void;
  /** A step to the left (-1) or right (1). */
  adjust(step: -1 | 1): void;
  /** A tap at `x` from the row's left edge. */
  tap(x: number): void;
}

export function createRow(scene: Phaser.Scene, row: MenuRow, area: Area): RowView {
  switch (row.kind) {
    case 'button':
      return buttonRow(scene, row, area);
    case 'card':
      return cardRow(scene, row, area);
    case 'choice':
      return choiceRow(scene, row, area);
    case 'level':
      return levelRow(scene, row, area);
  }
}

type Of<Kind extends MenuRow['kind']> = Extract<MenuRow, { kind: Kind }>;

function plate(scene: Phaser.Scene, { x, y, width, height }: Area): Phaser.GameObjects.NineSlice {
  return scene.add.nineslice(x, y, 'ui', 'button-up', width, height, 6, 6, 6, 7).setOrigin(0);
}

/** The first line of text in a row stands in its middle. */
function lineY({ y, height }: Area): number {
  return y + Math.floor((height - 14) / 2) - 1;
}

function buttonRow(scene: Phaser.Scene, row: Of<'button'>, area: Area): RowView {
  const { enabled = true } = row;
  const back = plate(scene, area);
  const text = label(scene, area.x + 7, lineY(area), row.label);
  const objects: Phaser.GameObjects.GameObject[] = [back, text];
  if (row.value === undefined) centre(text, area.x + area.width / 2);
  else {
    const from = area.x + Math.round(area.width * VALUE_AT);
    const to = area.x + area.width - 7;
    const value = fitLabel(label(scene, 0, lineY(area), row.value, { color: COLORS.name }), to - from);
    objects.push(centre(value, (from + to) / 2));
  }
  return {
    objects,
    enabled,
    show(focused) {
      back.setFrame(enabled ? (focused ? 'button-hover' : 'button-up') : 'button-off');
      text.setTint(enabled ? (focused ? COLORS.bright : COLORS.text) : COLORS.muted);
    },
    confirm: row.act,
    adjust: () => undefined,
    tap: row.act,
  };
}

function cardRow(scene: Phaser.Scene, row: Of<'card'>, area: Area): RowView {
  if (row.picture) return pictureRow(scene, row, row.picture.texture, area);
  const { enabled = true } = row;
  const back = plate(scene, area);
  const y = area.y + Math.floor((area.height - 26) / 2) - 1;
  const aside = label(scene, 0, y, row.aside, { color: COLORS.name });
  aside.setX(area.x + area.width - 7 - aside.width);
  const text = fitLabel(label(scene, area.x + 7, y, row.label), area.width - 20 - aside.width);
  const detail = label(scene, area.x + 7, y + 12, '');
  return {
    objects: [back, text, aside, detail],
    enabled,
    show(focused) {
      back.setFrame(enabled ? (focused ? 'button-hover' : 'button-up') : 'button-off');
      text.setTint(enabled ? COLORS.bright : COLORS.muted);
      fitLabel(detail.setText(row.live?.() ?? row.detail), area.width - 14);
      detail.setTint(enabled ? COLORS.text : COLORS.muted);
    },
    confirm: row.act,
    adjust: () => undefined,
    tap: row.act,
  };
}

/** A card's height with its whole picture; on a lower one less of the picture's upper and lower edge is seen. */
export const PICTURE_CARD_HEIGHT = PICTURE.height + 7;
const CARD_LINE = 13;

function pictureRow(scene: Phaser.Scene, row: Of<'card'>, texture: string | undefined, area: Area): RowView {
  const { enabled = true } = row;
  const back = plate(scene, area);
  const seen = { x: area.x + 3, y: area.y + 3, width: PICTURE.width, height: area.height - 7 };
  const frame = scene.add.rectangle(seen.x - 1, seen.y - 1, seen.width + 2, seen.height + 2, COLORS.ink);
  const objects: Phaser.GameObjects.GameObject[] = [back, frame.setOrigin(0)];
  if (texture === undefined) {
    const mark = scene.add.image(
      seen.x + seen.width / 2,
      seen.y + Math.floor(seen.height / 2),
      'ui',
      'icon-quill',
    );
    objects.push(mark.setAlpha(0.25));
  } else {
    const above = Math.floor((PICTURE.height - seen.height) / 2);
    const picture = scene.add.image(seen.x, seen.y - above, texture).setOrigin(0);
    objects.push(picture.setCrop(0, above, seen.width, seen.height));
  }
  const x = seen.x + seen.width + 8;
  const lines = [row.label, row.aside, row.detail].filter((line) => line !== '');
  const shown = lines.slice(0, Math.max(2, Math.floor((area.height - 4) / CARD_LINE)));
  const top = area.y + Math.floor((area.height - shown.length * CARD_LINE) / 2) - 1;
  const texts = shown.map((line, i) =>
    fitLabel(label(scene, x, top + i * CARD_LINE, line), area.x + area.width - 6 - x),
  );
  return {
    objects: [...objects, ...texts],
    enabled,
    show(focused) {
      back.setFrame(enabled ? (focused ? 'button-hover' : 'button-up') : 'button-off');
      for (const [i, text] of texts.entries()) {
        const color = i === 0 ? COLORS.bright : shown[i] === row.aside ? COLORS.name : COLORS.text;
        text.setTint(enabled ? color : COLORS.muted);
      }
    },
    confirm: row.act,
    adjust: () => undefined,
    tap: row.act,
  };
}

/** Where the values of rows begin, as a share of the width. */
const VALUE_AT = 0.46;

function choiceRow(scene: Phaser.Scene, row: Of<'choice'>, area: Area): RowView {
  const back = plate(scene, area);
  const text = label(scene, area.x + 7, lineY(area), row.label);
  const from = area.x + Math.round(area.width * VALUE_AT);
  const to = area.x + area.width - 7;
  const middle = (from + to) / 2;
  const value = label(scene, 0, lineY(area), '', { color: COLORS.name });
  const left = label(scene, from, lineY(area), '<', { color: COLORS.name });
  const right = label(scene, to - 4, lineY(area), '>', { color: COLORS.name });
  let focusedNow = false;
  const show = (focused: boolean) => {
    focusedNow = focused;
    back.setFrame(focused ? 'button-hover' : 'button-up');
    text.setTint(focused ? COLORS.bright : COLORS.text);
    centre(value.setText(row.values[row.index()] ?? ''), middle);
  };
  const step = (by: number) => {
    row.choose((row.index() + by + row.values.length) % row.values.length);
    show(focusedNow);
  };
  return {
    objects: [back, text, value, left, right],
    enabled: true,
    show,
    confirm: () => step(1),
    adjust: step,
    tap: (x) => step(area.x + x < middle ? -1 : 1),
  };
}

function levelRow(scene: Phaser.Scene, row: Of<'level'>, area: Area): RowView {
  const back = plate(scene, area);
  const text = label(scene, area.x + 7, lineY(area), row.label);
  const from = area.x + Math.round(area.width * VALUE_AT);
  const width = area.x + area.width - 7 - from;
  const barY = area.y + Math.floor((area.height - 14) / 2) - 1;
  const frame = scene.add.nineslice(from, barY, 'ui', 'bar-frame', width, 14, 6, 6, 6, 6).setOrigin(0);
  const fill = barFill(scene, from + 4, barY + 4);
  let focusedNow = false;
  const show = (focused: boolean) => {
    focusedNow = focused;
    back.setFrame(focused ? 'button-hover' : 'button-up');
    text.setTint(focused ? COLORS.bright : COLORS.text);
    const length = Math.round(((width - 8) * row.level()) / row.most);
    fill.setVisible(length > 0).setSize(Math.max(1, length), 6);
  };
  const set = (level: number) => {
    row.choose(Math.max(0, Math.min(row.most, level)));
    show(focusedNow);
  };
  return {
    objects: [back, text, frame, fill],
    enabled: true,
    show,
    confirm: () => set(row.level() === row.most ? 0 : row.level() + 1),
    adjust: (step) => set(row.level() + step),
    tap: (x) => {
      if (area.x + x >= from - 6) set(Math.round(((area.x + x - from - 4) / (width - 8)) * row.most));
    },
  };
}
