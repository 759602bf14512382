/** A visible part smaller than this share of the window means a keyboard; less is a browser's bar. */
const OPEN_BELOW = 0.85;

/** The part of the window that is seen, as of `window.visualViewport`. */
export interface SeenPart {
  readonly height: number;
  readonly offsetTop: number;
  /** Pinched: above 1. */
  readonly scale: number;
}

/** CSS pixels above which nothing is covered by a touch keyboard, from the window's top; undefined while there is none. */
export function keyboardTop(seen: SeenPart | null | undefined, windowHeight: number): number | undefined {
  // A page that is zoomed into shows less of itself too.
  if (!seen || seen.height * seen.scale > windowHeight * OPEN_BELOW) return undefined;
  return seen.offsetTop + seen.height;
}

/** Calls back when a touch keyboard, the window or its zoom changes what can be seen. Returns what ends it. */
export function onSeenPart(callback: () => void): () => void {
  const seen = globalThis.visualViewport;
  globalThis.addEventListener('resize', callback);
  globalThis.addEventListener('scroll', callback, true);
  seen?.addEventListener('resize', callback);
  seen?.addEventListener('scroll', callback);
  return () => {
    globalThis.removeEventListener('resize', callback);
    globalThis.removeEventListener('scroll', callback, true);
    seen?.removeEventListener('resize', callback);
    seen?.removeEventListener('scroll', callback);
  };
}
