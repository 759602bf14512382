// Packs named canvases into one sheet and describes it in Phaser's JSON hash format.
import { writeFileSync } from 'node:fs';
import { Canvas } from './canvas.mjs';

/**
 * Writes `NAME.png` and `NAME.json` into a folder; frames keep the order they were given in the JSON.
 * @param frames Map of frame name to { canvas, anchor?: [x, y] in pixels }
 */
export function writeAtlas(folder, name, frames, width, meta = {}) {
  const order = [...frames].sort(
    (a, b) => b[1].canvas.height - a[1].canvas.height || b[1].canvas.width - a[1].canvas.width,
  );
  const place = new Map();
  let x = 1;
  let y = 1;
  let shelf = 0;
  for (const [key, { canvas }] of order) {
    if (x + canvas.width + 1 > width) {
      x = 1;
      y += shelf + 1;
      shelf = 0;
    }
    place.set(key, [x, y]);
    x += canvas.width + 1;
    shelf = Math.max(shelf, canvas.height);
  }
  const sheet = new Canvas(width, y + shelf + 1);
  const json = { frames: {}, meta: { app: 'scripts/art', image: `${name}.png`, format: 'RGBA8888', scale: '1' } };
  for (const [key, { canvas, anchor }] of frames) {
    const [px, py] = place.get(key);
    sheet.blit(canvas, px, py);
    const size = { w: canvas.width, h: canvas.height };
    json.frames[key] = {
      frame: { x: px, y: py, ...size },
      rotated: false,
      trimmed: false,
      spriteSourceSize: { x: 0, y: 0, ...size },
      sourceSize: size,
      ...(anchor ? { anchor: { x: anchor[0] / canvas.width, y: anchor[1] / canvas.height } } : {}),
    };
  }
  json.meta.size = { w: sheet.width, h: sheet.height };
  Object.assign(json.meta, meta);
  sheet.savePng(`${folder}/${name}.png`);
  writeFileSync(`${folder}/${name}.json`, `${JSON.stringify(json, null, 1)}\n`);
}
