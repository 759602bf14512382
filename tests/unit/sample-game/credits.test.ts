import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCredits } from '../../../sample-game/story/credits.js';

describe('credits', () => {
  it('say what a row says in words, without marks and names of scripts', () => {
    const table = [
      '| assets | made by | licence |',
      '| --- | --- | --- |',
      '| `sounds/dusk.wav`: "Dusk", a waltz | composed for this project, `scripts/sound/music.mjs` | MIT |',
      '| `fonts/a.*` | drawn by `scripts/art/font.mjs` from `glyphs.mjs` | MIT |',
    ].join('\n');
    expect(readCredits(table)).toEqual([
      { what: '"Dusk", a waltz', by: 'Composed for this project. MIT.' },
      { what: 'The letters', by: 'Drawn. MIT.' },
    ]);
  });

  it('name all that assets/CREDITS.md lists', () => {
    const markdown = readFileSync('assets/CREDITS.md', 'utf8');
    const rows = markdown.split('\n').filter((line) => /^\| `/.test(line));
    const credits = readCredits(markdown);
    expect(credits).toHaveLength(rows.length);
    for (const { what, by } of credits) {
      expect(what).not.toMatch(/[`|*/]/);
      expect(by).not.toMatch(/[`|]|scripts/);
    }
  });
});
