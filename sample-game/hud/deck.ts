import type * as Phaser from 'phaser';
import type { Area } from '../menu/rows.js';
import { pictureHeight } from '../view.js';

/** On an upright screen, the board below the picture; returns its room, or undefined where there is none. */
export function addDeck(scene: Phaser.Scene): Area | undefined {
  const { width, height } = scene.scale;
  const y = pictureHeight({ width, height });
  if (y >= height) return undefined;
  scene.add.nineslice(0, y, 'ui', 'panel-wood', width, height - y, 13, 13, 13, 13).setOrigin(0);
  return { x: 0, y, width, height: height - y };
}
