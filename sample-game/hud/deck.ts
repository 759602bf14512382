import type * as Phaser from 'phaser';
import type { Area } from '../menu/rows.js';
import { pictureHeight } from '../view.js';

/** The room below the picture on an upright screen; undefined where there is none. */
export function deckOf({ width, height }: Pick<Area, 'width' | 'height'>): Area | undefined {
  const y = pictureHeight({ width, height });
  return y < height ? { x: 0, y, width, height: height - y } : undefined;
}

/** The board below the picture. */
export function addDeck(scene: Phaser.Scene, { x, y, width, height }: Area): Phaser.GameObjects.NineSlice {
  return scene.add.nineslice(x, y, 'ui', 'panel-wood', width, height, 13, 13, 13, 13).setOrigin(0);
}
