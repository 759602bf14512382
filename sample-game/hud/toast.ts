import type * as Phaser from 'phaser';
import { COLORS } from './style.js';

const PADDING = 8;
const MARGIN = 6;
const SHOWN_MS = 3200;
/** Long ones stay until they are read. */
const MS_PER_CHARACTER = 70;

/** Says what just happened, at the top of the screen. */
export function toast(scene: Phaser.Scene, message: string): void {
  const text = scene.add
    .bitmapText(0, 0, 'saltmere', message, 14)
    .setMaxWidth(scene.scale.width - 2 * (MARGIN + PADDING))
    .setTint(COLORS.text)
    .setOrigin(0.5);
  const [width, height] = [text.width + 2 * PADDING, text.height + 10];
  const plate = scene.add.nineslice(0, 0, 'ui', 'panel-plain', width, height, 8, 8, 8, 8);
  const hidden = -MARGIN - Math.ceil(height / 2);
  const container = scene.add
    .container(Math.ceil(width / 2) + MARGIN, hidden, [plate, text])
    .setScrollFactor(0, 0, true)
    .setDepth(9600);
  scene.tweens.chain({
    targets: container,
    tweens: [
      { y: Math.ceil(height / 2) + MARGIN, duration: 260, ease: 'Back.Out' },
      { y: hidden, delay: Math.max(SHOWN_MS, message.length * MS_PER_CHARACTER), duration: 260 },
    ],
    onComplete: () => container.destroy(),
  });
}
