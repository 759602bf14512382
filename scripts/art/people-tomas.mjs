// Tomas, the carpenter, as letters: shirt sleeves, leather apron, a bandaged leg and a crutch.
import { RAMPS } from './palette.mjs';

const { wood, red, cream, gold, ink, skin, slate, grass } = RAMPS;
const FOOT = 29;

export const tomas = {
  legend: {
    S: skin[3],
    s: skin[2],
    t: skin[1],
    e: ink[0],
    b: wood[1],
    h: wood[3],
    H: wood[2],
    d: wood[1],
    p: gold[2],
    W: cream[4],
    w: cream[2],
    v: cream[1],
    L: wood[3],
    l: wood[2],
    k: wood[1],
    g: gold[1],
    r: red[3],
    q: red[2],
    G: grass[1],
    y: grass[0],
  },
  arm: { sleeve: cream[3], hand: skin[3], rolled: 4 },
  legs: { cloth: grass[1], boot: wood[1], bandage: [cream[4], cream[2]] },
  head: {
    down: [
      '....hh.hH.....',
      '..hhhHhHHHH...',
      '.hhHHHHHHHHd..',
      '.hHHHHHHHHHHd.',
      '.hHHHHHSHHHHd.',
      '.HHHSSSSSHSHd.',
      '.HHSSSSSSSSHd.',
      '.tdSeSSSSeSdt.',
      '.tsSeSSSSeSst.',
      '.bbSSSttSSSbb.',
      '..bbbSSSSbbb..',
      '...bbbbbbbb...',
    ],
    side: [
      '....hh.hHh....',
      '..hhHHhHHHHH..',
      '.hHHHHHHHHHd..',
      '.hHHHHHHHHHHd.',
      '.hHHHHHHHHSHH.',
      '.HHHHHHHSSSS..',
      '.HHHHdHSSSSS..',
      '.dHHppppSeSS..',
      '.dHHtsSSSeSSs.',
      '..dHbsSSSSSS..',
      '...dbbbbSSbb..',
      '....bbbbbbb...',
    ],
    up: [
      '....hh.hH.....',
      '..hhhHhHHHH...',
      '.hhHHHHHHHHd..',
      '.hHHHHHHHHHHd.',
      '.hHHHHHHHHHHd.',
      '.HHHHHHHHHHHd.',
      '.HHHHHHHHHHHd.',
      '.tHHHHHHHHHdt.',
      '.tHHHHHHHHHdt.',
      '..dHHHHHHHHd..',
      '...dHHdHHdd...',
      '....ssSSss....',
    ],
  },
  body: {
    down: [
      '...sSSSSs...',
      '..WrWSsWrw..',
      '..WLWWWWlw..',
      '..WLLLLLlw..',
      '..WLLLLlkw..',
      '..WLgLLlkw..',
      '..LLLLLLlk..',
      '..LkkLkkkk..',
      '..LLLLLllk..',
      '..kLLLllk...',
    ],
    side: [
      '...sSSSSs...',
      '...WWrWWs...',
      '...WWrWLL...',
      '...WWrWLL...',
      '...WWrWLLl..',
      '...kkkkLLl..',
      '...WwLLLLl..',
      '...kLLLkkl..',
      '...kLLLLLl..',
      '....kLLLl...',
    ],
    up: [
      '...sSSSSs...',
      '..WWWWWWWw..',
      '..WrWWWWrw..',
      '..WWrWWrWw..',
      '..WWWrrWww..',
      '..kkkqqkkk..',
      '..GGGGGGGy..',
      '..GGGGyGGy..',
      '..GGGGyGGy..',
      '..GGy..GGy..',
    ],
  },
  /** The crutch under his arm: it goes forward with the hurt leg. `top` is the row of his collar. */
  carry(c, { direction, top, stride }) {
    if (direction === 'left' || direction === 'right') carryAhead(c, top, stride);
    else carryBeside(c, top, stride, direction === 'up');
  },
};

function shaft(c, x, y, tipX) {
  for (let j = y; j <= FOOT; j++) {
    const at = Math.round(x + ((tipX - x) * (j - y)) / (FOOT - y));
    c.set(at, j, wood[4]).set(at + 1, j, wood[2]);
  }
  c.set(tipX, FOOT, slate[0]);
}

function carryBeside(c, top, stride, back) {
  shaft(c, 19, top + 3, 19);
  c.rect(18, top + 2, 4, 1, red[3]).rect(18, top + 3, 4, 1, red[2]);
  c.rect(18, top + 8, 3, 2, back ? skin[2] : skin[3]);
  if (stride !== 0) c.set(19, FOOT, wood[2]);
}

// Seen from the side it leans ahead of him, and his arm reaches for it.
function carryAhead(c, top, stride) {
  shaft(c, 15, top + 4, 17 + Math.max(0, stride) * 3);
  c.rect(13, top + 3, 5, 1, red[3]).rect(13, top + 4, 5, 1, red[2]);
  c.rect(12, top + 4, 3, 3, cream[3])
    .rect(13, top + 7, 3, 2, cream[2])
    .rect(15, top + 8, 3, 2, skin[3]);
}
