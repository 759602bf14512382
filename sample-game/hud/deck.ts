import type * as Phaser from 'phaser';
import type { Area } from '../menu/rows.js';
import { pictureHeight } from '../view.js';

/** On an upright screen, the boards below the picture; returns their room, or undefined where there are none. */
export function addDeck(scene: Phaser.Scene): Area | undefined {
  const { width, height } = scene.scale;
  const y = pictureHeight({ width, height });
  if (y >= height) return undefined;
  scene.add.tileSprite(0, y, width, height - y, 'ui', 'wood-grain').setOrigin(0);
  scene.add.rectangle(0, y, width, 1, 0x17122b).setOrigin(0);
  scene.add.rectangle(0, y + 1, width, 2, 0xbf6c2c).setOrigin(0);
  scene.add.rectangle(0, y + 1, width, 1, 0xfbca5a).setOrigin(0);
  scene.add.rectangle(0, y + 3, width, 1, 0x17122b).setOrigin(0);
  return { x: 0, y: y + 4, width, height: height - y - 4 };
}
