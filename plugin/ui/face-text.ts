import type * as Phaser from 'phaser';
import { fitToGlyphs } from './glyphs.js';
import { cssColor, type FaceStyle } from './theme.js';

interface BitmapFontData {
  readonly size: number;
  readonly lineHeight: number;
  readonly chars: Readonly<
    Record<number, { readonly xAdvance: number; readonly kerning: Readonly<Record<number, number>> }>
  >;
}

/** A text object or a bitmap text, told apart only here; measures without drawing. */
export class FaceText {
  readonly object: Phaser.GameObjects.Text | Phaser.GameObjects.BitmapText;
  /** Pixels from one line to the next. */
  readonly lineHeight: number;
  readonly #text: Phaser.GameObjects.Text | undefined;
  readonly #font: BitmapFontData | undefined;
  readonly #fontScale: number = 1;
  #shown = '';

  constructor(scene: Phaser.Scene, face: FaceStyle) {
    const font = face.bitmapFont === undefined ? undefined : scene.cache.bitmapFont.get(face.bitmapFont);
    if (face.bitmapFont !== undefined && font) {
      this.#font = font.data as BitmapFontData;
      this.#fontScale = face.fontSize / this.#font.size;
      const bitmap = scene.make.bitmapText({ font: face.bitmapFont, size: face.fontSize }, false);
      bitmap.setTint(face.color);
      bitmap.setLineSpacing(face.lineSpacing / this.#fontScale);
      this.object = bitmap;
      this.lineHeight = this.#font.lineHeight * this.#fontScale + face.lineSpacing;
    } else {
      const text = scene.make.text(
        {
          text: '',
          style: {
            fontFamily: face.fontFamily,
            fontSize: `${face.fontSize}px`,
            color: cssColor(face.color),
          },
        },
        false,
      );
      text.setLineSpacing(face.lineSpacing);
      this.#text = text;
      this.object = text;
      this.lineHeight = text.style.getTextMetrics().fontSize + face.lineSpacing;
    }
    this.measure = this.measure.bind(this);
  }

  /** The text as this face can show it. */
  fit(text: string): string {
    const font = this.#font;
    return font ? fitToGlyphs(text, (codePoint) => codePoint in font.chars) : text;
  }

  /** Width of one line in pixels. */
  measure(line: string): number {
    const text = this.#text;
    if (text) {
      text.style.syncFont(text.canvas, text.context);
      return text.context.measureText(line).width;
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
    if (text === this.#shown || !this.object.scene) return;
    this.#shown = text;
    this.object.setText(text);
  }

  get shown(): string {
    return this.#shown;
  }

  /** Draws glyphs for this many device pixels a unit, so that they stay crisp when magnified. */
  setResolution(resolution: number): void {
    const text = this.#text;
    const rounded = Math.min(8, Math.max(1, Math.ceil(resolution)));
    if (text && text.style.resolution !== rounded) text.setResolution(rounded);
  }
}
