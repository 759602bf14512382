/** The small picture of a save: the village around the player, pixel by pixel, without what stands on the screen. */
import type * as Phaser from 'phaser';
import { DEPTH } from '../world/scenery.js';
import { WORLD } from '../world/village-map.js';
import { PICTURE } from './picture-file.js';

const KEY = 'save-picture';
/** From the feet to the middle of a person, in pixels. */
const CHEST = 13;

/** Draws the village anew, small and unseen, and gives it as a PNG; undefined where the browser cannot. */
export async function takePicture(
  scene: Phaser.Scene,
  { x, y }: { readonly x: number; readonly y: number },
): Promise<Uint8Array | undefined> {
  const { textures, children } = scene;
  const { width, height } = PICTURE;
  const paper = textures.exists(KEY)
    ? (textures.get(KEY) as Phaser.Textures.DynamicTexture)
    : textures.addDynamicTexture(KEY, width, height, false);
  if (!paper) return undefined;
  const within = (value: number, most: number) => Math.round(Math.max(0, Math.min(most, value)));
  paper.camera
    .setScroll(
      within(x - width / 2, WORLD.width - width),
      within(y - CHEST - height / 2, WORLD.height - height),
    )
    .setRoundPixels(true);
  paper.clear();
  // Bubbles, box, hints and news are above the village.
  paper.draw(
    children.list.filter((object) => {
      const { depth = 0 } = object as unknown as Phaser.GameObjects.Components.Depth;
      return depth < DEPTH.hud && object.willRender(paper.camera);
    }),
  );
  paper.render();
  const picture = await new Promise<unknown>((resolve) => paper.snapshot(resolve));
  return picture instanceof HTMLImageElement ? bytesOf(picture.src) : undefined;
}

/** Makes a texture of a saved picture; false where it is none after all. */
export async function showPicture(scene: Phaser.Scene, key: string, png: Uint8Array): Promise<boolean> {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([png as Uint8Array<ArrayBuffer>], { type: 'image/png' }));
  image.src = url;
  try {
    await image.decode();
  } catch {
    return false;
  } finally {
    URL.revokeObjectURL(url);
  }
  if (scene.textures.exists(key)) scene.textures.remove(key);
  return scene.textures.addImage(key, image) !== null;
}

function bytesOf(dataUrl: string): Uint8Array {
  return Uint8Array.from(atob(dataUrl.slice(dataUrl.indexOf(',') + 1)), (char) => char.charCodeAt(0));
}
