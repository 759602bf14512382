/** How a character minds the player: notices, turns, calls out, and ends a talk that the player walks out of. */

export interface PresenceOptions {
  /** Pixels of the world at which it notices the player. Default 80. */
  readonly noticeDistance?: number;
  /** At which the player can talk to it. Default 40. */
  readonly talkDistance?: number;
  /** A talk ends, with a farewell, when the player goes farther. Default 160; `Infinity`: never. */
  readonly leaveDistance?: number;
  /**
   * Turns it to the player: `'flip'` mirrors a sprite that is drawn looking to the right; a function gets the direction, of
   * length 1. Default: only the event `face`.
   */
  readonly look?: 'flip' | ((dx: number, dy: number) => void);
  /**
   * What it says once when it notices the player: one of its `barks`, or a greeting that opens the talk. Default `'bark'`;
   * false: nothing.
   */
  readonly callOut?: 'bark' | 'greeting' | false;
  /** Milliseconds until it calls out again. Default 60000. */
  readonly callOutPauseMs?: number;
  /** Least milliseconds between two barks while the player is in no talk; at most twice as many. Default 20000; `Infinity`: none. */
  readonly barkPauseMs?: number;
  /** True while it should say nothing of its own accord. */
  readonly quiet?: () => boolean;
}

/** What the presence has the character do. */
export interface PresenceBody {
  /** The player comes near. */
  notice(distance: number): void;
  /** The player is out of sight again. */
  lose(): void;
  /** The player is there now, seen from the character; a vector of length 1. */
  face(dx: number, dy: number): void;
  /** The player may talk to it now, or not any longer. */
  reach(within: boolean): void;
  callOut(how: 'bark' | 'greeting'): void;
  bark(): void;
  /** The player walked out of the talk. */
  left(): void;
}

/** What is seen of the player at one moment. */
export interface PresenceMoment {
  readonly nowMs: number;
  /** From the character to the player, in pixels of the world. */
  readonly dx: number;
  readonly dy: number;
  /** The player talks to this one. */
  readonly talking: boolean;
  /** The player talks to anyone. */
  readonly quiet: boolean;
  /** Another one near the player speaks, or has just spoken: what this one would say of its own accord waits. */
  readonly others: boolean;
}

const DEFAULTS = {
  noticeDistance: 80,
  talkDistance: 40,
  leaveDistance: 160,
  callOut: 'bark',
  callOutPauseMs: 60_000,
  barkPauseMs: 20_000,
} as const;
/** A visit ends farther away than it began, so that nobody is noticed twice at the border. */
const LOSE_FACTOR = 1.25;
/** Cosine of the angle below which nobody turns: about ten degrees. */
const SAME_DIRECTION = 0.985;

export class Presence {
  readonly #options: Required<Omit<PresenceOptions, 'look' | 'quiet'>> & PresenceOptions;
  readonly #body: PresenceBody;
  readonly #random: () => number;
  #noticed = false;
  #within = false;
  /** The player was near in this talk: who talks from afar does not walk out of it. */
  #together = false;
  #facing: { readonly dx: number; readonly dy: number } | undefined;
  #calledMs = Number.NEGATIVE_INFINITY;
  /** It noticed the player, and has not called out yet. */
  #calls = false;
  #nextBarkMs: number | undefined;

  /**
   * @param random from 0 to 1, for the time between barks
   * @throws RangeError a distance or a pause is no number from 0
   */
  constructor(options: PresenceOptions, body: PresenceBody, random: () => number = Math.random) {
    this.#options = { ...DEFAULTS, ...options };
    for (const name of Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[]) {
      const value = this.#options[name];
      if (name !== 'callOut' && !((value as number) >= 0)) {
        throw new RangeError(`${name}: got ${String(value)}, expected a number from 0`);
      }
    }
    this.#body = body;
    this.#random = random;
  }

  get noticed(): boolean {
    return this.#noticed;
  }

  update(moment: PresenceMoment): void {
    const { dx, dy, talking } = moment;
    const distance = Math.hypot(dx, dy);
    this.#see(distance, moment);
    this.#reach(distance);
    if (this.#noticed || talking) this.#turn(dx, dy, distance);
    else this.#facing = undefined;
    this.#stay(distance, talking);
    this.#speak(distance, moment);
  }

  /** The player is watched no longer. */
  end(): void {
    if (this.#within) this.#body.reach(false);
    if (this.#noticed) this.#body.lose();
    this.#within = this.#noticed = false;
  }

  #see(distance: number, moment: PresenceMoment): void {
    const { noticeDistance, callOutPauseMs } = this.#options;
    if (this.#noticed && distance > noticeDistance * LOSE_FACTOR) {
      this.#noticed = this.#calls = false;
      this.#body.lose();
    } else if (!this.#noticed && distance <= noticeDistance) {
      this.#noticed = true;
      this.#calls = moment.nowMs - this.#calledMs >= callOutPauseMs;
      this.#body.notice(distance);
    }
    this.#callOut(moment);
  }

  #callOut({ nowMs, talking, quiet, others }: PresenceMoment): void {
    const { callOut } = this.#options;
    if (!callOut || !this.#calls) return;
    // Who would have called out into a talk lets it be; a voice is waited for.
    const silent = talking || this.#silent(quiet);
    if (!silent && others) return;
    this.#calls = false;
    if (silent) return;
    this.#calledMs = nowMs;
    this.#planBark(nowMs);
    this.#body.callOut(callOut);
  }

  #reach(distance: number): void {
    const within = distance <= this.#options.talkDistance;
    if (within === this.#within) return;
    this.#within = within;
    this.#body.reach(within);
  }

  #turn(dx: number, dy: number, distance: number): void {
    if (distance === 0) return;
    const to = { dx: dx / distance, dy: dy / distance };
    const last = this.#facing;
    if (last && last.dx * to.dx + last.dy * to.dy > SAME_DIRECTION) return;
    this.#facing = to;
    this.#body.face(to.dx, to.dy);
  }

  #stay(distance: number, talking: boolean): void {
    const { leaveDistance } = this.#options;
    if (!talking) this.#together = false;
    else if (distance <= leaveDistance) this.#together = true;
    else if (this.#together) {
      this.#together = false;
      this.#body.left();
    }
  }

  #speak(distance: number, { nowMs, talking, quiet, others }: PresenceMoment): void {
    if (this.#nextBarkMs === undefined) {
      // Not all of a scene at once.
      this.#nextBarkMs = nowMs + this.#random() * this.#options.barkPauseMs;
    }
    if (nowMs < this.#nextBarkMs) return;
    // Planned anew in a talk too, or behind it all would bark at once.
    const silent = talking || this.#silent(quiet);
    if (!silent && others) return;
    this.#planBark(nowMs);
    // Who stands that near is about to talk.
    if (!silent && distance > this.#options.talkDistance) this.#body.bark();
  }

  #planBark(nowMs: number): void {
    this.#nextBarkMs = nowMs + this.#options.barkPauseMs * (1 + this.#random());
  }

  #silent(quiet: boolean): boolean {
    return quiet || (this.#options.quiet?.() ?? false);
  }
}
