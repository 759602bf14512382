// Packs named canvases into one sheet and describes it in Phaser's JSON hash format.
import { Canvas } from './canvas.mjs';
import { writeJson } from './json.mjs';

/**
 * Writes `NAME.png` and `NAME.json` into a folder; frames keep the order they were given in the JSON.
 * @param frames Map of frame name to { canvas, anchor?: [x, y], slice?: [left, top, right, bottom] }, in pixels
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
  const json = {
    frames: {},
    meta: { app: 'scripts/art', image: `${name}.png`, format: 'RGBA8888', scale: '1' },
  };
  for (const [key, { canvas, anchor, slice }] of frames) {
    const [px, py] = place.get(key);
    sheet.blit(canvas, px, py);
    const size = { w: canvas.width, h: canvas.height };
    json.frames[key] = {
      frame: { x: px, y: py, ...size },
      rotated: false,
      trimmed: false,
      spriteSourceSize: { x: 0, y: 0, ...size },
      sourceSize: size,
      ...(slice
        ? {
            scale9Borders: {
              x: slice[0],
              y: slice[1],
              w: canvas.width - slice[0] - slice[2],
              h: canvas.height - slice[1] - slice[3],
            },
          }
        : {}),
      ...(anchor ? { anchor: { x: anchor[0] / canvas.width, y: anchor[1] / canvas.height } } : {}),
    };
  }
  json.meta.size = { w: sheet.width, h: sheet.height };
  Object.assign(json.meta, meta);
  sheet.savePng(`${folder}/${name}.png`);
  writeJson(`${folder}/${name}.json`, json);
}
