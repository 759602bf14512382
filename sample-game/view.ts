/** Whole-number scaling: every pixel of the art covers the same number of the screen's own pixels. */
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

/** A screen held upright, as phones are. */
export function isUpright({ width, height }: { readonly width: number; readonly height: number }): boolean {
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
