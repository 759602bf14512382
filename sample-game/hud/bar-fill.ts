import type * as Phaser from 'phaser';

/** What fills a bar; an image that is scaled would stand out of it in Phaser's Canvas renderer. Set its size. */
export function barFill(scene: Phaser.Scene, x: number, y: number): Phaser.GameObjects.NineSlice {
  return scene.add.nineslice(x, y, 'ui', 'bar-fill', 1, 6, 0, 0, 0, 0).setOrigin(0);
}
