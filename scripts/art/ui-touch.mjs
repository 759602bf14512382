// Controls for fingers: a round brass button, up and down, and a stick in its bowl.
import { Canvas } from './canvas.mjs';
import { RAMPS } from './palette.mjs';

const { wood, gold, ink } = RAMPS;

function button(down) {
  const c = new Canvas(32, 34);
  const y = down ? 17 : 15;
  if (!down) c.ellipse(15.5, 18, 15.2, 15.2, ink[0]);
  c.ellipse(15.5, y, 15.2, 15.2, ink[0]);
  c.ellipse(15.5, y, 14.4, 14.4, (_x, _y, nx, ny) =>
    nx + ny < -0.75 ? gold[3] : nx + ny < 0.1 ? gold[2] : nx + ny < 0.8 ? gold[1] : gold[0],
  );
  c.ellipse(15.5, y, 12, 12, ink[0]);
  c.ellipse(15.5, y, 11.2, 11.2, (_x, _y, nx, ny) =>
    down ? wood[1] : nx + ny < -0.85 ? wood[3] : nx + ny < 0.75 ? wood[2] : wood[1],
  );
  return c;
}

function bowl() {
  const c = new Canvas(64, 64);
  c.ellipse(31.5, 31.5, 31, 31, ink[0], 150);
  c.ellipse(31.5, 31.5, 30, 30, (_x, _y, nx, ny) => (nx + ny < -0.3 ? gold[1] : gold[0]), 210);
  c.ellipse(31.5, 31.5, 28, 28, ink[1], 150);
  // Notches to the four sides
  for (const [x, y, rows] of [
    [28, 6, ['...a....', '..aaa...', '.aaaaa..', 'aaaaaaa.']],
    [28, 54, ['aaaaaaa.', '.aaaaa..', '..aaa...', '...a....']],
    [6, 28, ['...a', '..aa', '.aaa', 'aaaa', '.aaa', '..aa', '...a']],
    [54, 28, ['a...', 'aa..', 'aaa.', 'aaaa', 'aaa.', 'aa..', 'a...']],
  ])
    c.stamp(x, y, rows, { a: gold[1] });
  return c;
}

function stick() {
  const c = new Canvas(28, 28);
  c.ellipse(13.5, 13.5, 13.4, 13.4, ink[0]);
  c.ellipse(13.5, 13.5, 12.4, 12.4, (_x, _y, nx, ny) =>
    nx + ny < -0.8 ? wood[4] : nx + ny < 0 ? wood[3] : nx + ny < 0.8 ? wood[2] : wood[1],
  );
  c.ellipse(13.5, 13.5, 4, 4, gold[0]).ellipse(13, 13, 3, 3, gold[2]).set(12, 12, gold[3]);
  return c;
}

/** Touch controls by name; icons of 16 by 16 lie in the middle of a button, at (8, 7) or (8, 9) when it is down. */
export const touchControls = () => ({
  'touch-button-up': button(false),
  'touch-button-down': button(true),
  'touch-bowl': bowl(),
  'touch-stick': stick(),
});
