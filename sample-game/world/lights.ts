/** What shines in Saltmere; pixels. */

/** A light: its halo in the air at x, y, and the pool that it throws on the ground around `footY`. */
export interface Light {
  readonly x: number;
  readonly y: number;
  readonly kind: 'lamp' | 'window' | 'lantern';
  /** Where its pool lies; absent for what lights only itself. */
  readonly footY?: number;
}

const light = (kind: Light['kind'], x: number, y: number, footY?: number): Light => ({
  kind,
  x,
  y,
  ...(footY === undefined ? {} : { footY }),
});

export const LIGHTS: readonly Light[] = [
  light('lamp', 196, 129, 164),
  light('lamp', 346, 131, 166),
  light('lamp', 494, 135, 170),
  light('lamp', 548, 149, 184),
  light('lamp', 218, 187, 222),
  light('lamp', 278, 187, 222),
  light('lamp', 198, 299, 334),
  // Fish stall
  light('lantern', 165, 173, 204),
  // Fishing boat
  light('lantern', 370, 270, 304),
  light('window', 398, 292),
  light('window', 407, 292),
];

/** Houses are lit as their pictures are: [x, y] from the foot to each window; `door` has a lantern and spills light. */
/** A house's lights, seen from its foot: the middles of its windows, and of the doors that have a lantern. */
export interface HouseLights {
  readonly windows: readonly (readonly [x: number, y: number])[];
  readonly doors: readonly number[];
}

export const HOUSE_LIGHTS: Readonly<Record<string, HouseLights>> = {
  inn: {
    windows: [
      [-40, -49],
      [-5, -54],
      [17, -54],
      [-41, -20],
      [25, -21],
      [47, -22],
    ],
    doors: [-3],
  },
  'house-slate': {
    windows: [
      [-30, -27],
      [28, -42],
      [28, -20],
    ],
    doors: [-5],
  },
  'cottage-timber': {
    windows: [
      [0, -38],
      [10, -21],
    ],
    doors: [-14],
  },
  'cottage-red': {
    windows: [
      [0, -47],
      [-23, -17],
      [23, -17],
    ],
    doors: [0],
  },
};
