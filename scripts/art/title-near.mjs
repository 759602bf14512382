// What is nearest in the title's picture: the end of the pier, a lamp, and you, too late for the ferry.
import { Canvas } from './canvas.mjs';
import { hash } from './noise.mjs';
import { RAMPS } from './palette.mjs';
import { drawPerson } from './people.mjs';
import { PEOPLE } from './people-data.mjs';
import { propFrames } from './props.mjs';

const { wood, ink, gold, red, cream } = RAMPS;
const WIDTH = 168;
const DECK = 62;
const HEIGHT = 130;

/** The pier from the left; `points.lamp` is the middle of its light. */
export function pierView() {
  const c = new Canvas(WIDTH, HEIGHT);
  // Boards seen along their ends, then the beam and the piles below it
  for (let x = 0; x < WIDTH - 6; x++) {
    for (let y = DECK; y < DECK + 12; y++) {
      const k = (y - DECK) % 4;
      const lit = Math.hypot((x - 118) / 60, (y - DECK - 4) / 16);
      const glow = lit < 0.45 ? 2 : lit < 0.9 ? 1 : 0;
      const step = k === 3 ? 0 : hash(x >> 4, y >> 2, 5) < 0.4 ? 1 : 2;
      c.set(x, y, wood[Math.min(4, k === 3 ? 0 : step + glow)]);
      if (x % 23 === 0 && k < 3) c.set(x, y, wood[0]);
    }
    c.set(x, DECK, x > 60 ? wood[4] : wood[3]);
    c.rect(x, DECK + 12, 1, 4, x % 23 < 2 ? ink[0] : wood[1]).set(x, DECK + 12, wood[2]);
    c.set(x, DECK + 16, ink[0]);
  }
  for (const x of [10, 58, 106, 150]) {
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
  c.blit(lamp, 110, DECK + 5 - lamp.height);
  const you = drawPerson(PEOPLE.player, 'up', 'idle-0');
  c.blit(you, 78, DECK + 6 - 30);
  // A suitcase
  c.rect(102, DECK - 3, 10, 8, red[1])
    .rect(102, DECK - 3, 10, 1, red[3])
    .rect(102, DECK - 3, 1, 8, red[2])
    .rect(105, DECK - 5, 4, 1, wood[1])
    .rect(105, DECK - 5, 1, 2, wood[1])
    .rect(108, DECK - 5, 1, 2, wood[1])
    .rect(104, DECK - 3, 1, 8, gold[0])
    .rect(109, DECK - 3, 1, 8, gold[0]);
  return {
    canvas: c,
    anchor: [0, DECK],
    from: 'bottom',
    y: -26,
    points: { lamp: [119, DECK + 5 - lamp.height + 9] },
  };
}
