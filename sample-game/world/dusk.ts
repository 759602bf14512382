/** The light of the evening: a picture that the world is multiplied with, darkness with pools of lamplight in it. */
import * as Phaser from 'phaser';
import { HOUSE_LIGHTS, LIGHTS } from './lights.js';
import { THINGS } from './things.js';
import { SEEN, WORLD } from './village-map.js';

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

/** An ellipse of light: middle and half axes in pixels, and how much of the darkness it takes away, 0 to 1. */
export interface Pool {
  readonly x: number;
  readonly y: number;
  readonly rx: number;
  readonly ry: number;
  readonly strength: number;
}

/** The evening over one scene. */
export class Dusk {
  readonly #texture: Phaser.Textures.CanvasTexture;
  /** What is left of each pixel's darkness, 0 to 1. */
  readonly #darkness = new Float32Array(SEEN.width * SEEN.height).fill(1);

  constructor(scene: Phaser.Scene, depth: number) {
    const { MULTIPLY } = Phaser.BlendModes;
    const { width, height } = SEEN;
    // Two scenes may show the village at once, each at its own hour; a scene that starts again paints over its own.
    const key = `dusk-${scene.scene.key}`;
    this.#texture = scene.textures.exists(key)
      ? (scene.textures.get(key) as Phaser.Textures.CanvasTexture)
      : scene.textures.createCanvas(key, width, height)!;
    for (const pool of villagePools()) this.#lift(pool);
    this.#paint(0, 0, width, height);
    // The canvas renderer decides what the browser can blend before it knows: every browser can multiply.
    const { renderer } = scene.sys;
    if (renderer instanceof Phaser.Renderer.Canvas.CanvasRenderer) renderer.blendModes[MULTIPLY] = 'multiply';
    scene.add.image(0, 0, key).setOrigin(0).setDepth(depth).setBlendMode(MULTIPLY);
  }

  /** Lights one more pool, for good. */
  light(pool: Pool): void {
    this.#lift(pool);
    const { left, top, right, bottom } = boundsOf(pool);
    this.#paint(left, top, right - left, bottom - top);
  }

  #lift(pool: Pool): void {
    const { x, y, rx, ry, strength } = pool;
    const { left, top, right, bottom } = boundsOf(pool);
    for (let j = top; j < bottom; j++) {
      for (let i = left; i < right; i++) {
        const d = Math.hypot((i + 0.5 - x) / rx, (j + 0.5 - y) / ry);
        if (d < 1) this.#darkness[j * SEEN.width + i]! *= 1 - strength * (1 - d * d) ** 1.4;
      }
    }
  }

  #paint(left: number, top: number, width: number, height: number): void {
    const picture = this.#texture.context.createImageData(width, height);
    for (let j = 0, at = 0; j < height; j++) {
      for (let i = 0; i < width; i++, at += 4) {
        const [x, y] = [left + i, top + j];
        const seam = (BAYER[(y & 3) * 4 + (x & 3)]! + 0.5) / 16;
        const sky = skyAt(Math.floor((x / WORLD.width) * 24 + (y / WORLD.height) * 3 + seam) / 27);
        const light = 1 - this.#darkness[y * SEEN.width + x]!;
        const lit = Math.min(1, Math.floor(light * STEPS + seam) / STEPS);
        for (let k = 0; k < 3; k++)
          picture.data[at + k] = 255 * (sky[k]! + Math.max(0, LAMPLIGHT[k]! - sky[k]!) * lit);
        picture.data[at + 3] = 255;
      }
    }
    this.#texture.context.putImageData(picture, left, top);
    this.#texture.refresh();
  }
}

function boundsOf({ x, y, rx, ry }: Pool): { left: number; top: number; right: number; bottom: number } {
  return {
    left: Math.max(0, Math.floor(x - rx)),
    top: Math.max(0, Math.floor(y - ry)),
    right: Math.min(SEEN.width, Math.ceil(x + rx)),
    bottom: Math.min(SEEN.height, Math.ceil(y + ry)),
  };
}

/** The sky's light, `t` from 0 in the west to 1 in the east. */
function skyAt(t: number): Rgb {
  const [from, to, k] = t < 0.5 ? [WEST, MIDDLE, t * 2] : [MIDDLE, EAST, t * 2 - 1];
  const mix = (i: 0 | 1 | 2) => from[i] + (to[i] - from[i]) * k;
  return [mix(0), mix(1), mix(2)];
}

/** What lamps, lanterns, windows and doors of the village throw. */
function villagePools(): Pool[] {
  const pools: Pool[] = [];
  const add = (x: number, y: number, rx: number, ry: number, strength: number) =>
    pools.push({ x, y, rx, ry, strength });
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
  return pools;
}
