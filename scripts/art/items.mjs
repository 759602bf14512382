// What can be carried, as icons of 16 by 16: lit from the upper left, outlined in the dark of their own ramps.
import { Canvas } from './canvas.mjs';
import { RAMPS } from './palette.mjs';

const { wood, gold, cream, ink, red, water, grass, slate } = RAMPS;

const STAMPS = {
  herring: {
    rows: [
      '..............',
      '..............',
      '.........g....',
      '....gggggg...g',
      '..glllllllg.gg',
      '.gllmmmmmmmgg.',
      '.lkmmhmhmhmmd.',
      'llmmmmmmmmmdd.',
      '.wwwmmmmmmddgd',
      '..wwwwwwwd..dg',
      '....swwsd....d',
      '......d.......',
    ],
    legend: {
      g: slate[1],
      l: slate[3],
      m: slate[2],
      h: water[4],
      w: cream[4],
      s: cream[2],
      d: slate[0],
      k: ink[0],
    },
  },
  eel: {
    rows: [
      '..............',
      '....llll......',
      '...lmmmmmd....',
      '..lmmddddmd...',
      '..lmd....mmd..',
      '..lmd.....md..',
      '..lmmd...lmd..',
      '...lmmllllmd..',
      '....dmmmmmd...',
      '......dddlmd..',
      '.llll....lmd..',
      'lkmmmlllllmd..',
      'wwmmmmmmmmd...',
      '.sswwddddd....',
    ],
    legend: { l: grass[4], m: grass[2], d: grass[0], k: gold[2], w: cream[3], s: cream[1] },
  },
  mussels: {
    rows: [
      '..............',
      '..............',
      '.......aab....',
      '......abbbc...',
      '.....abbbcc...',
      '..aa.abbccd...',
      '.abbbabccda...',
      '.abbbccddabbb.',
      'abbbccdoabbbbc',
      'abbcc.ooabbbcc',
      '.bccdooo.bbccd',
      '..cddwoo.ccdd.',
      '...dwwoo..dd..',
    ],
    legend: { a: ink[5], b: slate[1], c: ink[2], d: ink[1], o: gold[1], w: cream[3] },
  },
  basket: {
    rows: [
      '....hhhhhh....',
      '...h......i...',
      '..h..ww.ww.i..',
      '..hwwwrwwrwi..',
      '.hwwrwwwwwwwi.',
      '.abbbbbbbbbbc.',
      'aabbbbbbbbbbcc',
      '.babcbabcbabd.',
      '.bcbabcbabcbd.',
      '.babcbabcbabd.',
      '.bcbabcbabcbd.',
      '..babcbabcbd..',
      '..ddddddddd...',
    ],
    legend: {
      h: wood[4],
      i: wood[2],
      a: wood[4],
      b: wood[3],
      c: wood[2],
      d: wood[1],
      w: cream[4],
      r: red[3],
    },
  },
  'lens-glass': {
    rows: [
      '.....aaaa.....',
      '...aabbbbbc...',
      '..abbwwwllbc..',
      '.abwwwlllmmbc.',
      '.abwwlllmmmbc.',
      'abwwlllmmmmnbc',
      'abwlllmmmmnnbc',
      'abllmmmwmnnnbc',
      'abllmmmmwnnnbc',
      '.blmmmmnnwnbc.',
      '.bcmmmnnnnnbc.',
      '..bcmnnnnnbc..',
      '...bbccccbc...',
      '.....dddd.....',
    ],
    legend: {
      a: gold[3],
      b: gold[2],
      c: gold[0],
      d: wood[2],
      w: cream[4],
      l: water[5],
      m: water[4],
      n: water[3],
    },
  },
  coins: {
    rows: [
      '..............',
      '......aaaa....',
      '.....abbbbc...',
      '.....bcddcb...',
      '.....cbbbbd...',
      '.aaaaacccdd...',
      'abbbbcaaaad...',
      'bcddcabbbbc...',
      'cbbbbbcddcb...',
      'dcccdcbbbbd...',
      'abbbcdcccdd...',
      'cbbbdaaaaac...',
      'dcccdcbbbbd...',
      '.dddd.dddd....',
    ],
    legend: { a: gold[3], b: gold[2], c: gold[1], d: gold[0] },
  },
};

/** `item-ID` by name: canvases of 16 by 16. */
export function items() {
  const found = {};
  for (const [id, { rows, legend }] of Object.entries(STAMPS)) {
    const c = new Canvas(16, 16);
    const y = Math.floor((16 - rows.length) / 2);
    found[`item-${id}`] = c.stamp(1, y, rows, legend).outline();
  }
  return found;
}
