const segmenter =
  typeof Intl !== 'undefined' && 'Segmenter' in Intl
    ? new Intl.Segmenter(undefined, { granularity: 'grapheme' })
    : undefined;

/** The characters as a reader sees them: an emoji family or a letter with its accents is one. */
export function graphemes(text: string): string[] {
  // Firefox below 125 has no Segmenter; code points keep at least surrogate pairs whole.
  return segmenter ? Array.from(segmenter.segment(text), (part) => part.segment) : Array.from(text);
}
