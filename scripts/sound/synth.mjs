// What sounds are made of: notes, instruments, noise and filters. Times in seconds, frequencies in hertz.
import { random } from '../art/noise.mjs';

const TAU = Math.PI * 2;
const STEPS = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** The frequency of a note such as A4, Bb3 or C#5 in equal temperament. */
export function pitch(note) {
  const [, letter, accidental, octave] = /^([A-G])([#b]?)(\d)$/.exec(note) ?? [];
  if (!letter) throw new RangeError(`pitch: got "${note}", expected a note such as A4, Bb3 or C#5`);
  const step = STEPS[letter] + (accidental === '#' ? 1 : accidental === 'b' ? -1 : 0);
  return 440 * 2 ** ((step - 9) / 12 + Number(octave) - 4);
}

// Partials of a plucked steel tongue: [multiple, strength, seconds to fall to a third].
const TONGUE = [
  [1, 1, 1.1],
  [2, 0.22, 0.6],
  [3.01, 0.13, 0.3],
  [5.42, 0.07, 0.09],
];

/** A music box's note; lower ones ring longer. */
export function musicBox(frequency, rate) {
  const ring = (440 / frequency) ** 0.4;
  const partials = TONGUE.filter(([multiple]) => frequency * multiple < rate * 0.45);
  return (t) => {
    const strike = Math.min(1, t / 0.003);
    let sum = 0;
    for (const [multiple, strength, fall] of partials)
      sum += strength * Math.exp(-t / (fall * ring)) * Math.sin(TAU * frequency * multiple * t);
    return sum * strike;
  };
}

/** Two reeds of an accordion, a little apart, for a note of `seconds`; the bellows swell and breathe. */
export function accordion(frequency, seconds, rate, { attack = 0.3, release = 0.45 } = {}) {
  const reeds = [frequency * 0.9985, frequency * 1.0015];
  const count = Math.min(10, Math.floor((rate * 0.45) / frequency));
  const strengths = Array.from({ length: count }, (_, i) => {
    const n = i + 1;
    return (n % 2 === 0 ? 0.7 : 1) / n ** 1.25 / (1 + (frequency * n) / 1900);
  });
  return (t) => {
    const rise = Math.min(1, t / attack);
    const fall = Math.min(1, Math.max(0, (seconds + release - t) / release));
    const breath = 1 + 0.05 * Math.sin(TAU * 0.8 * t);
    let sum = 0;
    for (const reed of reeds)
      strengths.forEach((strength, i) => {
        sum += strength * Math.sin(TAU * reed * (i + 1) * t);
      });
    return sum * rise ** 1.5 * fall ** 1.5 * breath * 0.5;
  };
}

/** A soft plucked string for the bass. */
export const pluck = (frequency) => (t) =>
  Math.min(1, t / 0.006) *
  (Math.exp(-t / 0.9) * Math.sin(TAU * frequency * t) +
    0.3 * Math.exp(-t / 0.35) * Math.sin(TAU * frequency * 2 * t) +
    0.1 * Math.exp(-t / 0.15) * Math.sin(TAU * frequency * 3 * t));

/** A tone that glides: `frequencyAt(t)`, of `harmonics` as [multiple, strength]. */
export function glide(frequencyAt, rate, harmonics = [[1, 1]]) {
  let phase = 0;
  return (t) => {
    phase += (TAU * frequencyAt(t)) / rate;
    return harmonics.reduce((sum, [multiple, strength]) => sum + strength * Math.sin(phase * multiple), 0);
  };
}

/** White noise in -1..1, the same on every machine. */
export function noise(seed) {
  const next = random(seed);
  return () => next() * 2 - 1;
}

/** Takes away what lies above a frequency; `slope` times 6 dB an octave. */
export const lowPass =
  (frequency, slope = 1) =>
  (rate) => {
    const k = 1 - Math.exp((-TAU * frequency) / rate);
    const memory = new Float64Array(slope);
    return (v) => {
      let out = v;
      for (let i = 0; i < slope; i++) {
        memory[i] += k * (out - memory[i]);
        out = memory[i];
      }
      return out;
    };
  };

/** Takes away what lies below a frequency. */
export const highPass =
  (frequency, slope = 1) =>
  (rate) => {
    const filters = Array.from({ length: slope }, () => lowPass(frequency)(rate));
    return (v) => filters.reduce((out, low) => out - low(out), v);
  };

// Delays of a small room in seconds: combs side by side, then all-passes in a row.
const COMBS = [0.0297, 0.0371, 0.0411, 0.0437];
const ALLPASSES = [0.005, 0.0017];

/** A room: `wet` of it is added to the sound; `size` 1 decays by 60 dB in about a second. */
export const room =
  (wet, size = 1) =>
  (rate) => {
    const line = (seconds) => ({ at: 0, kept: new Float64Array(Math.round(seconds * rate)) });
    const combs = COMBS.map((seconds) => ({ ...line(seconds), back: 10 ** ((-3 * seconds) / size), low: 0 }));
    const passes = ALLPASSES.map(line);
    return (v) => {
      let sum = 0;
      for (const comb of combs) {
        const out = comb.kept[comb.at];
        // High tones die first, as they do between walls of wood.
        comb.low += 0.45 * (out - comb.low);
        comb.kept[comb.at] = v + comb.low * comb.back;
        comb.at = (comb.at + 1) % comb.kept.length;
        sum += out / combs.length;
      }
      for (const pass of passes) {
        const out = pass.kept[pass.at];
        const fed = sum + out * 0.5;
        pass.kept[pass.at] = fed;
        pass.at = (pass.at + 1) % pass.kept.length;
        sum = out - fed * 0.5;
      }
      return v + sum * wet;
    };
  };
