// Gathers all tiles into one sheet with its description.
import { Canvas } from './canvas.mjs';
import { writeJson } from './json.mjs';
import { builtTiles } from './tiles-built.mjs';
import { cliffFootTiles } from './tiles-cliff.mjs';
import { grassTiles, groundSets, sandTiles, TILE } from './tiles-ground.mjs';
import { FRAMES, waterSets, waterTiles } from './tiles-water.mjs';

const COLUMNS = 16;
const FRAME_MS = 220;
const isSolid = (name) => /^(fence|wall|cliff|deep|pier-front)/.test(name);
const isOverlay = (name) => /^(fence|wall|pier-front|pier-shade)/.test(name);

/** Writes tiles.png and tiles.json. */
export function writeTiles(folder) {
  const list = [];
  const tiles = {};
  const animations = {};
  const corners = {};
  const add = (name, canvas) => {
    tiles[name] = list.length;
    list.push(canvas);
  };
  const addFrames = (name, canvases) => {
    animations[name] = { first: list.length, frames: FRAMES, frameMs: FRAME_MS };
    canvases.forEach((canvas, f) => {
      add(f === 0 ? name : `${name}@${f}`, canvas);
    });
  };
  const single = { ...grassTiles(), ...sandTiles(), ...builtTiles() };
  for (const [name, canvas] of Object.entries(single)) add(name, canvas);
  const startRow = () => {
    while (list.length % COLUMNS) list.push(new Canvas(TILE, TILE));
  };
  for (const [name, set] of Object.entries(groundSets())) {
    startRow();
    corners[name] = { first: list.length, step: 1, over: set.over };
    set.tiles.forEach((canvas, mask) => {
      add(`${name}-${mask}`, canvas);
    });
  }
  for (const [name, set] of Object.entries(waterSets())) {
    startRow();
    corners[name] = { first: list.length, step: FRAMES, over: set.over };
    set.tiles.forEach((canvases, mask) => {
      addFrames(`${name}-${mask}`, canvases);
    });
  }
  for (const [name, canvases] of Object.entries({ ...waterTiles(), ...cliffFootTiles(FRAMES) }))
    addFrames(name, canvases);
  startRow();
  const sheet = new Canvas(COLUMNS * TILE, (list.length / COLUMNS) * TILE);
  list.forEach((canvas, i) => {
    sheet.blit(canvas, (i % COLUMNS) * TILE, Math.floor(i / COLUMNS) * TILE);
  });
  sheet.savePng(`${folder}/tiles.png`);
  const names = Object.keys(tiles);
  const json = {
    image: 'tiles.png',
    tileSize: TILE,
    columns: COLUMNS,
    tiles,
    solid: names.filter((n) => isSolid(n) || (/^shore-/.test(n) && !/^shore-0/.test(n))),
    overlay: names.filter(isOverlay),
    animations,
    cornerBits: { nw: 1, ne: 2, se: 4, sw: 8 },
    corners,
  };
  writeJson(`${folder}/tiles.json`, json);
}
