// The one palette of the game: 48 colours in hue-shifted ramps, each from dark to light.
// Dusk rules: shadows lean to blue-violet, lights to warm orange; there is no pure black and no pure white.

const hex = (s) => Number.parseInt(s, 16);

const ink = ['17122b', '261d40', '392b57', '50406b', '755c88', '957b9c'].map(hex);
const cream = [ink[5], ...['c0a5a2', 'e3c19f', 'f8e1b6', 'fff4d8'].map(hex)];
const stone = [ink[3], ...['6b6280', '948894'].map(hex), cream[1], cream[2]];
const slate = [ink[2], ...['41466b', '5d698b', '8a97aa'].map(hex)];
const skin = ['733747', 'aa6155', 'db9a72', 'f5c797', 'ffe4c1'].map(hex);
const sand = [...['7d5a70', 'b07e74'].map(hex), skin[2], skin[3], cream[3]];
const wood = ['341f30', '56313a', '7e4a40', 'ab6f48', 'd59e5c'].map(hex);
const grass = ['1c2d40', '27474b', '3b634b', '5c7d49', '8a9a4e', 'c4ba60'].map(hex);
const red = ['461b38', '73263f', 'a53d40', 'd2613f', 'f0954f'].map(hex);
const water = ['181f47', '22336b', '2f5089', '4579a0', '73a8b0', 'b9dcc9'].map(hex);
const gold = ['bf6c2c', 'ec9c39', 'fbca5a', 'ffefa6'].map(hex);

/** Ramps by material, dark to light; a colour may serve in more than one. */
export const RAMPS = { ink, cream, stone, slate, skin, sand, wood, grass, red, water, gold };

/** Every colour of the palette once, as 0xRRGGBB. */
export const PALETTE = [...new Set(Object.values(RAMPS).flat())];

// What lies one step down where a ramp ends, so that a cast shadow always finds a colour.
const BELOW = [
  [wood[0], ink[0]],
  [grass[0], ink[0]],
  [red[0], ink[0]],
  [water[0], ink[0]],
  [skin[0], red[0]],
  [sand[0], ink[3]],
  [gold[0], red[1]],
  [ink[0], ink[0]],
];

const darkerMap = new Map();
const lighterMap = new Map();
for (const ramp of [ink, slate, stone, cream, wood, grass, red, water, gold, sand, skin]) {
  ramp.forEach((colour, i) => {
    if (i > 0 && !darkerMap.has(colour)) darkerMap.set(colour, ramp[i - 1]);
    if (i < ramp.length - 1 && !lighterMap.has(colour)) lighterMap.set(colour, ramp[i + 1]);
  });
}
for (const [colour, below] of BELOW)
  if (!darkerMap.has(colour) || colour === ink[0]) darkerMap.set(colour, below);

/** The next darker palette colour, `steps` times. */
export function darker(colour, steps = 1) {
  let c = colour;
  for (let i = 0; i < steps; i++) c = darkerMap.get(c) ?? c;
  return c;
}

/** The next lighter palette colour, `steps` times. */
export function lighter(colour, steps = 1) {
  let c = colour;
  for (let i = 0; i < steps; i++) c = lighterMap.get(c) ?? c;
  return c;
}

// A selective outline takes the dark end of the local ramp, one above ink for the warm ones.
const OUTLINE = new Map();
const outlineOf = (ramp, colour) => {
  for (const c of ramp) if (!OUTLINE.has(c)) OUTLINE.set(c, colour);
};
outlineOf(gold, wood[0]);
outlineOf(skin, skin[0]);
outlineOf(red, red[0]);
outlineOf(wood, wood[0]);
outlineOf(grass, grass[0]);
outlineOf(water, water[0]);
outlineOf(slate, ink[1]);
outlineOf(stone, ink[1]);
outlineOf(cream, ink[2]);
outlineOf(sand, wood[0]);
outlineOf(ink, ink[0]);

/** The outline colour that belongs to a local colour. */
export const outlineFor = (colour) => OUTLINE.get(colour) ?? ink[0];
