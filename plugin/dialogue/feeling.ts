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

/** Whether a path belongs to the character, and not to the game's state. */
export function isFeelingPath(path: string): boolean {
  return path === 'mood' || /^relations\.[^.]+\.(?:trust|respect|familiarity)$/.test(path);
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
  const changed = { ...relations };
  for (const [path, value] of Object.entries(values)) {
    if (path === 'mood' || !isFeelingPath(path) || typeof value !== 'number') continue;
    const [, who = '', what = ''] = path.split('.');
    const bounded = Math.max(-MAX_RELATION, Math.min(MAX_RELATION, value));
    const before = Object.hasOwn(changed, who) ? changed[who] : {};
    Object.defineProperty(changed, who, {
      value: { ...before, [what]: bounded },
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return changed;
}
