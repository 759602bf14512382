const segmenter = segmenterOf('grapheme');
const wordSegmenter = segmenterOf('word');

/** The characters as a reader sees them: an emoji family or a letter with its accents is one. */
export function graphemes(text: string): string[] {
  // Firefox below 125 has no Segmenter; code points keep at least surrogate pairs whole.
  return segmenter ? Array.from(segmenter.segment(text), (part) => part.segment) : Array.from(text);
}

/** Words and what stands between them, from a dictionary where a script has no spaces; undefined where there is none. */
export function wordSegments(text: string): string[] | undefined {
  return wordSegmenter && Array.from(wordSegmenter.segment(text), (part) => part.segment);
}

function segmenterOf(granularity: 'grapheme' | 'word'): Intl.Segmenter | undefined {
  return typeof Intl !== 'undefined' && 'Segmenter' in Intl
    ? new Intl.Segmenter(undefined, { granularity })
    : undefined;
}
