import type * as Phaser from 'phaser';
import { drawnOnCanvas } from './canvas-drawing.js';
import { fitToGlyphs, hasLetters } from './glyphs.js';
import { type TextDirection, textDirection } from './text-direction.js';
import { cssColor, type FaceStyle } from './theme.js';

interface BitmapFontData {
  readonly size: number;
  readonly lineHeight: number;
  readonly chars: Readonly<
    Record<number, { readonly xAdvance: number; readonly kerning: Readonly<Record<number, number>> }>
  >;
}

/** Share of the font size that marks may stand out above, below and beside the letters of the Latin script. */
const OVERHANG = 0.5;

/**
 * A text object or a bitmap text, told apart only here; measures without drawing. Where the bitmap font lacks the
 * letters of a text, the whole of it is drawn with the system's font.
 */
export class FaceText {
  readonly #style: FaceStyle;
  readonly #scene: Phaser.Scene;
  /** Beside a bitmap made only when it is needed: its canvas and texture take their time. */
  #text: Phaser.GameObjects.Text | undefined;
  readonly #bitmap: Phaser.GameObjects.BitmapText | undefined;
  readonly #font: BitmapFontData | undefined;
  readonly #fontScale: number = 1;
  readonly #overhang: number;
  #direction: TextDirection = 'ltr';
  #inBitmap: boolean;
  #shown = '';

  constructor(scene: Phaser.Scene, face: FaceStyle) {
    this.#scene = scene;
    this.#style = face;
    this.#overhang = Math.ceil(face.fontSize * OVERHANG);
    const font = face.bitmapFont === undefined ? undefined : scene.cache.bitmapFont.get(face.bitmapFont);
    if (face.bitmapFont !== undefined && font) {
      this.#font = font.data as BitmapFontData;
      this.#fontScale = face.fontSize / this.#font.size;
      this.#bitmap = drawnOnCanvas(
        scene.make.bitmapText({ font: face.bitmapFont, size: face.fontSize }, false),
      );
      this.#bitmap.setTint(face.color);
      this.#bitmap.setLineSpacing(face.lineSpacing / this.#fontScale);
    }
    this.#inBitmap = this.#bitmap !== undefined;
    this.measure = this.measure.bind(this);
    this.fit = this.fit.bind(this);
    this.fit('');
  }

  /** Its display objects, one of them visible; another may join them in their container. */
  get objects(): readonly (Phaser.GameObjects.Text | Phaser.GameObjects.BitmapText)[] {
    return [this.#bitmap, this.#text].filter((object) => object !== undefined);
  }

  /** Pixels from one line to the next. */
  get lineHeight(): number {
    const { lineSpacing } = this.#style;
    return this.#inBitmap
      ? this.#font!.lineHeight * this.#fontScale + lineSpacing
      : this.#systemText().style.getTextMetrics().fontSize + lineSpacing;
  }

  /** What draws the text that was fitted last; widths change with it. */
  get font(): 'bitmap' | 'system' {
    return this.#inBitmap ? 'bitmap' : 'system';
  }

  /** Of the text that was fitted last. */
  get direction(): TextDirection {
    return this.#direction;
  }

  /**
   * Chooses font and direction for a whole text, which is measured and shown then, as a whole or in parts.
   * @returns the text as this face can show it
   */
  fit(text: string): string {
    const font = this.#font;
    const has = (codePoint: number) => font !== undefined && codePoint in font.chars;
    this.#direction = textDirection(text);
    // A bitmap text draws from left to right whatever it is given.
    this.#inBitmap = font !== undefined && this.#direction === 'ltr' && hasLetters(text, has);
    this.#bitmap?.setVisible(this.#inBitmap);
    if (this.#inBitmap) this.#text?.setVisible(false);
    else this.#systemText().setVisible(true);
    return this.#inBitmap ? fitToGlyphs(text, has) : text;
  }

  /** Width of one line in pixels. */
  measure(line: string): number {
    if (!this.#inBitmap) {
      const { style, canvas, context } = this.#systemText();
      style.syncFont(canvas, context);
      return context.measureText(line).width;
    }
    let width = 0;
    let previous = -1;
    for (const char of line) {
      const code = char.codePointAt(0)!;
      const glyph = this.#font!.chars[code];
      if (glyph) width += glyph.xAdvance + (glyph.kerning[previous] ?? 0);
      previous = code;
    }
    return width * this.#fontScale;
  }

  /** Sets the text; costs nothing when it is the same, and does nothing once the object was destroyed. */
  show(text: string): void {
    const object = this.#object;
    if ((text === this.#shown && text === object.text) || !object.scene) return;
    this.#shown = text;
    object.setText(text);
  }

  get shown(): string {
    return this.#shown;
  }

  /** Puts the text's top left corner at (x, y), or its top right corner at the right end of the width. */
  place(x: number, y: number, width: number): void {
    if (this.#bitmap && this.#inBitmap) {
      this.#bitmap.setPosition(x, y);
      return;
    }
    const text = this.#systemText();
    const overhang = this.#overhang;
    if (this.#direction === 'rtl') text.setOrigin(1, 0).setPosition(x + width + overhang, y - overhang);
    else text.setOrigin(0, 0).setPosition(x - overhang, y - overhang);
  }

  /** Draws glyphs for this many device pixels a unit, so that they stay crisp when magnified. */
  setResolution(resolution: number): void {
    const rounded = Math.min(8, Math.max(1, Math.ceil(resolution)));
    if (this.#text && this.#text.style.resolution !== rounded) this.#text.setResolution(rounded);
  }

  get #object(): Phaser.GameObjects.Text | Phaser.GameObjects.BitmapText {
    return this.#bitmap && this.#inBitmap ? this.#bitmap : this.#systemText();
  }

  #systemText(): Phaser.GameObjects.Text {
    if (!this.#text) {
      this.#text = this.#createText(this.#scene);
      const container = this.#bitmap?.parentContainer;
      if (this.#bitmap && container) container.addAt(this.#text, container.getIndex(this.#bitmap) + 1);
    }
    return this.#text;
  }

  #createText(scene: Phaser.Scene): Phaser.GameObjects.Text {
    const { fontFamily, fontSize, color, lineSpacing } = this.#style;
    const style = { fontFamily, fontSize: `${fontSize}px`, color: cssColor(color) };
    const text = scene.make.text({ text: '', style }, false);
    text.setLineSpacing(lineSpacing);
    // Phaser sizes the canvas for Latin letters: Thai and Arabic marks would be cut off.
    text.setPadding(this.#overhang);
    // Phaser's own `rtl` draws off the canvas at any resolution but 1. This is called just before the lines are drawn.
    const syncStyle = text.style.syncStyle.bind(text.style);
    text.style.syncStyle = (canvas, context) => {
      syncStyle(canvas, context);
      const rtl = this.#direction === 'rtl';
      context.direction = this.#direction;
      context.textAlign = rtl ? 'right' : 'left';
      if (rtl) context.translate(text.width - 2 * this.#overhang, 0);
    };
    return text;
  }
}
