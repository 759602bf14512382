/** What stands in Saltmere; pixels. */

/** Something that stands on its foot at x, y; `block` is what feet run into: width and depth behind the foot. */
export interface Thing {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly block?: readonly [width: number, depth: number];
}

/** What feet run into, for things of a kind. */
const BLOCKS: Readonly<Record<string, readonly [number, number]>> = {
  'tree-pine': [8, 6],
  'tree-pine-small': [8, 6],
  'tree-oak': [10, 6],
  'tree-autumn': [10, 6],
  bush: [18, 6],
  'bush-berries': [18, 6],
  'bush-autumn': [18, 6],
  'cottage-timber': [66, 40],
  'cottage-red': [80, 40],
  inn: [134, 52],
  'house-slate': [98, 44],
  'lamp-post': [6, 4],
  well: [30, 14],
  'fish-stall': [66, 18],
  signpost: [6, 4],
  'flag-pole': [6, 4],
  bench: [30, 8],
  barrel: [12, 8],
  'barrel-water': [12, 8],
  crate: [14, 8],
  'crate-fish': [14, 8],
  'flower-pots': [18, 6],
  washing: [54, 4],
  'net-rack': [40, 4],
  'net-heap': [22, 8],
  'lobster-pot': [12, 6],
  anchor: [14, 5],
  'rock-large': [26, 10],
  'rock-medium': [18, 8],
  'rock-small': [10, 6],
  bollard: [8, 5],
  handcart: [34, 8],
  cat: [10, 4],
};

const PLACED: readonly (readonly [name: string, x: number, y: number])[] = [
  // The wood behind the village, thinning towards the houses.
  ['tree-pine', 10, 44],
  ['tree-pine-small', 34, 34],
  ['tree-pine', 58, 50],
  ['tree-oak', 96, 42],
  ['tree-pine', 130, 36],
  ['tree-pine-small', 150, 56],
  ['tree-pine', 176, 46],
  ['tree-pine', 326, 40],
  ['tree-pine-small', 388, 36],
  ['tree-autumn', 398, 60],
  ['tree-pine', 424, 42],
  ['tree-pine-small', 446, 52],
  ['tree-oak', 474, 46],
  ['tree-pine', 506, 44],
  ['tree-pine', 530, 62],
  ['tree-pine-small', 552, 40],
  ['tree-autumn', 576, 58],
  ['tree-pine', 650, 52],
  ['tree-pine', 678, 66],
  ['tree-pine-small', 632, 40],
  ['tree-oak', 698, 46],
  ['tree-pine', 4, 92],
  ['tree-autumn', 194, 138],
  ['tree-oak', 508, 122],
  ['tree-pine-small', 534, 104],
  ['tree-pine', 672, 128],
  ['tree-pine-small', 692, 112],
  // Houses
  ['cottage-red', 62, 152],
  ['cottage-timber', 148, 148],
  ['inn', 268, 152],
  ['house-slate', 424, 150],
  // Street and square
  ['lamp-post', 196, 164],
  ['lamp-post', 346, 166],
  ['lamp-post', 494, 170],
  ['lamp-post', 548, 184],
  ['lamp-post', 218, 222],
  ['lamp-post', 278, 222],
  ['lamp-post', 198, 334],
  ['well', 332, 190],
  ['bench', 398, 166],
  ['signpost', 366, 202],
  ['barrel', 346, 146],
  ['barrel-water', 337, 152],
  ['flower-pots', 476, 154],
  ['flag-pole', 216, 190],
  ['bush', 106, 154],
  ['bush-berries', 12, 156],
  ['bush-autumn', 482, 140],
  ['bush', 488, 152],
  ['handcart', 440, 190],
  ['cat', 396, 170],
  ['washing', 80, 190],
  // Fish market
  ['fish-stall', 164, 202],
  ['barrel', 208, 202],
  ['crate', 122, 196],
  ['crate-fish', 110, 206],
  ['crate', 128, 208],
  // Beach
  ['net-rack', 74, 236],
  ['net-heap', 124, 232],
  ['lobster-pot', 150, 236],
  ['lobster-pot', 138, 242],
  ['anchor', 302, 224],
  ['bush-berries', 338, 214],
  ['boat-upturned', 402, 236],
  ['lobster-pot', 366, 228],
  ['rock-small', 30, 238],
  ['rock-medium', 448, 232],
  ['rock-large', 474, 240],
  ['rock-medium', 490, 252],
  ['rock-small', 462, 248],
  // Pier
  ['bollard', 230, 286],
  ['bollard', 266, 286],
  ['bollard', 300, 334],
  ['crate-fish', 202, 316],
  ['lobster-pot', 222, 322],
  ['crate', 292, 314],
  ['barrel', 276, 312],
  // Headland
  ['flag-pole', 660, 200],
  ['bush', 570, 176],
  ['bush-berries', 650, 178],
  ['bush-autumn', 520, 196],
  ['rock-medium', 540, 216],
  ['rock-small', 560, 220],
  ['rock-medium', 684, 214],
  ['bench', 512, 176],
  ['barrel', 642, 190],
  ['crate', 652, 192],
  // Beyond the world's edge, seen in talks at the lighthouse
  ['tree-pine', 714, 84],
  ['tree-oak', 738, 116],
  ['tree-pine-small', 722, 134],
  ['tree-pine', 758, 70],
  ['tree-autumn', 774, 128],
  ['tree-pine', 796, 96],
  ['tree-pine-small', 812, 138],
  ['tree-pine', 832, 110],
  ['bush', 716, 172],
  ['bush-berries', 752, 160],
  ['rock-medium', 736, 206],
  ['tree-pine-small', 764, 186],
  ['tree-pine', 790, 174],
  ['bush-autumn', 806, 204],
  ['rock-small', 772, 220],
  ['tree-oak', 826, 182],
  // Afloat
  ['boat-fishing', 378, 330],
  ['boat-rowing-blue', 180, 278],
  ['boat-rowing-red', 552, 288],
  ['buoy', 96, 300],
  ['buoy', 500, 350],
  ['skerry-small', 497, 268],
  ['skerry', 640, 316],
  ['skerry-small', 600, 338],
  ['skerry-small', 40, 350],
];

export const THINGS: readonly Thing[] = PLACED.map(([name, x, y]) => {
  const block = BLOCKS[name];
  return { name, x, y, ...(block ? { block } : {}) };
});

/** What floats, and bobs. */
export const isAfloat = (name: string): boolean => /^(?:boat-(?:fishing|rowing)|buoy)/.test(name);

/** Mouths of the chimneys that smoke. */
export const CHIMNEYS: readonly { x: number; y: number }[] = [
  { x: 265, y: 36 },
  { x: 306, y: 33 },
  { x: 392, y: 54 },
  { x: 83, y: 68 },
];

/** Strings of flags between two points, as deep as those who walk below: [x, y, x, y]. */
export const BUNTING: readonly (readonly [number, number, number, number])[] = [
  [218, 182, 278, 182],
  [342, 104, 370, 106],
];

/** Where gulls stand; `y` is the foot, `depth` what they stand upon. */
export const PERCHES: readonly { x: number; y: number; depth: number }[] = [
  { x: 232, y: 272, depth: 288 },
  { x: 214, y: 306, depth: 322 },
  { x: 100, y: 246, depth: 246 },
  { x: 116, y: 250, depth: 250 },
  { x: 474, y: 220, depth: 244 },
  { x: 640, y: 300, depth: 320 },
  { x: 650, y: 306, depth: 321 },
  { x: 340, y: 238, depth: 238 },
];
