// Portraits, 48 by 48, of the six who talk, in six moods.
import { writeAtlas } from './atlas.mjs';
import { Canvas } from './canvas.mjs';
import { outlineFor, RAMPS } from './palette.mjs';
import { bess } from './portrait-bess.mjs';
import { backdrop, MOODS, rims, SIZE } from './portrait-kit.mjs';
import { mira } from './portrait-mira.mjs';
import { orrin } from './portrait-orrin.mjs';
import { pip } from './portrait-pip.mjs';
import { sailor } from './portrait-sailor.mjs';
import { tomas } from './portrait-tomas.mjs';

const { wood, ink, water, grass, skin, slate } = RAMPS;

const CAST = {
  mira: { draw: mira, tones: [water[3], water[2], water[1], water[0], ink[0]] },
  orrin: { draw: orrin, tones: [ink[4], ink[3], ink[2], ink[1], ink[0]] },
  bess: { draw: bess, tones: [wood[3], wood[2], wood[1], wood[0], ink[0]] },
  pip: { draw: pip, tones: [grass[3], grass[2], grass[1], grass[0], ink[0]] },
  sailor: { draw: sailor, tones: [skin[1], skin[0], ink[2], ink[1], ink[0]] },
  tomas: { draw: tomas, tones: [slate[2], slate[1], slate[0], ink[1], ink[0]] },
};
// The head moves with the mood: up in surprise, down in grief and anger.
const NOD = { neutral: 0, happy: 0, sad: 1, angry: 1, surprised: -1, suspicious: 0 };

/** One portrait. */
export function drawPortrait({ draw, tones }, mood) {
  const figure = new Canvas(SIZE, SIZE);
  draw(figure, mood, NOD[mood]);
  rims(figure, figure.clone());
  const lined = figure.clone().outline((near) => outlineFor(near));
  const c = new Canvas(SIZE, SIZE);
  backdrop(c, tones);
  return c.blit(lined, 0, 0);
}

/** Writes portraits.png and portraits.json. */
export function writePortraits(folder) {
  const frames = new Map();
  for (const [name, person] of Object.entries(CAST))
    for (const mood of MOODS) frames.set(`${name}-${mood}`, { canvas: drawPortrait(person, mood) });
  writeAtlas(folder, 'portraits', frames, 295, { moods: MOODS, people: Object.keys(CAST) });
}
