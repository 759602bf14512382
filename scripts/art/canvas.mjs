// A small pixel canvas: colours as 0xRRGGBB, alpha beside them, nothing ever smoothed.
import { readFileSync, writeFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { darker, lighter, outlineFor } from './palette.mjs';

export const NONE = -1;

export class Canvas {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.rgb = new Int32Array(width * height).fill(NONE);
    this.alpha = new Uint8Array(width * height);
  }

  inside(x, y) {
    return x >= 0 && y >= 0 && x < this.width && y < this.height;
  }

  get(x, y) {
    return this.inside(x, y) ? this.rgb[y * this.width + x] : NONE;
  }

  set(x, y, colour, alpha = 255) {
    const px = Math.round(x);
    const py = Math.round(y);
    if (!this.inside(px, py)) return this;
    this.rgb[py * this.width + px] = colour;
    this.alpha[py * this.width + px] = colour === NONE ? 0 : alpha;
    return this;
  }

  rect(x, y, w, h, colour, alpha = 255) {
    for (let j = 0; j < h; j++) for (let i = 0; i < w; i++) this.set(x + i, y + j, colour, alpha);
    return this;
  }

  /** Paints each pixel of a rectangle with what `paint(x, y)` returns; undefined leaves it. */
  each(x, y, w, h, paint) {
    for (let j = y; j < y + h; j++)
      for (let i = x; i < x + w; i++) {
        const c = paint(i, j, this.get(i, j));
        if (c !== undefined) this.set(i, j, c);
      }
    return this;
  }

  line(x0, y0, x1, y1, colour, alpha = 255) {
    const n = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1);
    for (let i = 0; i <= n; i++) this.set(x0 + ((x1 - x0) * i) / n, y0 + ((y1 - y0) * i) / n, colour, alpha);
    return this;
  }

  /** Filled ellipse; `colour` may be a function of (x, y, nx, ny) with nx and ny in -1..1. */
  ellipse(cx, cy, rx, ry, colour, alpha = 255) {
    for (let y = Math.floor(cy - ry); y <= cy + ry; y++)
      for (let x = Math.floor(cx - rx); x <= cx + rx; x++) {
        const nx = (x - cx) / rx;
        const ny = (y - cy) / ry;
        if (nx * nx + ny * ny > 1) continue;
        const c = typeof colour === 'function' ? colour(x, y, nx, ny) : colour;
        if (c !== undefined) this.set(x, y, c, alpha);
      }
    return this;
  }

  /** Filled polygon of [x, y] points (pixel centres); `colour` may be a function of (x, y). */
  poly(points, colour, alpha = 255) {
    const ys = points.map((p) => p[1]);
    for (let y = Math.floor(Math.min(...ys)); y <= Math.max(...ys); y++) {
      const row = crossings(points, y);
      for (let k = 0; k + 1 < row.length; k += 2)
        for (let x = Math.ceil(row[k] - 0.001); x <= row[k + 1] + 0.001; x++) {
          const c = typeof colour === 'function' ? colour(x, y) : colour;
          if (c !== undefined) this.set(x, y, c, alpha);
        }
    }
    return this;
  }

  /** Draws rows of letters through a legend; '.' and ' ' leave the canvas as it is. */
  stamp(x, y, rows, legend, { flip = false } = {}) {
    rows.forEach((row, j) => {
      for (let i = 0; i < row.length; i++) {
        const key = row[i];
        if (key === '.' || key === ' ') continue;
        const colour = legend[key];
        if (colour === undefined)
          throw new RangeError(`stamp: got letter "${key}", expected one of the legend`);
        this.set(x + (flip ? row.length - 1 - i : i), y + j, colour);
      }
    });
    return this;
  }

  /** Copies another canvas over this one; translucent pixels lie on top unblended only where this one is empty. */
  blit(source, x, y, { flip = false, sx = 0, sy = 0, w = source.width, h = source.height } = {}) {
    for (let j = 0; j < h; j++)
      for (let i = 0; i < w; i++) {
        const k = (sy + j) * source.width + sx + (flip ? w - 1 - i : i);
        if (source.alpha[k] > 0) this.set(x + i, y + j, source.rgb[k], source.alpha[k]);
      }
    return this;
  }

  /** Moves opaque pixels of an area down their ramps: a shadow that stays in the palette. */
  shade(x, y, w, h, steps = 1, where = () => true) {
    return this.each(x, y, w, h, (i, j, c) => (c !== NONE && where(i, j) ? darker(c, steps) : undefined));
  }

  /** Moves opaque pixels of an area up their ramps. */
  light(x, y, w, h, steps = 1, where = () => true) {
    return this.each(x, y, w, h, (i, j, c) => (c !== NONE && where(i, j) ? lighter(c, steps) : undefined));
  }

  /** Surrounds what is drawn with the dark hue of each local colour. */
  outline(pick = outlineFor) {
    const before = this.rgb.slice();
    const at = (x, y) => (this.inside(x, y) ? before[y * this.width + x] : NONE);
    for (let y = 0; y < this.height; y++)
      for (let x = 0; x < this.width; x++) {
        if (at(x, y) !== NONE) continue;
        const near = [at(x, y + 1), at(x + 1, y), at(x - 1, y), at(x, y - 1)].find((c) => c !== NONE);
        if (near !== undefined) this.set(x, y, pick(near));
      }
    return this;
  }

  clone() {
    return new Canvas(this.width, this.height).blit(this, 0, 0);
  }

  flipped() {
    return new Canvas(this.width, this.height).blit(this, 0, 0, { flip: true });
  }

  savePng(file) {
    const png = new PNG({ width: this.width, height: this.height });
    for (let i = 0; i < this.rgb.length; i++) {
      const c = this.alpha[i] === 0 ? 0 : this.rgb[i];
      png.data.set([(c >> 16) & 255, (c >> 8) & 255, c & 255, this.alpha[i]], i * 4);
    }
    writeFileSync(file, PNG.sync.write(png, { deflateLevel: 9 }));
  }

  static fromPng(file) {
    const png = PNG.sync.read(readFileSync(file));
    const canvas = new Canvas(png.width, png.height);
    for (let i = 0; i < canvas.rgb.length; i++) {
      const [r, g, b, a] = png.data.subarray(i * 4, i * 4 + 4);
      canvas.alpha[i] = a;
      canvas.rgb[i] = a === 0 ? NONE : (r << 16) | (g << 8) | b;
    }
    return canvas;
  }
}

function crossings(points, y) {
  const xs = [];
  points.forEach(([x0, y0], i) => {
    const [x1, y1] = points[(i + 1) % points.length];
    // The edges beside a level one already end there; its own ends would count twice.
    if (y0 === y1) return;
    const [lo, hi] = y0 < y1 ? [y0, y1] : [y1, y0];
    if (y >= lo && y < hi) xs.push(x0 + ((y - y0) * (x1 - x0)) / (y1 - y0));
    else if (y === hi && Math.max(...points.map((p) => p[1])) === y)
      xs.push(x0 + ((y - y0) * (x1 - x0)) / (y1 - y0));
  });
  return xs.sort((a, b) => a - b);
}
