import type * as Phaser from 'phaser';
import { announce } from '../menu/screen-reader.js';
import { reducedMotion } from '../settings/settings-keeper.js';
import { COLORS } from './style.js';

const PADDING = 8;
const MARGIN = 6;
/** Below the line that says what to do. */
const TOP = 30;
const SHOWN_MS = 3200;
const SLIDE_MS = 260;
/** Long ones stay until they are read. */
const MS_PER_CHARACTER = 70;

/** When the last one of a scene goes away, in the scene's time. */
const busyUntil = new WeakMap<Phaser.Scene, number>();

/** Says what just happened, at the top of the screen, one after the other. @param icon frame of the interface sheet */
export function toast(scene: Phaser.Scene, message: string, icon?: string): void {
  announce(message);
  const room = icon ? 20 : 0;
  const text = scene.add
    .bitmapText(room / 2, 0, 'saltmere', message, 14)
    .setMaxWidth(scene.scale.width - 2 * (MARGIN + PADDING) - room)
    .setTint(COLORS.text)
    .setOrigin(0.5);
  const [width, height] = [text.width + 2 * PADDING + room, text.height + 10];
  const plate = scene.add.nineslice(0, 0, 'ui', 'panel-plain', width, height, 8, 8, 8, 8);
  const hidden = -MARGIN - Math.ceil(height / 2);
  const container = scene.add
    .container(Math.ceil(width / 2) + MARGIN, hidden, [plate, text])
    .setScrollFactor(0, 0, true)
    .setDepth(9600);
  if (icon) container.add(scene.add.image(-Math.round(width / 2) + PADDING + 7, 0, 'ui', icon));
  const slideMs = reducedMotion(scene) ? 0 : SLIDE_MS;
  const { now } = scene.time;
  const delay = Math.max(0, (busyUntil.get(scene) ?? 0) - now);
  const shown = Math.max(SHOWN_MS, message.length * MS_PER_CHARACTER);
  busyUntil.set(scene, now + delay + shown + 2 * slideMs);
  scene.tweens.chain({
    targets: container,
    tweens: [
      { y: Math.ceil(height / 2) + TOP, delay, duration: slideMs, ease: 'Back.Out' },
      { y: hidden, delay: shown, duration: slideMs },
    ],
    onComplete: () => container.destroy(),
  });
}
