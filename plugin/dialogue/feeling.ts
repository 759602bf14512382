/** Mood and relations: their paths, and how they stand in the prompt. */
import type { Assignments, Persona } from './persona/types.js';

/** A relation this strong is felt. */
const STRONG = 50;
const MAX_RELATION = 100;

/** By the other's name, then by what is felt: -100 to 100. */
export type Relations = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Phrases as the bundled model was trained on them: of a strong relation to the player, and of its opposite. */
const PHRASES: Readonly<Record<string, readonly [strong: string, opposite: string]>> = {
  trust: ['trusts the player', 'distrusts the player'],
  respect: ['respects the player', 'looks down on the player'],
  familiarity: ['knows the player well', 'a stranger to the player'],
};

/** Whether a path is that of a relation, such as `relations.player.trust`. */
export function isRelationPath(path: string): boolean {
  return /^relations\.[^.]+\.(?:trust|respect|familiarity)$/.test(path);
}

/** Whether a path belongs to the character, and not to the game's state. */
export function isFeelingPath(path: string): boolean {
  return path === 'mood' || isRelationPath(path);
}

/** The value of a relation within its bounds. */
export function boundedRelation(value: number): number {
  return Math.max(-MAX_RELATION, Math.min(MAX_RELATION, value));
}

/** What follows `feels:`; undefined where nothing is felt strongly. */
export function feelingText(mood: string, relations: Relations): string | undefined {
  const player = relations.player ?? {};
  const phrases = Object.entries(PHRASES).flatMap(([what, [strong, opposite]]) => {
    const value = Object.hasOwn(player, what) ? player[what]! : 0;
    return value >= STRONG ? [strong] : value <= -STRONG ? [opposite] : [];
  });
  return [mood, ...phrases].filter(Boolean).join(', ') || undefined;
}

/** Relations at the beginning of a game. */
export function firstRelations({ state = {} }: Persona): Relations {
  return { ...(state.relations as Relations | undefined) };
}

/** Relations with new values; other paths are left aside. */
export function withRelations(relations: Relations, values: Assignments): Relations {
  let changed = relations;
  for (const [path, value] of Object.entries(values)) {
    if (!isRelationPath(path) || typeof value !== 'number') continue;
    const [, who = '', what = ''] = path.split('.');
    const before = Object.hasOwn(changed, who) ? changed[who] : {};
    // A computed key is an own one, whatever its name.
    changed = { ...changed, [who]: { ...before, [what]: boundedRelation(value) } };
  }
  return changed;
}
