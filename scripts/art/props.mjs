// Gathers the props into one atlas: each standing thing with its cast shadow beside it.
import { writeAtlas } from './atlas.mjs';
import { NONE } from './canvas.mjs';
import { harbour } from './props-harbour.mjs';
import { houses } from './props-houses.mjs';
import { castShadow, light } from './props-light.mjs';
import { lighthouse } from './props-lighthouse.mjs';
import { nature } from './props-nature.mjs';
import { village } from './props-village.mjs';
import { wind } from './props-wind.mjs';

// The lowest drawn row: where a thing touches the ground.
function footOf(canvas) {
  for (let y = canvas.height - 1; y >= 0; y--)
    for (let x = 0; x < canvas.width; x++) if (canvas.get(x, y) !== NONE) return y;
  return canvas.height - 1;
}

/** All prop frames: Map of name to { canvas, anchor in pixels }. */
export function propFrames() {
  const frames = new Map();
  for (const [name, prop] of Object.entries({
    ...houses(),
    ...lighthouse(),
    ...harbour(),
    ...village(),
    ...nature(),
    ...wind(),
    ...light(),
  })) {
    const { moving, depth = 3, flat = false, air = false } = prop;
    // What moves has `name-0` and on, and one shadow for all of them.
    const canvas = moving ? moving[0] : prop.canvas;
    const foot = footOf(canvas);
    const anchor = prop.anchor ?? (air ? [canvas.width / 2, canvas.height / 2] : [canvas.width / 2, foot]);
    if (moving)
      moving.forEach((still, i) => {
        frames.set(`${name}-${i}`, { canvas: still, anchor });
      });
    else frames.set(name, { canvas, anchor });
    if (!flat && !air) frames.set(`${name}-shadow`, castShadow(canvas, foot, depth));
  }
  for (const name of frames.keys())
    if (/^(emote|prompt)/.test(name))
      frames.get(name).anchor = [frames.get(name).canvas.width / 2, frames.get(name).canvas.height];
  frames.get('light-beam').anchor = [0, frames.get('light-beam').canvas.height / 2];
  frames.get('glow-spill').anchor = [frames.get('glow-spill').canvas.width / 2, 0];
  return frames;
}

/** Writes props.png and props.json. */
export function writeProps(folder) {
  writeAtlas(folder, 'props', propFrames(), 512, {
    animations: {
      'gull-fly': ['gull-fly-0', 'gull-fly-1', 'gull-fly-2', 'gull-fly-3'],
      'gull-stand': ['gull-stand-0', 'gull-stand-1'],
      smoke: ['smoke-0', 'smoke-1', 'smoke-2', 'smoke-3'],
      'emote-thinking': ['emote-thinking-0', 'emote-thinking-1', 'emote-thinking-2'],
      'prompt-key': ['prompt-key-0', 'prompt-key-1'],
      ripple: ['ripple-0', 'ripple-1'],
    },
  });
}
