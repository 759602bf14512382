/** Whole-number scaling: every pixel of the art covers the same number of screen pixels. */
import * as Phaser from 'phaser';
import { WORLD } from './world/village-map.js';

/** The smallest view that still shows a talk and those who hold it. */
const MIN_VIEW = { width: 320, height: 180 };

/** Screen pixels for one pixel of art, and the view in art pixels, for a window. */
export function fitView(width: number, height: number): { zoom: number; width: number; height: number } {
  const zoom = Math.max(1, Math.floor(Math.min(width / MIN_VIEW.width, height / MIN_VIEW.height)));
  return {
    zoom,
    width: Math.min(WORLD.width, Math.ceil(width / zoom)),
    height: Math.min(WORLD.height, Math.ceil(height / zoom)),
  };
}

/** Keeps the game's scale fitted to the window. */
export function keepFitted(game: Phaser.Game): void {
  const fit = () => {
    const { zoom, width, height } = fitView(window.innerWidth, window.innerHeight);
    if (game.scale.gameSize.width !== width || game.scale.gameSize.height !== height) {
      game.scale.resize(width, height);
    }
    game.scale.setZoom(zoom);
  };
  window.addEventListener('resize', fit);
  game.events.once(Phaser.Core.Events.DESTROY, () => window.removeEventListener('resize', fit));
}
