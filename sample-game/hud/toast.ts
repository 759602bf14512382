import type * as Phaser from 'phaser';
import { COLORS } from './style.js';

const PADDING = 8;
const SHOWN_MS = 3200;

/** Says in one line what just happened, at the top of the screen. */
export function toast(scene: Phaser.Scene, message: string): void {
  const text = scene.add.bitmapText(0, 0, 'saltmere', message, 14).setTint(COLORS.text).setOrigin(0.5);
  const plate = scene.add.nineslice(0, 0, 'ui', 'panel-plain', text.width + 2 * PADDING, 24, 8, 8, 8, 8);
  const container = scene.add
    .container(Math.ceil(plate.width / 2) + 6, -16, [plate, text])
    .setScrollFactor(0, 0, true)
    .setDepth(9600);
  scene.tweens.chain({
    targets: container,
    tweens: [
      { y: 20, duration: 260, ease: 'Back.Out' },
      { y: -16, delay: SHOWN_MS, duration: 260 },
    ],
    onComplete: () => container.destroy(),
  });
}
