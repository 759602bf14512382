import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Picture {
  width: number;
  height: number;
  data: Uint8Array;
}
const { PNG } = createRequire(import.meta.url)('pngjs') as {
  PNG: { sync: { read(bytes: Uint8Array): Picture } };
};

const assets = fileURLToPath(new URL('../../../assets', import.meta.url));
const script = fileURLToPath(new URL('../../../scripts/art/draw-all.mjs', import.meta.url));
const FOLDERS = ['sprites', 'fonts'];
const MAX_COLOURS = 48;

const read = (path: string) => PNG.sync.read(readFileSync(path));
const filesOf = (root: string) =>
  FOLDERS.flatMap((folder) => readdirSync(join(root, folder)).map((file) => `${folder}/${file}`)).sort();

/** Counts the pixels whose colour or alpha differs; colour under full transparency does not count. */
function differingPixels(a: Picture, b: Picture): number {
  let count = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    const alpha = a.data[i + 3];
    const same =
      alpha === b.data[i + 3] && (alpha === 0 || [0, 1, 2].every((k) => a.data[i + k] === b.data[i + k]));
    if (!same) count++;
  }
  return count;
}

describe('Palette', () => {
  it(`holds at most ${MAX_COLOURS} colours over all sprites, alpha aside`, () => {
    const colours = new Set<number>();
    const sheets = filesOf(assets).filter((file) => file.startsWith('sprites/') && file.endsWith('.png'));
    for (const file of sheets) {
      const { data } = read(join(assets, file));
      for (let i = 0; i < data.length; i += 4)
        if (data[i + 3]! > 0) colours.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
    }
    expect(sheets.length).toBeGreaterThanOrEqual(6);
    expect(colours.size).toBeGreaterThan(1);
    expect(colours.size).toBeLessThanOrEqual(MAX_COLOURS);
  });
});

describe('Art scripts', () => {
  let fresh = '';
  beforeAll(() => {
    fresh = mkdtempSync(join(tmpdir(), 'parley-art-'));
    execFileSync(process.execPath, [script, fresh]);
  }, 60_000);
  afterAll(() => rmSync(fresh, { recursive: true, force: true }));

  it('draw every committed file and no other', () => {
    expect(filesOf(fresh)).toEqual(filesOf(assets));
  });

  it('reproduce the committed pixels and descriptions', () => {
    for (const file of filesOf(assets)) {
      const [mine, theirs] = [join(fresh, file), join(assets, file)];
      if (!file.endsWith('.png')) {
        expect(readFileSync(mine, 'utf8'), file).toBe(readFileSync(theirs, 'utf8'));
        continue;
      }
      const [a, b] = [read(mine), read(theirs)];
      expect([a.width, a.height], file).toEqual([b.width, b.height]);
      expect(differingPixels(a, b), file).toBe(0);
    }
  });

  it('keep every frame inside its sheet', () => {
    for (const name of ['props', 'characters', 'portraits', 'ui']) {
      const sheet = read(join(assets, 'sprites', `${name}.png`));
      const json = JSON.parse(readFileSync(join(assets, 'sprites', `${name}.json`), 'utf8')) as {
        frames: Record<string, { frame: { x: number; y: number; w: number; h: number } }>;
      };
      for (const [key, { frame }] of Object.entries(json.frames)) {
        expect(frame.x + frame.w, key).toBeLessThanOrEqual(sheet.width);
        expect(frame.y + frame.h, key).toBeLessThanOrEqual(sheet.height);
      }
    }
  });
});
