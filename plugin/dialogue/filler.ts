/** A player notices a silence that is longer. */
const SILENCE_MS = 700;

/**
 * Calls `fill` once nothing was said for a while.
 * @returns to be called when something is said
 */
export function fillSilence(fill: () => void): () => void {
  const timer = setTimeout(fill, SILENCE_MS);
  return () => clearTimeout(timer);
}
