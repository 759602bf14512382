import type * as Phaser from 'phaser';
import { onMotion } from './settings-keeper.js';

/** What moves by itself: an animation, a tween, or anything that can wait. */
export interface Moving {
  pause(): unknown;
  resume(): unknown;
}

/** Lets what moves in a scene rest while the player wants things to stand still. @param moving may change */
export function restWhenStill(scene: Phaser.Scene, moving: Iterable<Moving>): void {
  onMotion(scene, (still) => {
    for (const one of moving) {
      if (still) one.pause();
      else one.resume();
    }
  });
}
