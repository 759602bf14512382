import type * as Phaser from 'phaser';

/** CSS pixels of the smallest thing that a thumb finds. */
export const LEAST_TOUCH_PX = 44;

/** True where fingers point: phones and tablets. */
export function isTouch(): boolean {
  return globalThis.matchMedia?.('(pointer: coarse)').matches ?? false;
}

/** Pixels of the game that make a thing large enough for fingers; 0 where a mouse points. */
export function leastTouch(game: Phaser.Game): number {
  if (!isTouch()) return 0;
  const { height } = game.canvas.getBoundingClientRect();
  return height > 0 ? Math.ceil((LEAST_TOUCH_PX * game.scale.height) / height) : 0;
}
