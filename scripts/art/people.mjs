// Puts the people together: walk cycles of four frames and a breathing idle of two, in four directions.
import { writeAtlas } from './atlas.mjs';
import { Canvas, NONE } from './canvas.mjs';
import { darker, lighter } from './palette.mjs';
import { PEOPLE } from './people-data.mjs';

export const FRAME = [24, 32];
const FOOT = 29;
const COLLAR = 16;

// Arms of the front and back view: two or three pixels wide, `swing` -1 back, 0 hanging, 1 forward.
function arm(c, x, y, person, swing, back) {
  const { sleeve, hand, rolled, reach = 8, wide } = person.arm;
  const length = reach + (back ? -swing : swing);
  for (let j = 0; j < length; j++) {
    const colour = j < Math.min(rolled, length - 2) ? sleeve : hand;
    const w = j === 0 || !wide ? 2 : 2;
    for (let i = 0; i < w; i++) c.set(x + i, y + j, swing < 0 ? darker(colour) : colour);
  }
}

// A bandage from the knee down, wound aslant.
function bind(c, x, y, w, h, [light, fold], shade) {
  c.each(x, y, w, h, (i, j) => darker((i + j) % 3 === 0 ? fold : light, shade));
}

function legsFront(c, person, y0, step) {
  const { cloth, boot, bandage } = person.legs;
  // step: 0 standing, 1 left foot forward, -1 right foot forward
  [-1, 1].forEach((side) => {
    const x = side < 0 ? 8 : 13;
    const lift = step === 0 ? 0 : step === -side ? 0 : 2;
    const shade = lift > 0 ? 1 : 0;
    const foot = FOOT - lift;
    if (cloth !== undefined) for (let y = y0; y <= foot - 2; y++) c.rect(x, y, 3, 1, darker(cloth, shade));
    c.rect(x, foot - 1, 3, 2, darker(boot, shade));
    if (!shade) c.set(x, foot - 1, lighter(boot));
    if (bandage && side > 0) bind(c, x, foot - 5, 3, 6, bandage, shade);
  });
}

function legsSide(c, person, y0, frame) {
  const { cloth, boot, bandage } = person.legs;
  const leg = (dx, lift, shade, toe) => {
    const foot = FOOT - lift;
    const fill = darker(cloth ?? boot, shade);
    for (let y = y0; y <= foot - 2; y++) {
      const k = (y - y0 + 1) / (foot - y0);
      c.rect(10 + Math.round(dx * k), y, 3, 1, fill);
    }
    c.rect(10 + dx, foot - 1, 3, 2, darker(boot, shade)).set(13 + dx, foot, darker(boot, shade));
    if (toe) c.set(13 + dx, foot - 1, NONE);
    // The leg nearer to the viewer is the hurt one.
    if (bandage && !shade)
      for (let y = foot - 4; y <= foot; y++) {
        const k = (y - y0 + 1) / (foot - y0);
        bind(c, 10 + (y < foot - 1 ? Math.round(dx * k) : dx), y, y < foot ? 3 : 4, 1, bandage, 0);
      }
  };
  if (frame === 'idle') {
    leg(1, 0, 1);
    leg(0, 0, 0);
  } else if (frame === 0) {
    leg(-4, 1, 1);
    leg(3, 0, 0);
  } else if (frame === 1) {
    leg(-2, 2, 1);
    leg(0, 0, 0);
  } else if (frame === 2) {
    leg(3, 0, 1);
    leg(-4, 1, 0);
  } else {
    leg(0, 0, 1);
    leg(-2, 2, 0);
  }
}

function armSide(c, person, y, swing) {
  const { sleeve, hand, rolled, reach = 8 } = person.arm;
  for (let j = 0; j < reach; j++) {
    const x = 10 + Math.round((swing * j) / 2.2);
    const colour = j < Math.min(rolled, reach - 2) ? sleeve : hand;
    c.rect(x, y + j - (Math.abs(swing) > 1 && j > 5 ? 1 : 0), 3, 1, colour);
    c.set(x, y + j - (Math.abs(swing) > 1 && j > 5 ? 1 : 0), darker(colour));
  }
}

// The low sun picks out the left edge of everybody and leaves the right one in shade.
function sunlight(c) {
  const before = c.clone();
  for (let y = 0; y < c.height; y++)
    for (let x = 0; x < c.width; x++) {
      const colour = before.get(x, y);
      if (colour === NONE) continue;
      if (before.get(x - 1, y) === NONE) c.set(x, y, lighter(colour));
      else if (before.get(x + 1, y) === NONE) c.set(x, y, darker(colour));
    }
}

/** One frame. `pose` is 'idle-0', 'idle-1' or 'walk-0' to 'walk-3'. */
export function drawPerson(person, direction, pose) {
  const [kind, n] = pose.split('-');
  const frame = Number(n);
  const side = direction === 'left' || direction === 'right';
  const drop = person.short ?? 0;
  const walking = kind === 'walk';
  const bob = walking ? (frame % 2 === 1 ? -1 : 0) : 0;
  const breath = !walking && frame === 1 ? 1 : 0;
  const body = person.body[side ? 'side' : direction];
  const head = person.head[side ? 'side' : direction];
  const top = COLLAR + drop + bob;
  const step = walking ? [1, 0, -1, 0][frame] : 0;
  const legTop = Math.min(top + body.length, FOOT - 1);

  let c = new Canvas(...FRAME);
  if (side) legsSide(c, person, legTop - 1, walking ? frame : 'idle');
  else legsFront(c, person, legTop - 1, step);
  if (!side) {
    const wide = person.arm.wide ? 1 : 0;
    const swing = walking ? [1, 0, -1, 0][frame] : 0;
    const back = direction === 'up';
    if (!back) c.stamp(6, top, body, person.legend);
    arm(c, 6 - wide, top + 1 + breath, person, -swing, false);
    arm(c, 16 + wide, top + 1 + breath, person, swing, false);
    if (back) c.stamp(6, top, body, person.legend);
    c.stamp(5, top - head.length + breath, head, person.legend);
    // A line of shade parts the arms from the coat.
    for (let j = 2; j < 7; j++) {
      const at = 8 - wide;
      const colour = c.get(at, top + j);
      if (colour !== NONE && colour === person.arm.sleeve) c.set(at, top + j, darker(colour));
    }
  } else {
    c.stamp(6, top, body, person.legend);
    if (!person.carry) armSide(c, person, top + 2 + breath, walking ? [-1.6, 0, 1.6, 0][frame] : 0);
    c.stamp(5, top - head.length + breath, head, person.legend);
  }
  person.carry?.(c, { direction, top, stride: walking ? [1, 0, -1, 0][frame] : 0 });
  c.each(7, top, 10, 1, (x, y, was) =>
    was !== NONE && head.length && c.get(x, y - 1) !== NONE && !breath ? darker(was) : undefined,
  );
  if (direction === 'left') c = c.flipped();
  sunlight(c);
  return c.outline();
}

/** All frames of all people: Map of `name-walk-down-0` and so on. */
export function peopleFrames() {
  const frames = new Map();
  for (const [name, person] of Object.entries(PEOPLE))
    for (const direction of ['down', 'left', 'right', 'up'])
      for (const pose of ['walk-0', 'walk-1', 'walk-2', 'walk-3', 'idle-0', 'idle-1']) {
        const [kind, n] = pose.split('-');
        frames.set(`${name}-${kind}-${direction}-${n}`, {
          canvas: drawPerson(person, direction, pose),
          anchor: [12, 30],
        });
      }
  return frames;
}

/** Writes characters.png and characters.json. */
export function writePeople(folder) {
  writeAtlas(folder, 'characters', peopleFrames(), 601, {
    frame: FRAME,
    foot: [12, 30],
    walkFrameMs: 150,
    idleFrameMs: 600,
    people: Object.keys(PEOPLE),
  });
}
