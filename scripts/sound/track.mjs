// A stretch of sound that parts are laid into; a looping one is a ring, so that nothing is cut at its seam.

/** Seconds in which a part that is cut off falls silent: less would click. */
const LET_GO = 0.03;

export class Track {
  /** @param seconds its length; @param loop whether what runs over the end goes on at the start */
  constructor(seconds, rate, { loop = false } = {}) {
    this.rate = rate;
    this.loop = loop;
    this.samples = new Float64Array(Math.round(seconds * rate));
  }

  /** Adds `wave(t)` for `seconds` from `start`; t is in seconds from its own beginning. What still sounds is let go. */
  add(start, seconds, wave, gain = 1) {
    const first = Math.round(start * this.rate);
    const count = Math.round(seconds * this.rate);
    const { length } = this.samples;
    for (let i = 0; i < count; i++) {
      const at = first + i;
      if (at >= length && !this.loop) break;
      const letGo = Math.min(1, (count - i) / (LET_GO * this.rate));
      this.samples[((at % length) + length) % length] += wave(i / this.rate) * gain * letGo;
    }
    return this;
  }

  /** Adds another track from `start`. */
  mix(other, gain = 1, start = 0) {
    const first = Math.round(start * this.rate);
    other.samples.forEach((v, i) => {
      const at = first + i;
      if (at < this.samples.length || this.loop) this.samples[at % this.samples.length] += v * gain;
    });
    return this;
  }

  /**
   * Runs every sample through a filter, a function with a memory. A loop is run through twice, and the second time counts:
   * then the filter remembers the loop's end at its start.
   */
  filter(makeFilter) {
    const run = makeFilter(this.rate);
    if (this.loop) for (const v of this.samples) run(v);
    this.samples = this.samples.map((v) => run(v));
    return this;
  }

  /** Fades both ends, so that nothing clicks. */
  fade(inSeconds, outSeconds) {
    const { samples, rate } = this;
    samples.forEach((v, i) => {
      const from = Math.min(1, i / (inSeconds * rate));
      const to = Math.min(1, (samples.length - 1 - i) / (outSeconds * rate));
      samples[i] = v * from * to;
    });
    return this;
  }

  /** Scales it so that its loudest sample is `peak`. */
  level(peak) {
    const loudest = this.samples.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    this.samples = this.samples.map((v) => (v * peak) / loudest);
    return this;
  }
}
