// A stage for previews: blends frames of the committed sheets as a game would.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { Canvas } from './canvas.mjs';

const sprites = fileURLToPath(new URL('../../assets/sprites/', import.meta.url));

/** A sheet and its description by name. */
export const load = (name) => ({
  name,
  sheet: Canvas.fromPng(`${sprites}${name}.png`),
  json: JSON.parse(readFileSync(`${sprites}${name}.json`, 'utf8')),
});

export class Stage {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.rgb = new Float64Array(width * height * 3);
  }

  blend(x, y, colour, alpha, add = false) {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const parts = [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255];
    const a = alpha / 255;
    for (let k = 0; k < 3; k++) {
      const i = (y * this.width + x) * 3 + k;
      this.rgb[i] = add ? Math.min(255, this.rgb[i] + parts[k] * a) : this.rgb[i] * (1 - a) + parts[k] * a;
    }
  }

  /** Draws a part of a sheet, stretched to `to` = [w, h] where given. */
  draw({ sheet }, { x, y, w, h }, px, py, { add = false, to = [w, h] } = {}) {
    for (let j = 0; j < to[1]; j++)
      for (let i = 0; i < to[0]; i++) {
        const k = (y + Math.floor((j * h) / to[1])) * sheet.width + x + Math.floor((i * w) / to[0]);
        if (sheet.alpha[k]) this.blend(px + i, py + j, sheet.rgb[k], sheet.alpha[k], add);
      }
  }

  /** Draws a tile by name at tile coordinates. */
  tile(tiles, name, tx, ty) {
    const index = tiles.json.tiles[name];
    if (index === undefined) throw new RangeError(`preview: got tile "${name}", expected one of tiles.json`);
    this.draw(
      tiles,
      { x: (index % 16) * 16, y: Math.floor(index / 16) * 16, w: 16, h: 16 },
      tx * 16,
      ty * 16,
    );
  }

  /** Draws a frame with its anchor at (x, y). */
  put(atlas, name, x, y, options) {
    const { frame, anchor = { x: 0, y: 0 } } = frameOf(atlas, name);
    this.draw(atlas, frame, Math.round(x - anchor.x * frame.w), Math.round(y - anchor.y * frame.h), options);
  }

  /** Draws a frame stretched by its nine-slice borders. */
  slice(atlas, name, x, y, w, h) {
    const { frame, scale9Borders: inner } = frameOf(atlas, name);
    const cut = (from, size, total, to) => [
      [from, inner[size], 0],
      [from + inner[size], inner[total], inner[size]],
      [from + inner[size] + inner[total], to - inner[size] - inner[total], 0],
    ];
    const xs = cut(frame.x, 'x', 'w', frame.w);
    const ys = cut(frame.y, 'y', 'h', frame.h);
    const middleW = w - xs[0][1] - xs[2][1];
    const middleH = h - ys[0][1] - ys[2][1];
    let py = y;
    ys.forEach(([sy, sh], j) => {
      const toH = j === 1 ? middleH : sh;
      let px = x;
      xs.forEach(([sx, sw], i) => {
        const toW = i === 1 ? middleW : sw;
        this.draw(atlas, { x: sx, y: sy, w: sw, h: sh }, px, py, { to: [toW, toH] });
        px += toW;
      });
      py += toH;
    });
  }

  /** Draws a canvas as it is. */
  canvas(canvas, x, y) {
    this.draw({ sheet: canvas }, { x: 0, y: 0, w: canvas.width, h: canvas.height }, x, y);
  }

  savePng(file, [vx, vy, vw, vh], zoom) {
    const png = new PNG({ width: vw * zoom, height: vh * zoom });
    for (let y = 0; y < vh * zoom; y++)
      for (let x = 0; x < vw * zoom; x++) {
        const s = ((vy + Math.floor(y / zoom)) * this.width + vx + Math.floor(x / zoom)) * 3;
        const pixel = [this.rgb[s], this.rgb[s + 1], this.rgb[s + 2], 255].map(Math.round);
        png.data.set(pixel, (y * vw * zoom + x) * 4);
      }
    writeFileSync(file, PNG.sync.write(png));
  }
}

function frameOf(atlas, name) {
  const entry = atlas.json.frames[name];
  if (!entry) throw new RangeError(`preview: got frame "${name}", expected one of ${atlas.name}.json`);
  return entry;
}
