// Short sounds: steps, letters, the notebook, what is found and given, the lamp, the end, gulls.
import { accordion, glide, highPass, lowPass, musicBox, noise, pitch, pluck, room } from './synth.mjs';
import { Track } from './track.mjs';

const RATE = 22050;
const track = (seconds) => new Track(seconds, RATE);

/** A breath of noise through a band, shaped by `shape(t)`. */
function breath(seconds, seed, low, high, shape) {
  const hiss = noise(seed);
  const part = track(seconds).add(0, seconds, () => hiss());
  part.filter(highPass(low)).filter(lowPass(high, 2));
  part.samples = part.samples.map((v, i) => v * shape(i / RATE));
  return part;
}

const hump = (at, width) => (t) => Math.exp(-(((t - at) / width) ** 2));
const decay = (seconds) => (t) => Math.exp(-t / seconds);

/** A phrase of the music box: [note, start, gain]. */
function phrase(seconds, notes) {
  const part = track(seconds);
  for (const [note, start, gain = 1] of notes)
    part.add(start, seconds - start, musicBox(pitch(note), RATE), gain);
  return part;
}

function step() {
  const sound = track(0.1);
  sound.add(0, 0.1, (t) => decay(0.018)(t) * Math.sin(2 * Math.PI * (95 * t - 190 * t * t)), 0.9);
  sound.mix(
    breath(0.1, 11, 300, 1500, (t) => decay(0.014)(t) + 0.4 * hump(0.034, 0.012)(t)),
    1.6,
  );
  return sound.fade(0.001, 0.02).level(0.5);
}

function type() {
  const sound = track(0.035);
  sound.add(0, 0.035, (t) => decay(0.006)(t) * Math.sin(2 * Math.PI * 620 * t), 0.6);
  sound.mix(breath(0.035, 12, 800, 3000, decay(0.003)), 0.6);
  return sound.fade(0.0005, 0.01).level(0.4);
}

/** A page turns; `up` opens, down closes. */
function page(up) {
  const sound = track(0.34);
  const swell = up ? hump(0.11, 0.06) : hump(0.07, 0.055);
  sound.mix(breath(0.34, up ? 13 : 14, 900, 4200, swell), 0.9);
  const notes = up ? ['D5', 'A5'] : ['A5', 'D5'];
  notes.forEach((note, i) => {
    sound.add(0.05 + i * 0.07, 0.3 - i * 0.07, musicBox(pitch(note), RATE), 0.16);
  });
  return sound.fade(0.005, 0.12).level(0.45);
}

const select = () =>
  phrase(0.24, [['A5', 0]])
    .fade(0.001, 0.12)
    .level(0.4);

function clue() {
  const sound = phrase(1.25, [
    ['D5', 0, 0.8],
    ['F5', 0.11, 0.8],
    ['A5', 0.22, 0.9],
    ['E6', 0.36, 0.7],
  ]);
  return sound.filter(room(0.4, 1.1)).fade(0.001, 0.5).level(0.6);
}

function item() {
  const sound = phrase(0.8, [
    ['F5', 0, 0.8],
    ['C6', 0.09, 1],
  ]);
  sound.mix(breath(0.12, 15, 400, 2200, decay(0.02)), 0.3);
  return sound.filter(room(0.3, 0.8)).fade(0.001, 0.3).level(0.55);
}

/** The lamp catches: a match, a breath of flame, and a chord that opens into D major. */
function lamp() {
  const seconds = 2.2;
  const sound = track(seconds);
  sound.mix(
    breath(seconds, 16, 1500, 6000, (t) => 0.9 * decay(0.05)(t) * Math.min(1, t / 0.01)),
    0.7,
  );
  sound.mix(breath(seconds, 17, 120, 900, hump(0.55, 0.3)), 1.5);
  ['D3', 'A3', 'D4', 'F#4', 'A4'].forEach((note, i) => {
    const start = 0.3 + i * 0.09;
    sound.add(
      start,
      seconds - start,
      accordion(pitch(note), 0.9, RATE, { attack: 0.35, release: 0.9 }),
      0.16,
    );
  });
  for (const [note, start] of [
    ['F#5', 0.75],
    ['A5', 0.88],
    ['D6', 1.02],
  ])
    sound.add(start, seconds - start, musicBox(pitch(note), RATE), 0.2);
  return sound.filter(room(0.35, 1.2)).fade(0.001, 0.6).level(0.65);
}

/** The end: the waltz's first phrase comes home in D major. */
function win() {
  const seconds = 2.7;
  const sound = phrase(seconds, [
    ['A4', 0, 0.8],
    ['D5', 0.2, 0.8],
    ['F#5', 0.4, 0.9],
    ['A5', 0.6, 1],
    ['G5', 0.95, 0.7],
    ['F#5', 1.15, 0.8],
    ['D6', 1.4, 1],
  ]);
  for (const [note, start, length] of [
    ['G2', 0.6, 0.85],
    ['D3', 1.4, 1.3],
  ])
    sound.add(start, length, pluck(pitch(note)), 0.7);
  for (const [note, start, length] of [
    ['D4', 0.6, 0.7],
    ['B3', 0.6, 0.7],
    ['F#4', 1.4, 0.6],
    ['D4', 1.4, 0.6],
    ['A3', 1.4, 0.6],
  ])
    sound.add(
      start,
      length + 0.5,
      accordion(pitch(note), length, RATE, { attack: 0.12, release: 0.5 }),
      0.14,
    );
  return sound.filter(room(0.4, 1.2)).fade(0.001, 0.6).level(0.65);
}

/** One cry of a herring gull: it breaks upwards and falls. */
function cry(sound, start, length, from, top, to) {
  const frequencyAt = (t) => {
    const k = t / length;
    return k < 0.22 ? from + (top - from) * (k / 0.22) ** 0.6 : top + (to - top) * ((k - 0.22) / 0.78) ** 1.3;
  };
  const voice = glide(frequencyAt, RATE, [
    [1, 1],
    [2, 0.75],
    [3, 0.4],
    [4, 0.2],
  ]);
  const rasp = noise(21);
  sound.add(start, length, (t) => {
    const k = t / length;
    const open = Math.min(1, k / 0.1) * Math.min(1, (1 - k) / 0.45);
    return open * voice(t) * (1 + 0.25 * rasp());
  });
}

function gull() {
  const sound = track(1.05);
  cry(sound, 0, 0.34, 780, 1240, 880);
  cry(sound, 0.38, 0.26, 820, 1180, 860);
  cry(sound, 0.67, 0.2, 800, 1100, 840);
  return sound.filter(highPass(500)).filter(lowPass(3400)).filter(room(0.5, 0.9)).fade(0.004, 0.2).level(0.4);
}

/** Every effect by key, with the volume that it is to be played at. */
export function effects() {
  return {
    step: { sound: step(), volume: 0.3 },
    type: { sound: type(), volume: 0.25 },
    open: { sound: page(true), volume: 0.5 },
    close: { sound: page(false), volume: 0.5 },
    select: { sound: select(), volume: 0.45 },
    clue: { sound: clue(), volume: 0.6 },
    item: { sound: item(), volume: 0.6 },
    lamp: { sound: lamp(), volume: 0.7 },
    win: { sound: win(), volume: 0.7 },
    gull: { sound: gull(), volume: 0.25 },
  };
}
