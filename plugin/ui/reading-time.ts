import { graphemes } from './graphemes.js';

/** Milliseconds that a line stays after it was typed: a slow reader's pace, and time to notice it. */
export function readingMs(text: string): number {
  return 1500 + graphemes(text).length * 45;
}
