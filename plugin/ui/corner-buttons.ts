import * as Phaser from 'phaser';
import type { Rect } from './css-rect.js';
import { Panel } from './panel.js';
import type { PanelStyle } from './theme.js';

export type CornerButton = 'close' | 'back';

/** Pixels between two buttons. */
const GAP = 4;

interface Button {
  readonly name: CornerButton;
  readonly panel: Panel;
  readonly icon: Phaser.GameObjects.Graphics;
  readonly zone: Phaser.GameObjects.Zone;
}

export interface CornerButtonStyle {
  readonly panel: PanelStyle;
  readonly color: number;
  /** Edge of what is seen; a finger may hit beside it. */
  readonly size: number;
}

const NAMES: readonly CornerButton[] = ['close', 'back'];

/** Pixels that all buttons take beside each other. @param size edge of one; 0 for none */
export function cornerButtonsWidth(size: number): number {
  return size > 0 ? NAMES.length * (size + GAP) : 0;
}

/** Buttons over a corner of a panel, the first one outermost. */
export class CornerButtons {
  readonly objects: readonly Phaser.GameObjects.GameObject[];
  readonly #style: CornerButtonStyle;
  readonly #buttons: readonly Button[];

  constructor(scene: Phaser.Scene, style: CornerButtonStyle, press: (button: CornerButton) => void) {
    this.#style = style;
    this.#buttons = NAMES.map((name) => {
      const zone = scene.make.zone({ width: 1, height: 1 }).setOrigin(0, 0).setName(`parley-${name}`);
      zone.setInteractive({ useHandCursor: true });
      let down = false;
      zone.on(Phaser.Input.Events.POINTER_DOWN, () => {
        down = true;
      });
      zone.on(Phaser.Input.Events.POINTER_OUT, () => {
        down = false;
      });
      zone.on(Phaser.Input.Events.POINTER_UP, () => {
        if (down) press(name);
        down = false;
      });
      return { name, panel: new Panel(scene, style.panel), icon: scene.make.graphics({}, false), zone };
    });
    this.objects = this.#buttons.flatMap(({ panel, icon, zone }) => [...panel.objects, icon, zone]);
  }

  /** @param back whether there is anything to scroll back to */
  show(back: boolean): void {
    for (const { name, panel, icon, zone } of this.#buttons) {
      const visible = name === 'close' || back;
      panel.setVisible(visible);
      icon.setVisible(visible);
      if (zone.input) zone.input.enabled = visible;
    }
  }

  /** @param first what the first button may be hit in; @param rightwards the next ones stand to its right */
  draw(first: Rect, rightwards: boolean): void {
    const step = (first.width + GAP) * (rightwards ? 1 : -1);
    const size = Math.min(this.#style.size, first.width);
    for (const [index, { name, panel, icon, zone }] of this.#buttons.entries()) {
      const x = first.x + index * step;
      zone.setPosition(x, first.y).setSize(first.width, first.height);
      zone.input?.hitArea.setSize(first.width, first.height);
      // On the panel's edge, whatever room fingers have above it.
      const [left, top] = [Math.round(x + (first.width - size) / 2), first.y + first.height - size];
      panel.draw(left, top, size, size);
      this.#drawIcon(icon.clear().setPosition(left + size / 2, top + size / 2), name, Math.round(size / 5));
    }
  }

  #drawIcon(icon: Phaser.GameObjects.Graphics, name: CornerButton, half: number): void {
    const { color } = this.#style;
    if (name === 'close') {
      icon
        .lineStyle(Math.max(1, Math.round(half / 2.5)), color, 1)
        .lineBetween(-half, -half, half, half)
        .lineBetween(-half, half, half, -half);
    } else {
      icon.fillStyle(color, 1).fillTriangle(-half, half / 2, half, half / 2, 0, -half / 1.5);
    }
  }
}
