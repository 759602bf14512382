/** Whether bubbles and boxes keep still: as the system says, or as the game does for its player. */
export type ReducedMotion = 'system' | boolean;

let query: MediaQueryList | undefined;

/** Whether the system asks for less motion. */
export function prefersReducedMotion(): boolean {
  // Asked for in each frame: one list that follows the system.
  query ??= globalThis.matchMedia?.('(prefers-reduced-motion: reduce)');
  return query?.matches ?? false;
}

/** What a setting means now. */
export function isStill(setting: ReducedMotion): boolean {
  return setting === 'system' ? prefersReducedMotion() : setting;
}
