import type * as Phaser from 'phaser';
import { type BoxLayout, layOutBox } from './box-layout.js';
import type { ResolvedBoxStyle } from './box-style.js';
import { type CornerButton, CornerButtons, cornerButtonsWidth } from './corner-buttons.js';
import { coveredByKeyboard } from './dom-place.js';
import { FaceText } from './face-text.js';
import { NextMark } from './next-mark.js';
import { Panel } from './panel.js';
import { Portrait } from './portrait.js';
import { ScrollBar } from './scroll-bar.js';
import { ThinkingDots } from './thinking-dots.js';
import { leastTouch } from './touch.js';
import { screenToWorld, viewOf } from './view-space.js';

/** How far the name plate reaches into the panel. */
const PLATE_OVERLAP = 6;

/** What a dialogue box is drawn from. */
export class BoxParts {
  readonly container: Phaser.GameObjects.Container;
  readonly name: FaceText;
  readonly face: FaceText;
  readonly portrait: Portrait;
  readonly dots: ThinkingDots;
  readonly next: NextMark;
  readonly #style: ResolvedBoxStyle;
  readonly #panel: Panel;
  readonly #plate: Panel;
  readonly #scrollBar: ScrollBar;
  readonly #buttons: CornerButtons | undefined;

  /** @param choices what stands over the box */
  constructor(
    scene: Phaser.Scene,
    style: ResolvedBoxStyle,
    still: () => boolean,
    choices: Phaser.GameObjects.Container,
    press: (button: CornerButton) => void,
  ) {
    this.#style = style;
    this.#panel = new Panel(scene, style.panel);
    this.#plate = new Panel(scene, style.namePanel);
    this.name = new FaceText(scene, style.nameFace);
    this.face = new FaceText(scene, style.face);
    this.portrait = new Portrait(scene, style);
    this.dots = new ThinkingDots(scene, style.face.color, still);
    this.next = new NextMark(scene, style.face.color, still);
    this.#scrollBar = new ScrollBar(scene, style.face.color);
    this.#buttons = style.buttons ? new CornerButtons(scene, style.corner, press) : undefined;
    this.container = scene.add
      .container(0, 0, [
        ...this.#panel.objects,
        ...this.portrait.objects,
        ...this.#plate.objects,
        ...this.name.objects,
        ...this.face.objects,
        this.dots.object,
        this.next.object,
        this.#scrollBar.object,
        ...(this.#buttons?.objects ?? []),
        choices,
      ])
      .setDepth(style.depth)
      .setScrollFactor(0, 0, true)
      .setVisible(false);
  }

  /** A name from right to left mirrors the box. */
  get rtl(): boolean {
    return this.name.direction === 'rtl';
  }

  /** The camera moves, zooms and turns; the box stays. */
  keepOnScreen(camera: Phaser.Cameras.Scene2D.Camera): void {
    const view = { ...viewOf(camera), scrollX: 0, scrollY: 0 };
    const corner = screenToWorld(view, { x: 0, y: 0 });
    this.container
      .setPosition(corner.x, corner.y)
      .setScale(1 / view.zoom)
      .setRotation(-view.rotation);
  }

  /** @param past whether there is anything to scroll back to */
  showButtons(past: boolean): void {
    this.#buttons?.show(past);
  }

  /** Where they go on the screen of a camera, above a touch keyboard. */
  layOut(camera: Phaser.Cameras.Scene2D.Camera): BoxLayout {
    const { margin, padding, maxWidth, maxLines, freeText, inputHeight, portraitSize, corner, buttons } =
      this.#style;
    const least = leastTouch(camera.scene.sys.game);
    const button = buttons ? Math.max(corner.size, least) : 0;
    const { width, height } = camera;
    const covered = coveredByKeyboard(camera);
    const area = covered > 0 ? undefined : this.#style.area?.();
    return layOutBox(
      { width, height: height - covered },
      {
        ...(area && { area }),
        margin,
        padding,
        maxWidth,
        maxLines,
        lineHeight: this.face.lineHeight,
        inputHeight: freeText ? Math.max(inputHeight, least) : 0,
        portrait: this.portrait.present ? portraitSize : 0,
        button,
        buttonsWidth: cornerButtonsWidth(button),
        rtl: this.rtl,
      },
    );
  }

  /** @param back how far the text is scrolled back, 0 to 1; undefined: not at all */
  draw({ panel, portrait, text, button, mark }: BoxLayout, back: number | undefined): void {
    this.#panel.draw(panel.x, panel.y, panel.width, panel.height);
    this.portrait.draw(portrait);
    this.face.place(text.x, text.y, text.width);
    const { padding } = this.#style;
    const { name, rtl } = this;
    const width = Math.ceil(name.measure(name.shown)) + 2 * padding;
    const height = Math.ceil(name.lineHeight) + 8;
    const x = rtl ? panel.x + panel.width - padding - width : panel.x + padding;
    const y = panel.y - height + PLATE_OVERLAP;
    this.#plate.draw(x, y, width, height);
    name.place(x + padding, y + 4, width - 2 * padding);
    if (button) this.#buttons?.draw(button, rtl);
    this.#scrollBar.object.setVisible(back !== undefined);
    if (back !== undefined) this.#scrollBar.draw(Math.round(mark.x), text.y, text.height, back);
  }
}
