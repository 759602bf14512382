import type { Speaker } from '../ui/speech-bubble.js';
import type { Point } from './approach.js';

/** Where a sprite is: its own position, else the middle of what it shows. */
export function placeOf(sprite: Speaker): Point {
  if ('x' in sprite && 'y' in sprite) return sprite as unknown as Point;
  const { centerX, centerY } = sprite.getBounds();
  return { x: centerX, y: centerY };
}
