/** How someone stands to the player, in words, from the most trust to the least. */
const WORDS: readonly (readonly [least: number, words: string])[] = [
  [60, 'Would trust you with anything.'],
  [25, 'Is fond of you.'],
  [5, 'Likes you.'],
  [-5, 'Does not know what to make of you.'],
  [-30, 'Is wary of you.'],
  [Number.NEGATIVE_INFINITY, 'Wants nothing to do with you.'],
];

/** @param relation trust and its like, -100 to 100, as `npc.relations.player` */
export function feelingWords(relation: Readonly<Record<string, number>> | undefined): string {
  const trust = relation?.trust ?? 0;
  return WORDS.find(([least]) => trust >= least)![1];
}
