/** The mystery as data: what can be found out, what can be carried, and what to do next. */

/** Reads a value of the game's registry. */
export type ReadState = (key: string) => unknown;

/** An entry of the notebook; `clue.<id>` is true in the registry once it is known. */
export interface Clue {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** Something that can be carried; `item.<id>` is true while it is. */
export interface Item {
  readonly id: string;
  readonly title: string;
}

export const CLUES: readonly Clue[] = [
  {
    id: 'missing',
    title: 'Tomas is missing',
    text: 'Mira’s brother, a carpenter, left two nights ago with his bag of tools.',
  },
  {
    id: 'quarrel',
    title: 'Forty coins',
    text: 'Tomas lent forty coins to somebody and would not say to whom. He and Mira quarrelled.',
  },
  { id: 'boat', title: 'The red boat', text: 'Hask saw Tomas row toward the lighthouse in the red boat.' },
  {
    id: 'dark',
    title: 'A dark hour',
    text: 'The lamp was out for an hour that night. Hask heard a shout from above.',
  },
  { id: 'soup', title: 'Two bowls', text: 'Since that night Orrin wants two bowls of soup instead of one.' },
  {
    id: 'shadows',
    title: 'Two shadows',
    text: 'Pip saw two shadows in the lamp room, and heard hammering. Orrin lives alone.',
  },
  {
    id: 'tomas',
    title: 'Tomas',
    text: 'He is in the lighthouse. He fell while he set the lens, and hurt his leg.',
  },
  { id: 'fall', title: 'The fall', text: 'The lens cracked with him. Orrin lit the lamp again by hand.' },
  {
    id: 'coins',
    title: 'Sixty coins',
    text: 'The forty coins went to Orrin, toward a new lens, which costs sixty.',
  },
  {
    id: 'lens',
    title: 'The lens',
    text: 'To mend it Tomas needs thick glass in a brass ring, before the lamp goes dark again.',
  },
  {
    id: 'ada',
    title: 'The Honest Ada',
    text: 'The stern lamp of Hask’s old ship hangs over his bed: thick glass, brass ring.',
  },
];

export const ITEMS: readonly Item[] = [
  { id: 'herring', title: 'A herring' },
  { id: 'basket', title: 'A basket of soup' },
  { id: 'lens-glass', title: 'The glass of the Honest Ada' },
];

/** Clues that leave Orrin nothing to deny. */
const EVIDENCE = ['boat', 'soup', 'shadows'];

/** What the player could do next, as one short line. */
export function objective(read: ReadState): string {
  const knows = (clue: string) => read(`clue.${clue}`) === true;
  if (read('quest.solved')) return 'The lamp is lit, and Tomas is home.';
  if (read('mira.follows')) return 'Lead Mira to the lighthouse.';
  if (read('lamp.lit')) return 'Tell Mira that Tomas waits for her.';
  if (read('item.lens-glass')) return 'Bring the glass to Tomas.';
  if (knows('lens')) {
    return knows('ada') ? 'Ask Hask for the glass of his lamp.' : 'Find thick glass in a brass ring.';
  }
  if (knows('tomas')) return 'Ask Tomas why he will not come home.';
  if (EVIDENCE.every(knows)) return 'Tell Orrin what you know.';
  if (read('item.basket')) return 'Bring Orrin his supper.';
  if (knows('missing')) return 'Find out where Tomas went.';
  return 'Mira at the fish stall looks worried.';
}
