/** Whole-number scaling: every pixel of the art covers the same number of the screen's own pixels. */
import * as Phaser from 'phaser';
import { WORLD } from './world/village-map.js';

/** The smallest view that still shows a talk and those who hold it. */
const MIN_VIEW = { width: 320, height: 180 };
/** Of a screen held upright: the village above, and room for the thumbs below it. */
const MIN_UPRIGHT_VIEW = { width: 240, height: 400 };
const MIN_DECK_HEIGHT = 140;

export interface View {
  /** CSS pixels for one pixel of art: a whole number of the screen's pixels. */
  readonly zoom: number;
  /** Pixels of art. */
  readonly width: number;
  readonly height: number;
}

function isUpright({ width, height }: { readonly width: number; readonly height: number }): boolean {
  return height > width * 1.2;
}

/** @param pixelRatio the screen's pixels for one CSS pixel */
export function fitView(width: number, height: number, pixelRatio = 1): View {
  const upright = isUpright({ width, height });
  const least = upright ? MIN_UPRIGHT_VIEW : MIN_VIEW;
  const share = Math.min(width / least.width, height / least.height);
  const zoom = Math.max(1, Math.floor(share * pixelRatio)) / pixelRatio;
  const tall = Math.ceil(height / zoom);
  return {
    zoom,
    width: Math.min(WORLD.width, Math.ceil(width / zoom)),
    height: upright ? tall : Math.min(WORLD.height, tall),
  };
}

/** How high the picture of the village is; below it, on an upright screen, is the deck. Pixels of art. */
export function pictureHeight(view: { readonly width: number; readonly height: number }): number {
  return isUpright(view) ? Math.min(WORLD.height, view.height - MIN_DECK_HEIGHT) : view.height;
}

/** Keeps the game's scale fitted to the window. */
export function keepFitted(game: Phaser.Game): void {
  const resize = () => {
    const ratio = window.devicePixelRatio;
    const { zoom, width, height } = fitView(window.innerWidth, window.innerHeight, ratio);
    if (game.scale.gameSize.width !== width || game.scale.gameSize.height !== height) {
      game.scale.resize(width, height);
    }
    game.scale.setZoom(zoom);
    // Centred on whole pixels of the screen, or the art would blur.
    const centred = (space: number, size: number) =>
      `${Math.round(((space - size * zoom) / 2) * ratio) / ratio}px`;
    game.canvas.style.marginLeft = centred(window.innerWidth, width);
    game.canvas.style.marginTop = centred(window.innerHeight, height);
  };
  if (game.isBooted) resize();
  else game.events.once(Phaser.Core.Events.READY, resize);
  window.addEventListener('resize', resize);
  game.events.once(Phaser.Core.Events.DESTROY, () => window.removeEventListener('resize', resize));
}
