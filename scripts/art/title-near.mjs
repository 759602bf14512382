// What is nearest in the title's picture: the end of the pier, a lamp, and you, too late for the ferry.
import { Canvas } from './canvas.mjs';
import { hash } from './noise.mjs';
import { RAMPS } from './palette.mjs';
import { drawPerson } from './people.mjs';
import { PEOPLE } from './people-data.mjs';
import { propFrames } from './props.mjs';

const { wood, ink, gold, red, cream } = RAMPS;
// As long as the widest view is to its end; `END` is where the boards stop.
const WIDTH = 500;
const END = WIDTH - 6;
const LAMP = END - 13;
const DECK = 62;
const HEIGHT = 130;

/** The pier from the left; `points.lamp` is the middle of its light. */
export function pierView() {
  const c = new Canvas(WIDTH, HEIGHT);
  // Boards seen along their ends, then the beam and the piles below it
  for (let x = 0; x < END; x++) {
    for (let y = DECK; y < DECK + 12; y++) {
      const k = (y - DECK) % 4;
      const lit = Math.hypot((x - LAMP) / 60, (y - DECK - 4) / 16);
      const glow = lit < 0.45 ? 2 : lit < 0.9 ? 1 : 0;
      const step = k === 3 ? 0 : hash(x >> 4, y >> 2, 5) < 0.4 ? 1 : 2;
      c.set(x, y, wood[Math.min(4, k === 3 ? 0 : step + glow)]);
      if (x % 23 === 0 && k < 3) c.set(x, y, wood[0]);
    }
    c.set(x, DECK, Math.abs(x - LAMP) < 64 ? wood[4] : wood[3]);
    c.rect(x, DECK + 12, 1, 4, x % 23 < 2 ? ink[0] : wood[1]).set(x, DECK + 12, wood[2]);
    c.set(x, DECK + 16, ink[0]);
  }
  for (let x = END - 34; x > -8; x -= 47) {
    c.rect(x, DECK + 14, 7, HEIGHT - DECK - 14, wood[0])
      .rect(x, DECK + 14, 2, HEIGHT - DECK - 14, wood[1])
      .rect(x, DECK + 14, 1, 34, wood[2]);
    c.rect(x - 1, DECK - 8, 9, 8, wood[1])
      .rect(x - 1, DECK - 8, 3, 8, wood[2])
      .rect(x - 1, DECK - 9, 9, 2, wood[3])
      .rect(x - 1, DECK - 5, 9, 1, cream[1])
      .rect(x - 1, DECK - 3, 9, 1, cream[1]);
  }
  const lamp = propFrames().get('lamp-post').canvas;
  c.blit(lamp, LAMP - 9, DECK + 5 - lamp.height);
  const you = drawPerson(PEOPLE.player, 'up', 'idle-0');
  c.blit(you, LAMP - 46, DECK + 6 - 30);
  // A suitcase
  c.rect(LAMP - 24, DECK - 3, 10, 8, red[1])
    .rect(LAMP - 24, DECK - 3, 10, 1, red[3])
    .rect(LAMP - 24, DECK - 3, 1, 8, red[2])
    .rect(LAMP - 21, DECK - 5, 4, 1, wood[1])
    .rect(LAMP - 21, DECK - 5, 1, 2, wood[1])
    .rect(LAMP - 18, DECK - 5, 1, 2, wood[1])
    .rect(LAMP - 22, DECK - 3, 1, 8, gold[0])
    .rect(LAMP - 17, DECK - 3, 1, 8, gold[0]);
  return {
    canvas: c,
    anchor: [END, DECK],
    from: 'bottom',
    y: -26,
    points: { lamp: [LAMP, DECK + 5 - lamp.height + 9] },
  };
}
