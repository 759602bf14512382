import type { NpcDialogue } from './npc-dialogue.js';
import type { PresenceBody, PresenceOptions } from './presence.js';

/** A vector this near to upright turns nobody to a side. */
const SIDEWAYS = 0.2;

/** Something with a mirror image, such as a sprite. */
interface Flippable {
  flipX: boolean;
}

/** Lets a character do what its presence says: as events, and in the built-in ways. @param npc undefined: nobody */
export function presenceBody(npc: NpcDialogue | undefined, { look }: PresenceOptions): PresenceBody {
  const sprite = npc && 'flipX' in npc.sprite ? (npc.sprite as unknown as Flippable) : undefined;
  let before: boolean | undefined;
  return {
    notice: (distance) => npc?.emit('notice', distance),
    lose: () => {
      if (sprite && before !== undefined) sprite.flipX = before;
      before = undefined;
      npc?.emit('lose');
    },
    face: (dx, dy) => {
      if (typeof look === 'function') look(dx, dy);
      else if (look === 'flip' && sprite && Math.abs(dx) > SIDEWAYS) {
        before ??= sprite.flipX;
        sprite.flipX = dx < 0;
      }
      npc?.emit('face', dx, dy);
    },
    reach: (within) => npc?.emit('reach', within),
    callOut: (how) => {
      if (how === 'greeting') npc?.greet();
      else npc?.bark();
    },
    bark: () => npc?.bark(),
    left: () => npc?.leave(),
  };
}
