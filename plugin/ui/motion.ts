/** True when the player asked the system for less motion: text then appears in whole words and nothing bobs. */
export function prefersReducedMotion(): boolean {
  return globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false;
}
