/** What people think of the player goes around: whoever talks with another takes over a part of it. */
import type { NpcDialogue } from 'phaser-parley';

/** How much of the difference a talk takes away. */
const SHARE = 0.35;

/** After a talk between two: each trusts the player somewhat more as the other does. */
export function shareOpinion(one: NpcDialogue, other: NpcDialogue): void {
  const [a, b] = [trustOf(one), trustOf(other)];
  one.setFeelings({ 'relations.player.trust': Math.round(a + (b - a) * SHARE) });
  other.setFeelings({ 'relations.player.trust': Math.round(b + (a - b) * SHARE) });
}

function trustOf({ relations }: NpcDialogue): number {
  return relations.player?.trust ?? 0;
}
