// Draws every sprite and font of the game. Usage: node scripts/art/draw-all.mjs [folder]
// The folder receives `sprites/` and `fonts/`; without one it is the repository's `assets/`.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeFont } from './font.mjs';
import { writePeople } from './people.mjs';
import { writePortraits } from './portraits.mjs';
import { writeProps } from './props.mjs';
import { writeTiles } from './tiles.mjs';
import { writeTitle } from './title.mjs';
import { writeTitlePicture } from './title-picture.mjs';
import { writeUi } from './ui.mjs';

const out = process.argv[2] ?? fileURLToPath(new URL('../../assets', import.meta.url));
const sprites = `${out}/sprites`;
const fonts = `${out}/fonts`;
mkdirSync(sprites, { recursive: true });
mkdirSync(fonts, { recursive: true });

writeTiles(sprites);
writeProps(sprites);
writePeople(sprites);
writePortraits(sprites);
writeUi(sprites);
writeTitle(sprites);
writeTitlePicture(sprites);
writeFont(fonts);
