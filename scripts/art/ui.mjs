// The interface: nine-slice frames of dark wood and brass, parchment, buttons, bars, cursors and icons.
import { writeAtlas } from './atlas.mjs';
import { Canvas, NONE } from './canvas.mjs';
import { items } from './items.mjs';
import { hash } from './noise.mjs';
import { RAMPS } from './palette.mjs';
import { icons } from './ui-icons.mjs';
import { touchControls } from './ui-touch.mjs';

const { wood, gold, cream, ink, red, water, grass, slate, skin } = RAMPS;

// One brass corner, drawn for the upper left and turned for the others.
const BRASS = [
  '.aaaaaaaa...',
  'abbbbbbbbc..',
  'abccccccbd..',
  'abcaabccd...',
  'abcabbcd....',
  'abcbbcd.....',
  'abccccd.....',
  'abccdd......',
  'abbcd.......',
  '.bbd........',
  '.cd.........',
  '............',
];

function brassCorners(c) {
  const legend = { a: gold[3], b: gold[2], c: gold[0], d: wood[0] };
  const turned = { a: gold[2], b: gold[1], c: gold[0], d: wood[0] };
  c.stamp(0, 0, BRASS, legend).stamp(c.width - 12, 0, BRASS, turned, { flip: true });
  const low = [...BRASS].reverse();
  c.stamp(0, c.height - 12, low, turned).stamp(
    c.width - 12,
    c.height - 12,
    low,
    { ...turned, a: gold[0] },
    { flip: true },
  );
}

// A frame of dark boards round a field; the field is one colour, so that slices stretch without a seam.
function woodPanel(size, { field, inner, brass }) {
  const c = new Canvas(size, size);
  c.rect(1, 0, size - 2, size, ink[0]).rect(0, 1, size, size - 2, ink[0]);
  c.rect(1, 1, size - 2, size - 2, wood[1])
    .rect(1, 1, size - 2, 1, wood[3])
    .rect(1, 1, 1, size - 2, wood[3]);
  c.rect(2, 2, size - 4, 1, wood[2]).rect(2, 2, 1, size - 4, wood[2]);
  c.rect(2, size - 3, size - 4, 1, wood[0]).rect(size - 3, 2, 1, size - 4, wood[0]);
  c.rect(4, 4, size - 8, size - 8, ink[0])
    .rect(5, 5, size - 10, size - 10, inner)
    .rect(6, 6, size - 12, size - 12, field);
  c.rect(5, 5, size - 10, 1, ink[1]).rect(5, 5, 1, size - 10, ink[1]);
  if (brass) brassCorners(c);
  return c;
}

function parchment(size) {
  const c = new Canvas(size, size);
  c.rect(2, 0, size - 4, size, wood[1])
    .rect(0, 2, size, size - 4, wood[1])
    .rect(1, 1, size - 2, size - 2, wood[1]);
  c.rect(2, 1, size - 4, size - 2, cream[3]).rect(1, 2, size - 2, size - 4, cream[3]);
  c.rect(2, size - 3, size - 4, 2, cream[2]).rect(size - 3, 2, 2, size - 4, cream[2]);
  c.rect(3, 3, size - 6, size - 6, cream[4]);
  c.rect(3, 3, size - 6, 1, cream[3]).rect(3, 3, 1, size - 6, cream[3]);
  // A ruled border that breaks at the corners, as on old charts
  const line = skin[2];
  c.rect(8, 5, size - 16, 1, line)
    .rect(8, size - 6, size - 16, 1, line)
    .rect(5, 8, 1, size - 16, line)
    .rect(size - 6, 8, 1, size - 16, line);
  for (const [x, y] of [
    [6, 6],
    [size - 7, 6],
    [6, size - 7],
    [size - 7, size - 7],
  ])
    c.set(x, y, line);
  for (const [x, y, k] of [
    [3, 5, cream[2]],
    [size - 5, 3, cream[2]],
    [4, size - 4, skin[2]],
    [size - 4, size - 5, skin[2]],
  ])
    c.set(x, y, k);
  return c;
}

function bubble() {
  const c = new Canvas(24, 24);
  const rows = [
    '....kkkk',
    '..kkwwww',
    '.kwwwwww',
    '.kwwwwww',
    'kwwwwwww',
    'kwwwwwww',
    'kwwwwwww',
    'kwwwwwww',
  ];
  const legend = { k: ink[2], w: cream[4] };
  c.rect(4, 0, 16, 24, cream[4]).rect(0, 4, 24, 16, cream[4]);
  c.rect(8, 0, 8, 1, ink[2]).rect(8, 23, 8, 1, ink[2]).rect(0, 8, 1, 8, ink[2]).rect(23, 8, 1, 8, ink[2]);
  c.stamp(0, 0, rows, legend).stamp(16, 0, rows, legend, { flip: true });
  const low = [...rows].reverse();
  c.stamp(0, 16, low, legend).stamp(16, 16, low, legend, { flip: true });
  c.rect(6, 22, 12, 1, cream[2])
    .rect(3, 21, 3, 1, cream[2])
    .rect(18, 21, 3, 1, cream[2])
    .rect(22, 6, 1, 12, cream[2])
    .rect(21, 18, 1, 3, cream[2]);
  for (const [x, y] of [
    [0, 0],
    [1, 0],
    [0, 1],
    [23, 0],
    [22, 0],
    [23, 1],
    [0, 23],
    [1, 23],
    [0, 22],
    [23, 23],
    [22, 23],
    [23, 22],
    [2, 0],
    [3, 0],
    [0, 2],
    [0, 3],
    [20, 0],
    [21, 0],
    [23, 2],
    [23, 3],
    [2, 23],
    [3, 23],
    [0, 20],
    [0, 21],
    [20, 23],
    [21, 23],
    [23, 20],
    [23, 21],
  ])
    c.set(x, y, NONE);
  return c;
}

const TAIL = [
  'kwwwwwwwck',
  'kwwwwwwck.',
  '.kwwwwck..',
  '.kwwwck...',
  '..kwck....',
  '..kck.....',
  '...k......',
];

function button(state) {
  const c = new Canvas(24, 22);
  const y = state === 'down' ? 2 : 0;
  const h = state === 'down' ? 20 : 22;
  const [top, face, low] =
    state === 'hover'
      ? [wood[4], wood[3], wood[2]]
      : state === 'off'
        ? [ink[4], ink[3], ink[2]]
        : [wood[3], wood[2], wood[1]];
  c.rect(1, y, 22, h, ink[0]).rect(0, y + 1, 24, h - 2, ink[0]);
  c.rect(1, y + 1, 22, h - 2, face)
    .rect(1, y + 1, 22, 1, top)
    .rect(1, y + 1, 1, h - 5, top);
  c.rect(1, 18, 22, 1, low)
    .rect(1, state === 'down' ? 20 : 19, 22, state === 'down' ? 1 : 2, wood[0])
    .rect(22, y + 2, 1, h - 6, low);
  for (const [x, v] of [
    [3, y + 3],
    [20, y + 3],
    [3, 16],
    [20, 16],
  ])
    c.set(x, v, state === 'off' ? ink[4] : gold[2]).set(x, v + 1, wood[0]);
  return c;
}

function namePlate() {
  const c = new Canvas(36, 20);
  c.rect(2, 1, 32, 18, ink[0]).rect(1, 2, 34, 16, ink[0]).rect(0, 5, 36, 10, ink[0]);
  c.rect(2, 2, 32, 16, gold[0]).rect(1, 5, 34, 10, gold[0]);
  c.rect(2, 2, 32, 1, gold[3]).rect(2, 3, 32, 1, gold[2]).rect(2, 17, 32, 1, wood[2]);
  c.rect(4, 4, 28, 12, red[0]).rect(5, 5, 26, 10, red[1]).rect(5, 5, 26, 1, red[0]);
  c.rect(1, 6, 1, 8, gold[2]).rect(2, 4, 1, 12, gold[2]);
  for (const x of [3, 32]) c.rect(x, 9, 1, 2, x < 9 ? gold[3] : gold[2]);
  return c;
}

function bar() {
  const c = new Canvas(24, 14);
  c.rect(1, 0, 22, 14, ink[0]).rect(0, 1, 24, 12, ink[0]);
  c.rect(1, 1, 22, 12, gold[0])
    .rect(1, 1, 22, 1, gold[3])
    .rect(1, 1, 1, 12, gold[2])
    .rect(1, 12, 22, 1, wood[2])
    .rect(22, 2, 1, 11, wood[2]);
  c.rect(3, 3, 18, 8, ink[0]).rect(4, 4, 16, 6, ink[1]).rect(4, 9, 16, 1, ink[2]);
  return c;
}

const barFill = (tones) => {
  const c = new Canvas(6, 6);
  tones.forEach((tone, y) => {
    c.rect(0, y, 6, 1, tone);
  });
  return c;
};

function portraitFrame() {
  const c = new Canvas(58, 58);
  c.rect(1, 0, 56, 58, ink[0])
    .rect(0, 1, 58, 56, ink[0])
    .rect(1, 1, 56, 56, wood[2])
    .rect(1, 1, 56, 1, wood[4])
    .rect(1, 1, 1, 56, wood[4]);
  c.rect(2, 2, 54, 54, wood[1])
    .rect(2, 55, 54, 1, wood[0])
    .rect(55, 2, 1, 54, wood[0])
    .rect(3, 3, 52, 52, gold[0])
    .rect(3, 3, 52, 1, gold[2])
    .rect(3, 3, 1, 52, gold[2]);
  c.rect(4, 4, 50, 50, ink[0]);
  brassCorners(c);
  return c.rect(5, 5, 48, 48, NONE);
}

function inputField() {
  const c = new Canvas(24, 20);
  c.rect(1, 0, 22, 20, ink[0])
    .rect(0, 1, 24, 18, ink[0])
    .rect(1, 1, 22, 18, wood[2])
    .rect(1, 18, 22, 1, wood[3])
    .rect(2, 2, 20, 16, ink[0])
    .rect(3, 3, 18, 14, ink[1])
    .rect(3, 3, 18, 1, ink[0]);
  return c;
}

const NEXT = [
  'kkkkkkkkkkk',
  'kaaaaaaaabk',
  '.kabbbbbck.',
  '..kabbbck..',
  '...kabck...',
  '....kck....',
  '.....k.....',
];
const POINTER = [
  'kk......',
  'kakk....',
  'kaabkk..',
  'kaabbbkk',
  'kabbccck',
  'kbbckk..',
  'kbkk....',
  'kk......',
];

function key(rows, legend, dy) {
  const c = new Canvas(rows[0].length, rows.length + 2);
  return c.stamp(0, dy, rows, legend);
}

/** Writes ui.png and ui.json. */
export function writeUi(folder) {
  const frames = new Map();
  const add = (name, canvas, slice) => frames.set(name, { canvas, ...(slice ? { slice } : {}) });
  add('panel-wood', woodPanel(40, { field: ink[1], inner: ink[1], brass: true }), [13, 13, 13, 13]);
  add('panel-plain', woodPanel(24, { field: ink[1], inner: ink[1], brass: false }), [8, 8, 8, 8]);
  add('panel-parchment', parchment(32), [10, 10, 10, 10]);
  add('bubble', bubble(), [9, 9, 9, 9]);
  add('bubble-tail', new Canvas(10, 7).stamp(0, 0, TAIL, { k: ink[2], w: cream[4], c: cream[2] }));
  add('name-plate', namePlate(), [8, 8, 8, 8]);
  for (const state of ['up', 'hover', 'down', 'off']) add(`button-${state}`, button(state), [6, 6, 6, 7]);
  add('bar-frame', bar(), [6, 6, 6, 6]);
  add('bar-fill', barFill([gold[3], gold[2], gold[2], gold[1], gold[1], gold[0]]));
  add('bar-fill-sea', barFill([water[5], water[4], water[4], water[3], water[3], water[2]]));
  add('bar-fill-trust', barFill([grass[5], grass[4], grass[4], grass[3], grass[3], grass[2]]));
  add('portrait-frame', portraitFrame());
  add('input', inputField(), [6, 6, 6, 6]);
  const brass = { k: ink[0], a: gold[3], b: gold[2], c: gold[0] };
  add('next-0', key(NEXT, brass, 0));
  add('next-1', key(NEXT, brass, 2));
  add('cursor-0', new Canvas(10, 8).stamp(0, 0, POINTER, brass));
  add('cursor-1', new Canvas(10, 8).stamp(2, 0, POINTER, brass));
  for (const [name, canvas] of Object.entries({ ...icons(), ...items(), ...touchControls() }))
    add(name, canvas);
  const grain = new Canvas(32, 32).each(0, 0, 32, 32, (x, y) =>
    hash(x >> 3, y, 3) < 0.18 ? wood[0] : y % 8 === 7 ? wood[0] : wood[1],
  );
  add('wood-grain', grain);
  add(
    'divider',
    new Canvas(48, 5)
      .rect(4, 2, 40, 1, gold[0])
      .stamp(21, 0, ['..a..', '.aba.', 'abcba', '.bcb.', '..c..'], { a: gold[3], b: gold[2], c: gold[0] })
      .set(3, 2, slate[2])
      .set(44, 2, slate[2]),
  );
  writeAtlas(folder, 'ui', frames, 256, {
    bubbleTail: 'lay bubble-tail over the lower edge of bubble, one pixel up',
    animations: { next: ['next-0', 'next-1'], cursor: ['cursor-0', 'cursor-1'] },
  });
}
