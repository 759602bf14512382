// The sea at the pier: two waves come in, break and draw back, over a hush that never ends.
import { highPass, lowPass, noise } from './synth.mjs';
import { Track } from './track.mjs';

const RATE = 11025;
const SECONDS = 8;

// Waves by when they break, how loud, and how long they draw back over the sand.
const WAVES = [
  { at: 2.1, loud: 1, back: 1.7 },
  { at: 5.9, loud: 0.7, back: 1.3 },
];

// Distance on the ring of the loop.
const since = (t, at) => ((((t - at) % SECONDS) + SECONDS * 1.5) % SECONDS) - SECONDS / 2;

export function sea() {
  const layer = (seed, shape, ...filters) => {
    const hiss = noise(seed);
    const track = new Track(SECONDS, RATE, { loop: true }).add(0, SECONDS, () => hiss());
    for (const filter of filters) track.filter(filter);
    track.samples = track.samples.map((v, i) => v * shape(i / RATE));
    return track;
  };
  const rising = (t, { at, loud }) =>
    loud * Math.exp(-((since(t, at) / (since(t, at) < 0 ? 1.3 : 0.7)) ** 2));
  const drawing = (t, { at, loud, back }) => {
    const after = since(t, at + 0.25);
    return after < 0 ? loud * Math.exp(-((after / 0.22) ** 2)) : loud * Math.exp(-after / back);
  };
  const all = (shape) => (t) => WAVES.reduce((sum, wave) => sum + shape(t, wave), 0);
  const sound = layer(3, () => 1, lowPass(420, 2), highPass(70));
  sound.samples = sound.samples.map((v) => v * 0.55);
  sound.mix(layer(5, all(rising), lowPass(700, 2), highPass(90)), 1.5);
  sound.mix(layer(8, all(drawing), highPass(1300), lowPass(3600)), 0.4);
  return { sound: sound.level(0.5), volume: 0.35, loop: true };
}
