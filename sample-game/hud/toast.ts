import type * as Phaser from 'phaser';
import { announce } from '../menu/screen-reader.js';
import { reducedMotion } from '../settings/settings-keeper.js';
import { COLORS } from './style.js';

const PADDING = 8;
const MARGIN = 6;
const GAP = 2;
/** The least and the most that is above a toast. */
const TOP = { least: 4, most: 60 };
const SHOWN_MS = 3200;
const SLIDE_MS = 260;
/** Long ones stay until they are read. */
const MS_PER_CHARACTER = 70;

interface Shelf {
  readonly container: Phaser.GameObjects.Container;
  /** Where they stand, or come to stand. */
  top: number;
  /** When the last one goes away, in the scene's time. */
  busyUntil: number;
}

const shelves = new WeakMap<Phaser.Scene, Shelf>();

/** Where the toasts of a scene stand, until the scene ends. */
function shelfOf(scene: Phaser.Scene): Shelf {
  const known = shelves.get(scene);
  if (known?.container.active) return known;
  const container = scene.add.container(0, TOP.least).setScrollFactor(0).setDepth(9600);
  const shelf = { container, top: TOP.least, busyUntil: 0 };
  shelves.set(scene, shelf);
  return shelf;
}

/** Moves what is shown, and what will be, to below what is above it. @param above where that ends; in a talk, nothing */
export function placeToasts(scene: Phaser.Scene, above = 0): void {
  const shelf = shelfOf(scene);
  const top = Math.min(Math.max(above + GAP, TOP.least), TOP.most);
  if (top === shelf.top) return;
  shelf.top = top;
  const duration = reducedMotion(scene) ? 0 : SLIDE_MS;
  scene.tweens.add({ targets: shelf.container, y: top, duration });
}

/** What toasts cover now, in pixels of the screen. */
export function toastAreas(scene: Phaser.Scene): Phaser.Geom.Rectangle[] {
  const list = shelfOf(scene).container.list as Phaser.GameObjects.Container[];
  return list.map((toast) => toast.getBounds());
}

/**
 * Says what just happened, at the top of the screen, one after the other.
 * @param icon frame of the interface sheet
 * @param told the same for who does not see the icon
 */
export function toast(scene: Phaser.Scene, message: string, icon?: string, told = message): void {
  announce(told);
  const room = icon ? 20 : 0;
  const text = scene.add
    .bitmapText(room / 2, 0, 'saltmere', message, 14)
    .setMaxWidth(scene.scale.width - 2 * (MARGIN + PADDING) - room)
    .setTint(COLORS.text)
    .setOrigin(0.5);
  const [width, height] = [text.width + 2 * PADDING + room, text.height + 10];
  const plate = scene.add.nineslice(0, 0, 'ui', 'panel-plain', width, height, 8, 8, 8, 8);
  const hidden = -MARGIN - Math.ceil(height / 2) - TOP.most;
  const container = scene.add.container(Math.ceil(width / 2) + MARGIN, hidden, [plate, text]);
  if (icon) container.add(scene.add.image(-Math.round(width / 2) + PADDING + 7, 0, 'ui', icon));
  const shelf = shelfOf(scene);
  shelf.container.add(container);
  const slideMs = reducedMotion(scene) ? 0 : SLIDE_MS;
  const { now } = scene.time;
  const delay = Math.max(0, shelf.busyUntil - now);
  const shown = Math.max(SHOWN_MS, message.length * MS_PER_CHARACTER);
  shelf.busyUntil = now + delay + shown + 2 * slideMs;
  scene.tweens.chain({
    targets: container,
    tweens: [
      { y: Math.ceil(height / 2), delay, duration: slideMs, ease: 'Back.Out' },
      { y: hidden, delay: shown, duration: slideMs },
    ],
    onComplete: () => container.destroy(),
  });
}
