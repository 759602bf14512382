/** What became of everyone, by how they were treated. */
import type { NpcDialogue } from 'phaser-parley';

/** Trust from which on somebody is a friend, and below which they are glad to see the player go. */
const FRIEND = 25;
const SOUR = 0;

const LINES: Readonly<Record<string, readonly [friend: string, plain: string, sour: string]>> = {
  mira: [
    'Mira never let you pay for fish again, and told everyone why.',
    'Mira gave you a herring for the journey. A good one.',
    'Mira thanked you through her teeth, and charged you for the eel.',
  ],
  tomas: [
    'Tomas cut your name into the third step, where nobody can miss it.',
    'Tomas walked without his crutch by the first snow.',
    'Tomas mended the stairs, and said that you had been no help with them.',
  ],
  orrin: [
    'Orrin taught you to trim the wick. He has let nobody else, in thirty-eight years.',
    'Orrin still says that she lit herself. But he nods when he sees you.',
    'Orrin kept his door shut. The light, at least, was for everyone.',
  ],
  sailor: [
    'Hask has a new story. It is about you, and only half of it is true.',
    'Hask sits where he can see the Ada’s own eye go round.',
    'Hask tells the story without you in it.',
  ],
  bess: [
    'Bess put your name on a bowl. It hangs by the stove.',
    'Bess sends three bowls up the hill now, and one for you.',
    'Bess fed you all the same. She feeds everyone.',
  ],
  pip: [
    'Pip has a partner now. Second case: who steals the inn’s fish?',
    'Pip carried the basket up all ninety steps, to see the lamp room at last.',
    'Pip wrote your name into his book, under Suspects.',
  ],
};

/** What became of one of them. */
export interface Fate {
  /** Names the portrait. */
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** One for each of these. */
export function epilogue(npcs: readonly Pick<NpcDialogue, 'persona' | 'relations'>[]): Fate[] {
  return npcs.flatMap(({ persona, relations }) => {
    const trust = relations.player?.trust ?? 0;
    const lines = LINES[persona.id];
    if (!lines) return [];
    const { id, identity } = persona;
    return [{ id, name: identity.name, text: lines[trust >= FRIEND ? 0 : trust < SOUR ? 2 : 1] }];
  });
}
