// Makes every sound of the game. Usage: node scripts/sound/make-all.mjs [folder]
// Without a folder it writes the repository's `assets/sounds/`: one WAV for each sound, and `sounds.json` that lists them.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeJson } from '../art/json.mjs';
import { effects } from './effects.mjs';
import { dusk } from './music.mjs';
import { sea } from './sea.mjs';
import { writeWav } from './wav.mjs';

const out = process.argv[2] ?? fileURLToPath(new URL('../../assets/sounds', import.meta.url));
mkdirSync(out, { recursive: true });

const manifest = {};
for (const [key, { sound, volume, loop = false }] of Object.entries({
  ...effects(),
  sea: sea(),
  dusk: dusk(),
})) {
  writeWav(`${out}/${key}.wav`, sound);
  manifest[key] = { file: `${key}.wav`, ...(loop ? { loop } : {}), volume };
}
writeJson(`${out}/sounds.json`, manifest);
