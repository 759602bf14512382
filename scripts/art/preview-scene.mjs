// Composes a dusk view of Saltmere from the committed tiles, props and people: the test bench of the art.
// Usage: node scripts/art/preview-scene.mjs OUT.png [--wide] [--talk] [--zoom N]
import { Canvas } from './canvas.mjs';
import { writeText } from './font.mjs';
import { hash, noise } from './noise.mjs';
import { RAMPS } from './palette.mjs';
import { load, Stage } from './preview-kit.mjs';

const args = process.argv.slice(2);
const out = args[0];
if (!out) throw new RangeError('preview-scene: got no file, expected OUT.png as first argument');
const zoom = args.includes('--zoom') ? Number(args[args.indexOf('--zoom') + 1]) : 1;

const W = 480;
const H = 272;
const view = args.includes('--wide') ? [0, 0, W, H] : [84, 66, 320, 180];
const stage = new Stage(W, H);
const tiles = load('tiles');
const props = load('props');
const people = load('characters');
const tile = (name, tx, ty) => stage.tile(tiles, name, tx, ty);
const put = (atlas, name, x, y, options) => stage.put(atlas, name, x, y, options);

// Areas by tile corners.
const wave = (x, s) => Math.sin(x * 0.55 + s) * 0.6 + Math.sin(x * 0.23 + s * 2) * 0.5;
const areas = {
  deep: (x, y) => y > 14.2 + wave(x, 2) || (x > 24 && y > 12.6 + wave(x, 1)),
  shore: (x, y) => y > 12.4 + wave(x, 0) * 0.8 || (x > 24 && y > 11.5),
  sand: (x, y) => y > 10.7 + wave(x, 4) * 0.4,
  cobble: (x, y) =>
    (y >= 8 && y <= 9 && x >= 3 && x <= 25) ||
    (x >= 9 && x <= 20 && y >= 7 && y <= 10) ||
    (x >= 12 && x <= 14 && y >= 7 && y <= 12),
  meadow: (x, y) => noise(x, y, 3, 40, 5) > 0.55,
};
const BITS = [
  [0, 0, 1],
  [1, 0, 2],
  [1, 1, 4],
  [0, 1, 8],
];
const maskAt = (area, tx, ty) =>
  BITS.reduce((m, [i, j, bit]) => m | (areas[area](tx + i, ty + j) ? bit : 0), 0);
const VARIANTS = [
  'grass-tuft',
  'grass-tufts',
  'grass-clover',
  'grass-flowers-gold',
  'grass-flowers-white',
  'grass-leaves',
  'grass-pebbles',
];
for (let ty = 0; ty < 17; ty++)
  for (let tx = 0; tx < 30; tx++) {
    const area = ['deep', 'shore', 'sand', 'cobble', 'meadow'].find((name) => maskAt(name, tx, ty));
    if (area) tile(`${area}-${maskAt(area, tx, ty)}`, tx, ty);
    if (area === 'deep' && maskAt('deep', tx, ty) === 15 && hash(tx, ty, 5) < 0.3)
      tile(tx < 14 ? 'deep-sunpath' : 'deep-glint', tx, ty);
    if (area === 'sand' && maskAt('sand', tx, ty) === 15 && hash(tx, ty, 6) < 0.14)
      tile(['sand-shells', 'sand-weed', 'sand-pebbles'][Math.floor(hash(tx, ty, 7) * 3)], tx, ty);
    if (!area)
      tile(
        hash(tx, ty, 1) < 0.42
          ? VARIANTS[Math.floor(hash(tx, ty, 2) * 7)]
          : ['grass', 'grass-2', 'grass-3', 'grass-bare'][Math.floor(hash(tx, ty, 3) * 4)],
        tx,
        ty,
      );
  }
['left', 'mid', 'right'].forEach((c, i) => {
  for (let ty = 11; ty < 16; ty++) tile(`pier-${c}`, 12 + i, ty);
  tile(`pier-front-${c}`, 12 + i, 16);
});
for (let ty = 13; ty < 17; ty++) tile('pier-shade', 15, ty);
for (let tx = 25; tx < 30; tx++) {
  tile(`cliff-top-${tx === 25 ? 'left' : 'mid'}`, tx, 10);
  tile(`cliff-face-${tx === 25 ? 'left' : 'mid'}`, tx, 11);
  tile(`cliff-foot-${tx === 25 ? 'left' : 'mid'}`, tx, 12);
}
for (let tx = 0; tx < 6; tx++) tile(`fence-${tx === 5 ? 'right' : 'mid'}`, tx, 10);
for (let tx = 20; tx < 25; tx++) tile(`wall-${tx === 20 ? 'left' : tx === 24 ? 'right' : 'mid'}`, tx, 10);

// Standing things: [atlas name, x, y of the foot]
const things = [
  ['tree-pine', 22, 60],
  ['tree-oak', 60, 52],
  ['tree-pine-small', 6, 78],
  ['tree-pine', 300, 50],
  ['tree-autumn', 325, 66],
  ['tree-pine', 420, 54],
  ['tree-pine-small', 452, 60],
  ['tree-oak', 392, 46],
  ['tree-pine', 120, 50],
  ['cottage-timber', 92, 122],
  ['inn', 206, 128],
  ['house-slate', 350, 126],
  ['cottage-red', 12, 142],
  ['lighthouse', 432, 158],
  ['lamp-post', 138, 134],
  ['lamp-post', 286, 136],
  ['lamp-post', 188, 196],
  ['lamp-post', 243, 196],
  ['well', 276, 158],
  ['fish-stall', 152, 176],
  ['signpost', 254, 178],
  ['bench', 318, 146],
  ['barrel', 282, 128],
  ['barrel-water', 273, 133],
  ['crate-fish', 100, 174],
  ['crate', 116, 178],
  ['crate', 112, 164],
  ['barrel', 196, 170],
  ['flower-pots', 400, 130],
  ['bush', 60, 130],
  ['bush-berries', 44, 128],
  ['bush-autumn', 408, 110],
  ['bush', 462, 150],
  ['tree-autumn', 130, 122],
  ['washing', 70, 164],
  ['net-rack', 76, 204],
  ['net-heap', 120, 196],
  ['lobster-pot', 142, 200],
  ['lobster-pot', 130, 206],
  ['anchor', 262, 196],
  ['rock-large', 392, 190],
  ['rock-medium', 366, 192],
  ['rock-small', 410, 194],
  ['bollard', 194, 236],
  ['bollard', 238, 236],
  ['crate-fish', 230, 214],
  ['lobster-pot', 230, 254],
  ['handcart', 340, 172],
  ['cat', 316, 150],
  ['boat-fishing', 326, 250],
  ['boat-rowing-blue', 160, 246],
  ['boat-rowing-red', 270, 226],
  ['buoy', 110, 252],
  ['gull-stand-0', 197, 224],
  ['gull-stand-1', 92, 220],
];
for (const [name, x, y] of things)
  if (props.json.frames[`${name}-shadow`] && !/boat/.test(name)) put(props, `${name}-shadow`, x, y);
const folk = [
  ['player-idle-down-0', 212, 186],
  ['mira-idle-down-0', 176, 184],
  ['bess-idle-down-0', 222, 144],
  ['orrin-walk-left-1', 392, 162],
  ['pip-walk-right-1', 296, 176],
  ['sailor-idle-right-0', 226, 238],
];
for (const [, x, y] of folk) put(props, 'shadow-character', x + 3, y - 1);
const glows = [
  ['glow-medium', 138, 99],
  ['glow-medium', 286, 101],
  ['glow-medium', 188, 161],
  ['glow-medium', 243, 161],
  ['glow-small', 152, 146],
  ['glow-large', 432, 40],
  ['glow-small', 175, 106],
  ['glow-small', 231, 106],
  ['glow-small', 166, 82],
  ['glow-small', 202, 74],
  ['glow-small', 224, 74],
  ['glow-small', 104, 100],
  ['glow-small', 322, 98],
  ['glow-small', 378, 104],
  ['glow-small', 0, 120],
  ['glow-small', 281, 189],
  ['glow-ground', 138, 134],
  ['glow-ground', 286, 136],
  ['glow-ground', 188, 196],
  ['glow-ground', 243, 196],
  ['glow-spill', 204, 128],
  ['glow-spill', 345, 124],
  ['glow-spill', 78, 120],
  ['light-beam', 440, 40],
];
const shine = (which) => {
  for (const [name, x, y] of glows) if (which(name)) put(props, name, x, y, { add: true });
};
shine((name) => /ground|spill/.test(name));
const standing = [...things.map((t) => [props, ...t]), ...folk.map((t) => [people, ...t])];
for (const [atlas, name, x, y] of standing.sort((a, b) => a[3] - b[3])) put(atlas, name, x, y);

// Air: smoke, gulls, then the evening itself: warm from the left, violet to the right and below.
put(props, 'smoke-0', 244, 8);
put(props, 'smoke-1', 248, -2);
[
  ['smoke-0', 356, 34],
  ['smoke-1', 360, 24],
  ['smoke-2', 366, 12],
].forEach(([n, x, y]) => {
  put(props, n, x, y);
});
[
  ['gull-fly-0', 262, 238],
  ['gull-fly-1', 300, 206],
  ['gull-fly-2', 340, 205],
].forEach(([n, x, y]) => {
  put(props, n, x, y);
});
for (let y = 0; y < H; y++)
  for (let x = 0; x < W; x++) {
    const cool = Math.min(5, Math.floor(((x / W) * 0.7 + (y / H) * 0.3) * 6 + hash(x, y, 1) * 0.2));
    stage.blend(x, y, RAMPS.ink[2], cool * 11);
    const warm = Math.max(0, 4 - Math.floor((x / W) * 6));
    stage.blend(x, y, RAMPS.gold[0], warm * 6, true);
  }
shine((name) => !/ground|spill/.test(name));

if (args.includes('--talk')) talk(view[0], view[1]);
stage.savePng(out, view, zoom);

// The interface over the scene, at the corner of the view.
function talk(x0, y0) {
  const ui = load('ui');
  const portraits = load('portraits');
  const { ink, cream, gold } = RAMPS;
  const text = (line, x, y, colour) => {
    const c = new Canvas(300, 16);
    writeText(c, line, 0, 0, colour);
    stage.canvas(c, x, y);
  };
  stage.slice(ui, 'panel-wood', x0 + 8, y0 + 112, 304, 62);
  stage.put(portraits, 'mira-happy', x0 + 17, y0 + 119);
  stage.put(ui, 'portrait-frame', x0 + 12, y0 + 114);
  stage.slice(ui, 'name-plate', x0 + 76, y0 + 102, 46, 20);
  text('Mira', x0 + 88, y0 + 105, gold[2]);
  text('Fresh herring, traveller! Caught at dawn, and', x0 + 80, y0 + 122, cream[3]);
  text('they’ll be gone by dark. Two coppers a pair —', x0 + 80, y0 + 137, cream[3]);
  text('three if you want them to wink at you.', x0 + 80, y0 + 152, cream[3]);
  stage.put(ui, 'next-0', x0 + 292, y0 + 160);
  stage.slice(ui, 'bubble', x0 + 150, y0 + 8, 118, 22);
  stage.put(ui, 'bubble-tail', x0 + 160, y0 + 29);
  text('Is that the inn’s cat?', x0 + 158, y0 + 11, ink[1]);
  stage.slice(ui, 'bar-frame', x0 + 8, y0 + 6, 84, 14);
  stage.put(ui, 'bar-fill', x0 + 12, y0 + 10, { to: [46, 6] });
  ['speaker', 'save', 'gear'].forEach((n, i) => {
    stage.put(ui, `icon-${n}`, x0 + 268 + i * 16, y0 + 4);
  });
}
