// The title: "Saltmere" in carved letters over the evening sea.
import { Canvas, NONE } from './canvas.mjs';
import { hash } from './noise.mjs';
import { RAMPS } from './palette.mjs';

const { gold, red, wood, ink, water, cream, skin } = RAMPS;

// Broad-nib letters, 22 rows to the foot; 'l' is a lighthouse and drawn apart.
const LETTERS = {
  S: [
    '....########....',
    '..############..',
    '.#####....#####.',
    '.####......####.',
    '####........###.',
    '####............',
    '####............',
    '#####...........',
    '.########.......',
    '.###########....',
    '...###########..',
    '......#########.',
    '..........######',
    '............####',
    '............####',
    '###.........####',
    '####........####',
    '####.......####.',
    '#####.....#####.',
    '.#############..',
    '...#########....',
  ],
  a: [
    '...#######...',
    '.##########..',
    '####....####.',
    '###......###.',
    '.........###.',
    '...#########.',
    '.###########.',
    '####.....###.',
    '###......###.',
    '###......###.',
    '###.....####.',
    '#####.######.',
    '.######.#####',
    '..####...####',
  ],
  t: [
    '...###....',
    '...###....',
    '..####....',
    '..####....',
    '##########',
    '##########',
    '..####....',
    '..####....',
    '..####....',
    '..####....',
    '..####....',
    '..####....',
    '..####....',
    '..####..##',
    '..####.###',
    '...######.',
    '....####..',
  ],
  m: [
    '####.####...####..',
    '#################.',
    '.#####.#####.#####',
    '.####...####..####',
    '.###....###....###',
    '.###....###....###',
    '.###....###....###',
    '.###....###....###',
    '.###....###....###',
    '.###....###....###',
    '.###....###....###',
    '.###....###....###',
    '#####..#####..####',
    '#####..#####..####',
  ],
  e: [
    '....######...',
    '..##########.',
    '.####...####.',
    '.###.....####',
    '####......###',
    '#############',
    '#############',
    '####.........',
    '####.........',
    '####.......##',
    '.####.....###',
    '.#####..####.',
    '..#########..',
    '....######...',
  ],
  r: [
    '####..####.',
    '####.######',
    '.#########.',
    '.#####..##.',
    '.####......',
    '.###.......',
    '.###.......',
    '.###.......',
    '.###.......',
    '.###.......',
    '.###.......',
    '.###.......',
    '#####......',
    '#####......',
  ],
};
const FOOT = 34;

/** Writes title.png. */
export function writeTitle(folder) {
  const c = new Canvas(150, 58);
  const face = new Canvas(150, 58);
  let x = 20;
  const put = (letter) => {
    const rows = LETTERS[letter];
    face.stamp(x, FOOT - rows.length, rows, { '#': gold[2] });
    x += rows[0].length + 2;
  };
  put('S');
  put('a');
  const tower = x + 4;
  x += 11;
  for (const letter of 'tmere') put(letter);
  // Sunset over the letters: the light lies on top, embers below.
  const tone = (y) => (y < 15 ? gold[3] : y < 21 ? gold[2] : y < 27 ? gold[1] : y < 31 ? red[4] : red[3]);
  face.each(0, 0, 150, 58, (px, py, was) => {
    if (was === NONE) return undefined;
    if (face.get(px, py - 1) === NONE) return py < 24 ? cream[4] : gold[3];
    if (face.get(px + 1, py) === NONE) return py < 22 ? gold[1] : red[2];
    const seam = (px + py) % 2 === 0 ? 1 : 0;
    return tone(py + seam);
  });
  for (let d = 3; d >= 1; d--)
    for (let y = 0; y < 58; y++)
      for (let px = 0; px < 150; px++)
        if (face.get(px, y) !== NONE) c.set(px, y + d, d === 1 ? red[1] : wood[0]);
  c.blit(face, 0, 0);
  // The lighthouse
  for (let y = 11; y < FOOT; y++) {
    const half = 2 + (y - 11) * 0.1;
    for (let px = Math.ceil(tower - half); px <= tower + half; px++) {
      const band = Math.floor((y - 11) / 5) % 2;
      const right = px > tower + half * 0.3;
      const left = px < tower - half * 0.3;
      c.set(
        px,
        y,
        band ? (left ? red[4] : right ? red[1] : red[3]) : left ? cream[4] : right ? cream[1] : cream[3],
      );
    }
  }
  c.rect(tower - 3, 10, 7, 1, ink[2])
    .rect(tower - 2, 6, 5, 4, gold[3])
    .rect(tower, 6, 1, 4, cream[4])
    .rect(tower - 2, 4, 5, 2, red[2])
    .rect(tower - 1, 3, 3, 1, red[3])
    .set(tower, 2, gold[2]);
  c.outline(() => ink[0]).outline(() => ink[1]);
  // Beams
  for (let i = 0; i < 30; i++) {
    const spread = Math.floor((i + 2) / 6);
    for (let j = -spread; j <= spread; j++)
      for (const side of [-1, 1])
        if (c.get(tower + side * (5 + i), 8 + j) === NONE)
          c.set(tower + side * (5 + i), 8 + j, i < 12 ? gold[3] : gold[2], 150 - i * 4);
  }
  // Waves run under the word.
  for (let px = 2; px < 148; px++) {
    const fade = Math.min(px, 148 - px);
    for (let row = 0; row < 3; row++) {
      const crest = 41 + row * 5 + Math.round(Math.sin((px + row * 9) / 5.5) * 1.4);
      if (fade < row * 16 + hash(px >> 2, row, 2) * 10) continue;
      c.set(px, crest, row === 0 ? cream[4] : water[5 - row])
        .set(px, crest + 1, water[4 - row])
        .set(px, crest + 2, water[3 - row]);
      if (hash(px >> 2, row, 9) < 0.16) c.set(px, crest + 2, skin[3]);
    }
  }
  c.savePng(`${folder}/title.png`);
}
