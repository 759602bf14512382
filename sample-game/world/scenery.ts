/** Everything that stands, glows, smokes, sways and flies; nothing here is needed to play. */
import * as Phaser from 'phaser';
import { type Moving, restWhenStill } from '../settings/rest-when-still.js';
import { addAir } from './air.js';
import { Dusk } from './dusk.js';
import { addGulls, type Passer } from './gulls.js';
import { addLighthouse } from './lighthouse.js';
import { HOUSE_LIGHTS, LIGHTS } from './lights.js';
import { BUNTING, isAfloat, THINGS } from './things.js';

/** Depths: ground below 0, standing things by the y of their foot, air above all of them. */
export const DEPTH = {
  shadow: -500,
  groundGlow: -400,
  evening: 5000,
  glow: 5100,
  air: 5200,
  hud: 9000,
} as const;

/** Milliseconds a frame of what the wind moves. */
const SWAY_FRAME_MS = 230;

/** How far a string of flags hangs over the ground. */
const BUNTING_HEIGHT = 46;

/** A scene with a player, once it has one: gulls keep away from whoever that is. */
export interface Peopled {
  readonly player?: { readonly x: number; readonly y: number };
}

/** Adds the village's things. */
export function addScenery(scene: Phaser.Scene & Peopled): void {
  const moving = [
    ...THINGS.flatMap(({ name, x, y }) => addThing(scene, name, x, y)),
    ...BUNTING.flatMap(([x0, y0, x1, y1]) => addBunting(scene, x0, y0, x1, y1)),
  ];
  const dusk = new Dusk(scene, DEPTH.evening);
  restWhenStill(scene, [...moving, ...addGlows(scene)]);
  addLighthouse(scene, DEPTH, dusk);
  addAir(scene, DEPTH.air);
  const passer: Passer = () => scene.player;
  addGulls(scene, passer, DEPTH.air);
}

/** @returns what moves of it */
function addThing(scene: Phaser.Scene, name: string, x: number, y: number): Moving[] {
  const frames = scene.textures.get('props');
  if (frames.has(`${name}-shadow`)) scene.add.image(x, y, 'props', `${name}-shadow`).setDepth(DEPTH.shadow);
  const sways = frames.has(`${name}-0`);
  const thing = scene.add.sprite(x, y, 'props', sways ? `${name}-0` : name).setDepth(y);
  if (sways) thing.play({ key: swaying(scene, name), startFrame: Math.floor(x / 16) % 4 });
  return [...(sways ? [thing.anims] : []), ...(isAfloat(name) ? [float(scene, thing)] : [])];
}

/** The key of an animation of all frames that a thing has: `name-0`, `name-1` and so on. */
function swaying(scene: Phaser.Scene, name: string): string {
  const key = `sway-${name}`;
  if (!scene.anims.exists(key)) {
    const frames = scene.anims.generateFrameNames('props', { prefix: `${name}-`, start: 0, end: 3 });
    scene.anims.create({ key, frames, frameRate: 1000 / SWAY_FRAME_MS, repeat: -1 });
  }
  return key;
}

function float(scene: Phaser.Scene, thing: Phaser.GameObjects.Sprite): Moving {
  const { x, y } = thing;
  const rings = scene.add.image(x, y - 1, 'props', 'ripple-0').setDepth(DEPTH.shadow);
  rings.setScale(Math.max(1, Math.round(thing.width / 26)), 1);
  return scene.tweens.addCounter({
    from: 0,
    to: Math.PI * 2,
    duration: 3200 + (x % 7) * 180,
    repeat: -1,
    // Whole pixels only, or the art would blur.
    onUpdate: (tween) => {
      const swell = Math.sin(tween.getValue() ?? 0);
      thing.setY(y + Math.round(swell * 0.8));
      rings.setFrame(swell > 0 ? 'ripple-1' : 'ripple-0');
    },
  });
}

/** Flags on a string that sags between two points. */
function addBunting(scene: Phaser.Scene, x0: number, y0: number, x1: number, y1: number): Moving[] {
  const count = Math.max(2, Math.round(Math.hypot(x1 - x0, y1 - y0) / 8));
  return Array.from({ length: count }, (_, i) => {
    const t = (i + 0.5) / count;
    const sag = 7 * Math.sin(Math.PI * t);
    const x = Math.round(x0 + (x1 - x0) * t);
    const y = Math.round(y0 + (y1 - y0) * t + sag);
    const name = `pennant-${['red', 'cream', 'blue'][i % 3]}`;
    // It hangs high over those who walk below.
    const flag = scene.add.sprite(x, y, 'props', `${name}-0`).setDepth(y + BUNTING_HEIGHT);
    return flag.play({ key: swaying(scene, name), startFrame: i % 4 }).anims;
  });
}

/** Halos in the air, over the dusk: they flicker a little. */
function addGlows(scene: Phaser.Scene): Moving[] {
  const flickers: Moving[] = [];
  const glow = (frame: string, x: number, y: number) => {
    const halo = scene.add.image(x, y, 'props', frame).setBlendMode(Phaser.BlendModes.ADD);
    halo.setDepth(DEPTH.glow);
    const flicker = scene.tweens.add({
      targets: halo,
      alpha: { from: 1, to: 0.82 },
      duration: 900 + ((flickers.length * 337) % 700),
      yoyo: true,
      repeat: -1,
      ease: 'Stepped',
      easeParams: [4],
    });
    flickers.push(flicker);
  };
  for (const { kind, x, y, footY } of LIGHTS) {
    glow(kind === 'lamp' ? 'glow-medium' : 'glow-small', x, y);
    if (kind === 'lamp' && footY !== undefined) glow('glow-ground', x, footY);
  }
  for (const { name, x, y } of THINGS) {
    const house = HOUSE_LIGHTS[name];
    for (const [dx, dy] of house?.windows ?? []) glow('glow-small', x + dx, y + dy);
    for (const dx of house?.doors ?? []) {
      scene.add
        .image(x + dx, y, 'props', 'glow-spill')
        .setBlendMode(Phaser.BlendModes.ADD)
        .setDepth(DEPTH.groundGlow);
    }
  }
  return flickers;
}
