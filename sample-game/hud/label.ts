import type * as Phaser from 'phaser';
import { COLORS } from './style.js';

/** A text in the game's font, at whole pixels. */
export function label(
  scene: Phaser.Scene,
  x: number,
  y: number,
  text: string,
  { color = COLORS.text as number, shadow = false, maxWidth = 0 } = {},
): Phaser.GameObjects.BitmapText {
  const shown = scene.add.bitmapText(Math.round(x), Math.round(y), 'saltmere', text, 14).setTint(color);
  if (shadow) shown.setDropShadow(1, 1, COLORS.ink, 1);
  if (maxWidth > 0) shown.setMaxWidth(maxWidth);
  return shown;
}

/** Moves a text so that its middle is there, still at whole pixels. */
export function centre(text: Phaser.GameObjects.BitmapText, x: number): Phaser.GameObjects.BitmapText {
  return text.setX(Math.round(x - text.width / 2));
}

/** Shortens a text with an ellipsis until it is no wider than this. */
export function fitLabel(text: Phaser.GameObjects.BitmapText, width: number): Phaser.GameObjects.BitmapText {
  for (let words = text.text; text.width > width && words.length > 1; ) {
    words = words.slice(0, -1);
    text.setText(`${words.trimEnd()}…`);
  }
  return text;
}
