/** The light of the evening: a picture that the world is multiplied with, darkness with pools of lamplight in it. */
import * as Phaser from 'phaser';
import { HOUSE_LIGHTS, LIGHTS } from './lights.js';
import { THINGS } from './things.js';
import { WORLD } from './village-map.js';

type Rgb = readonly [red: number, green: number, blue: number];

/** What the sky leaves of each colour: in the west, where the sun went down, and in the east, where night comes from. */
const WEST: Rgb = [0.86, 0.64, 0.62];
const MIDDLE: Rgb = [0.63, 0.53, 0.7];
const EAST: Rgb = [0.45, 0.44, 0.69];
/** Within lamplight, nothing is lost but some blue. */
const LAMPLIGHT: Rgb = [1, 0.93, 0.78];
/** Steps of light from none to full. */
const STEPS = 7;
/** Ordered dither: seams between two steps of light are one pixel deep. */
const BAYER = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];

/** An ellipse of light: middle, half axes and strength 0 to 1. */
interface Pool {
  readonly x: number;
  readonly y: number;
  readonly rx: number;
  readonly ry: number;
  readonly strength: number;
}

/** Lays the evening over the world at a depth; the picture is made once and kept by the texture manager. */
export function addDusk(scene: Phaser.Scene, depth: number): Phaser.GameObjects.Image {
  const { MULTIPLY } = Phaser.BlendModes;
  if (!scene.textures.exists('dusk')) drawDusk(scene);
  // The canvas renderer decides what the browser can blend before it knows: every browser can multiply.
  const { renderer } = scene.sys;
  if (renderer instanceof Phaser.Renderer.Canvas.CanvasRenderer) renderer.blendModes[MULTIPLY] = 'multiply';
  return scene.add.image(0, 0, 'dusk').setOrigin(0).setDepth(depth).setBlendMode(MULTIPLY);
}

function drawDusk(scene: Phaser.Scene): void {
  const { width, height } = WORLD;
  const texture = scene.textures.createCanvas('dusk', width, height)!;
  const light = lightOf(pools());
  const picture = texture.context.createImageData(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const seam = (BAYER[(y & 3) * 4 + (x & 3)]! + 0.5) / 16;
      const sky = skyAt(Math.floor((x / width) * 24 + (y / height) * 3 + seam) / 27);
      const lit = Math.min(1, Math.floor(light[i]! * STEPS + seam) / STEPS);
      for (let k = 0; k < 3; k++)
        picture.data[i * 4 + k] = 255 * (sky[k]! + Math.max(0, LAMPLIGHT[k]! - sky[k]!) * lit);
      picture.data[i * 4 + 3] = 255;
    }
  }
  texture.context.putImageData(picture, 0, 0);
  texture.refresh();
}

/** The sky's light, `t` from 0 in the west to 1 in the east. */
function skyAt(t: number): Rgb {
  const [from, to, k] = t < 0.5 ? [WEST, MIDDLE, t * 2] : [MIDDLE, EAST, t * 2 - 1];
  return [0, 1, 2].map((i) => from[i]! + (to[i]! - from[i]!) * k) as unknown as Rgb;
}

/** How much of each pixel's darkness the pools take away, 0 to 1. */
function lightOf(list: readonly Pool[]): Float32Array {
  const { width, height } = WORLD;
  const dark = new Float32Array(width * height).fill(1);
  for (const { x, y, rx, ry, strength } of list) {
    for (let j = Math.max(0, Math.floor(y - ry)); j < Math.min(height, y + ry); j++) {
      for (let i = Math.max(0, Math.floor(x - rx)); i < Math.min(width, x + rx); i++) {
        const d = Math.hypot((i + 0.5 - x) / rx, (j + 0.5 - y) / ry);
        if (d < 1) dark[j * width + i]! *= 1 - strength * (1 - d * d) ** 1.4;
      }
    }
  }
  return dark.map((share) => 1 - share);
}

function pools(): Pool[] {
  const found: Pool[] = [];
  const add = (x: number, y: number, rx: number, ry: number, strength: number) =>
    found.push({ x, y, rx, ry, strength });
  for (const { kind, x, y, footY } of LIGHTS) {
    const size = { lamp: 1, lantern: 0.75, window: 0.5 }[kind];
    add(x, y, 26 * size, 26 * size, 1);
    if (footY !== undefined) {
      add(x, (y + footY) / 2, 44 * size, 52 * size, 0.55);
      add(x, footY, 76 * size, 44 * size, 0.8);
    }
  }
  for (const { name, x, y } of THINGS) {
    const house = HOUSE_LIGHTS[name];
    for (const [dx, dy] of house?.windows ?? []) {
      add(x + dx, y + dy, 15, 16, 1);
      if (dy > -30) add(x + dx, y + 8, 24, 22, 0.55);
    }
    for (const dx of house?.doors ?? []) add(x + dx, y + 2, 40, 34, 0.75);
  }
  return found;
}
