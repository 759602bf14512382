import * as Phaser from 'phaser';
import { drawnOnCanvas } from './canvas-drawing.js';
import type { PanelStyle } from './theme.js';

export interface Tail {
  /** Middle of the tail, from the panel's left edge. */
  readonly x: number;
  readonly height: number;
  /** The tail is on the top edge and points up. */
  readonly up: boolean;
}

const TAIL_HALF_WIDTH = 8;

/** A rounded panel with a border, or a nine-slice texture; drawn again only when its shape changes. */
export class Panel {
  readonly objects: readonly (
    | Phaser.GameObjects.Graphics
    | Phaser.GameObjects.NineSlice
    | Phaser.GameObjects.Image
  )[];
  readonly #style: PanelStyle;
  readonly #graphics: Phaser.GameObjects.Graphics;
  readonly #nineSlice: Phaser.GameObjects.NineSlice | undefined;
  readonly #tail: Phaser.GameObjects.Image | undefined;
  #drawn = '';

  constructor(scene: Phaser.Scene, style: PanelStyle) {
    this.#style = style;
    this.#graphics = scene.make.graphics({}, false);
    const slice = style.nineSlice;
    if (slice && scene.textures.exists(slice.texture)) {
      const { left, right, top, bottom } = slice;
      const nineSlice = scene.make.nineslice(
        {
          key: slice.texture,
          ...(slice.frame === undefined ? {} : { frame: slice.frame }),
          width: left + right,
          height: top + bottom,
          leftWidth: left,
          rightWidth: right,
          topHeight: top,
          bottomHeight: bottom,
        },
        false,
      );
      this.#nineSlice = drawnOnCanvas(nineSlice)
        .setOrigin(0, 0)
        .setScale(slice.scale ?? 1);
      if (slice.tail !== undefined) {
        this.#tail = new Phaser.GameObjects.Image(scene, 0, 0, slice.texture, slice.tail)
          .setScale(slice.scale ?? 1)
          .setVisible(false);
      }
    }
    this.objects = [this.#nineSlice, this.#graphics, this.#tail].filter((object) => object !== undefined);
  }

  setVisible(visible: boolean): void {
    for (const object of this.objects) object.setVisible(visible);
  }

  /** Draws the panel with its top left corner at (x, y), in whole pixels. */
  draw(x: number, y: number, width: number, height: number, tail?: Tail): void {
    const shape = [x, y, width, height, tail?.x, tail?.height, tail?.up].join();
    if (shape === this.#drawn) return;
    this.#drawn = shape;
    this.#graphics.clear();
    if (this.#nineSlice) {
      const scale = this.#style.nineSlice!.scale ?? 1;
      this.#nineSlice.setPosition(x, y).setSize(width / scale, height / scale);
    } else {
      this.#drawBox(x, y, width, height);
    }
    if (tail && this.#tail) this.#placeTail(this.#tail, x, y, height, tail);
    else if (tail) this.#drawTail(x, y, height, tail);
  }

  #drawBox(x: number, y: number, width: number, height: number): void {
    const { fill, fillAlpha, border, borderWidth, shadowAlpha } = this.#style;
    const radius = Math.min(this.#style.radius, width / 2, height / 2);
    const graphics = this.#graphics;
    if (shadowAlpha > 0) {
      graphics.fillStyle(0x000000, shadowAlpha).fillRoundedRect(x + 1, y + 3, width, height, radius);
    }
    if (borderWidth > 0) graphics.fillStyle(border, 1).fillRoundedRect(x, y, width, height, radius);
    const inner = Math.max(0, radius - borderWidth);
    // Over its own border, so that no seam of the background shows between the two.
    graphics
      .fillStyle(fill, borderWidth > 0 ? 1 : fillAlpha)
      .fillRoundedRect(
        x + borderWidth,
        y + borderWidth,
        width - 2 * borderWidth,
        height - 2 * borderWidth,
        inner,
      );
    graphics.setAlpha(fillAlpha);
  }

  #placeTail(image: Phaser.GameObjects.Image, x: number, y: number, height: number, tail: Tail): void {
    // Over the border, so that the bubble opens into its tail.
    const overlap = 2 * image.scaleY;
    image
      .setVisible(true)
      .setFlipY(tail.up)
      .setOrigin(0.5, tail.up ? 1 : 0)
      .setPosition(x + tail.x, tail.up ? y + overlap : y + height - overlap);
  }

  #drawTail(x: number, y: number, height: number, tail: Tail): void {
    const { fill, border, borderWidth } = this.#style;
    const direction = tail.up ? -1 : 1;
    const edge = tail.up ? y : y + height;
    const root = edge - direction * borderWidth;
    const middle = x + tail.x;
    this.#graphics
      .fillStyle(border, 1)
      .fillTriangle(
        middle - TAIL_HALF_WIDTH,
        root,
        middle + TAIL_HALF_WIDTH,
        root,
        middle,
        edge + direction * tail.height,
      );
    if (borderWidth === 0) return;
    const half = TAIL_HALF_WIDTH - borderWidth * 1.4;
    const tip = edge + direction * (tail.height - borderWidth * 1.9);
    this.#graphics.fillStyle(fill, 1).fillTriangle(middle - half, root, middle + half, root, middle, tip);
  }
}
