// What people built: pier, fences, low walls.
import { Canvas } from './canvas.mjs';
import { hash } from './noise.mjs';
import { RAMPS } from './palette.mjs';
import { cliffTiles } from './tiles-cliff.mjs';
import { TILE } from './tiles-ground.mjs';

const { wood, stone, ink, grass, cream, water } = RAMPS;

// One board of the pier: lit upper edge, nails at both ends, a dark gap below.
function boardPixel(along, across, seed) {
  const row = across >> 2;
  const k = across & 3;
  const tone = hash(row, seed, 21);
  if (k === 3) return wood[0];
  if (k === 0) return tone < 0.35 ? wood[3] : wood[4];
  if (hash(along >> 2, across, 22 + seed) < 0.1) return wood[2];
  return tone < 0.25 ? wood[2] : wood[3];
}

function pierTile(column, horizontal, seed) {
  const c = new Canvas(TILE, TILE);
  c.each(0, 0, TILE, TILE, (x, y) => (horizontal ? boardPixel(y, x, seed) : boardPixel(x, y, seed)));
  const put = (along, across, colour) =>
    horizontal ? c.set(across, along, colour) : c.set(along, across, colour);
  for (let i = 0; i < TILE; i++) {
    const ragged = hash(i >> 2, seed, 5) < 0.4 && (i & 3) !== 3;
    if (column === 'first') {
      put(0, i, wood[1]);
      put(1, i, (i & 3) === 3 ? wood[1] : wood[4]);
      if (!ragged) put(2, i, wood[2]);
    }
    if (column === 'last') {
      put(15, i, ink[1]);
      put(14, i, wood[1]);
      if (!ragged) put(13, i, wood[2]);
    }
    if ((i & 3) === 1) {
      if (column === 'first') put(4, i, wood[1]);
      if (column === 'last') put(11, i, wood[1]);
    }
  }
  return c;
}

// The front of the pier where it ends above the water: beam, then piles going under.
function pierFront(column) {
  const c = new Canvas(TILE, TILE);
  c.rect(0, 0, TILE, 1, wood[4])
    .rect(0, 1, TILE, 2, wood[2])
    .rect(0, 3, TILE, 1, wood[1])
    .rect(0, 4, TILE, 1, wood[0]);
  c.rect(0, 5, TILE, 3, ink[1], 150).rect(0, 8, TILE, 2, ink[1], 90);
  const pile = (x) => {
    c.rect(x, 0, 4, 11, wood[1])
      .rect(x, 0, 1, 11, wood[3])
      .rect(x + 1, 0, 1, 11, wood[2])
      .rect(x + 3, 0, 1, 11, wood[0]);
    c.rect(x, 8, 4, 3, grass[1]).set(x, 8, grass[2]).set(x, 9, grass[2]);
    c.rect(x - 1, 11, 6, 1, water[4]).rect(x, 12, 4, 1, water[3]);
  };
  if (column === 'left') pile(1);
  if (column === 'mid') pile(6);
  if (column === 'right') pile(11);
  return c;
}

// What the pier throws on the water at its right: laid over a water tile.
function pierShade() {
  const c = new Canvas(TILE, TILE);
  for (let y = 0; y < TILE; y++) {
    const reach = 9 + [0, 1, 1, 0, -1, 0, 1, 2, 1, 0, 0, -1, 0, 1, 1, 0][y];
    c.rect(0, y, reach, 1, ink[1], 110).rect(reach, y, 2, 1, ink[1], 56);
  }
  return c;
}

function fence(kind) {
  const c = new Canvas(TILE, TILE);
  const post = (x, y, h) =>
    c
      .rect(x, y, 3, h, wood[2])
      .rect(x, y, 1, h, wood[4])
      .rect(x + 2, y, 1, h, wood[1])
      .rect(x, y, 3, 1, wood[4])
      .rect(x, y + h, 3, 1, ink[1]);
  const rail = (x, y, w) =>
    c
      .rect(x, y, w, 1, wood[4])
      .rect(x, y + 1, w, 1, wood[2])
      .rect(x, y + 2, w, 1, wood[0]);
  if (kind === 'v') {
    c.rect(7, 0, 2, 16, wood[2]).rect(7, 0, 1, 16, wood[4]).rect(9, 0, 1, 16, wood[0]);
    post(6, 3, 9);
    return c;
  }
  const from = kind === 'left' ? 7 : 0;
  const to = kind === 'right' ? 9 : 16;
  rail(from, 4, to - from);
  rail(from, 8, to - from);
  if (kind !== 'mid') post(6, 1, 12);
  else {
    post(1, 1, 12);
    post(10, 2, 11);
  }
  return c;
}

// Dry stone, drawn stone by stone so that it repeats every 16 pixels: a, b, c light to dark, '-' the joint.
const DRY_STONE = [
  'aab-aaabb-abb-ab',
  'bbc-abbbc-bbc-bb',
  'bc--bbcc--bcc-bc',
  '--a--c--ab---a--',
  'bb-abb-aabbc-bbb',
  'bc-bbc-bbbcc-bbc',
  'c--bc--bccc--bcc',
];

function dryStone(c, x0, y0, w) {
  const legend = { a: stone[3], b: stone[2], c: stone[1], '-': stone[0] };
  c.each(x0, y0, w, DRY_STONE.length, (x, y) => legend[DRY_STONE[y - y0][x]]);
}

/** Three broad steps down, for where grass meets sand. */
function steps() {
  const c = new Canvas(TILE, TILE);
  for (let k = 0; k < 4; k++) {
    const y = k * 4;
    c.rect(0, y, TILE, 1, cream[2])
      .rect(0, y + 1, TILE, 1, stone[3])
      .rect(0, y + 2, TILE, 1, stone[2]);
    c.rect(0, y + 3, TILE, 1, stone[0]);
    const seam = [5, 11, 3, 9][k];
    c.rect(seam, y, 1, 3, stone[1]).set(seam + 1, y, cream[3]);
    if (k % 2) c.set(14, y + 2, grass[2]).set(13, y + 2, grass[3]);
  }
  return c;
}

function wall(kind) {
  const c = new Canvas(TILE, TILE);
  const cap = (x, y, w) => {
    for (let i = 0; i < w; i++) {
      const seam = (x + i) % 5 === 4;
      c.set(x + i, y, seam ? stone[2] : cream[2]).set(x + i, y + 1, seam ? stone[1] : stone[3]);
      c.set(x + i, y + 2, stone[2]).set(x + i, y + 3, seam ? stone[0] : stone[1]);
    }
  };
  if (kind === 'v') {
    c.each(5, 0, 7, 16, (x, y) => {
      if (x === 11) return ink[1];
      if (y % 5 === 4) return stone[1];
      return [cream[2], stone[3], stone[3], stone[2], stone[2], stone[1]][x - 5];
    });
    return c;
  }
  const from = kind === 'left' ? 5 : 0;
  const to = kind === 'right' ? 12 : 16;
  cap(from, 2, to - from);
  dryStone(c, from, 6, to - from);
  c.rect(from, 13, to - from, 1, stone[0]).rect(from, 14, to - from, 1, ink[1]);
  if (kind === 'left') c.rect(from, 3, 1, 11, cream[2]);
  if (kind === 'right') c.rect(to - 1, 3, 1, 11, stone[0]);
  if (hash(kind.length, 4, 4) > 0.3)
    c.set(from + 3, 13, grass[3])
      .set(from + 4, 13, grass[2])
      .set(from + 3, 12, grass[4]);
  return c;
}

/** Built tiles by name. */
export function builtTiles() {
  const tiles = {};
  tiles['pier-left'] = pierTile('first', false, 1);
  tiles['pier-mid'] = pierTile('inner', false, 1);
  tiles['pier-mid-worn'] = pierTile('inner', false, 6);
  tiles['pier-right'] = pierTile('last', false, 1);
  tiles['pier-h-top'] = pierTile('first', true, 2);
  tiles['pier-h-mid'] = pierTile('inner', true, 2);
  tiles['pier-h-bottom'] = pierTile('last', true, 2);
  for (const column of ['left', 'mid', 'right']) tiles[`pier-front-${column}`] = pierFront(column);
  tiles['pier-shade'] = pierShade();
  tiles.steps = steps();
  for (const kind of ['left', 'mid', 'right', 'v']) tiles[`fence-${kind}`] = fence(kind);
  for (const kind of ['left', 'mid', 'right', 'v']) tiles[`wall-${kind}`] = wall(kind);
  Object.assign(tiles, cliffTiles());
  return tiles;
}
