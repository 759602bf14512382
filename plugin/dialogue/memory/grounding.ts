/** Whether a sentence says nothing that must have come from somewhere, and did not. */

const NUMBER_WORDS =
  'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million'.split(
    ' ',
  );

/**
 * Every number and every proper name of the sentence stands in the source. A capital letter at its beginning makes no
 * name.
 */
export function isGrounded(sentence: string, source: string): boolean {
  const known = new Set(wordsOf(source).map((word) => word.toLowerCase()));
  return wordsOf(sentence).every((word, i) => {
    const lower = word.toLowerCase();
    const mustBeKnown = /\d/.test(word) || NUMBER_WORDS.includes(lower) || (i > 0 && /^\p{Lu}/u.test(word));
    return !mustBeKnown || known.has(lower) || word === 'I';
  });
}

/** Words and numbers, without the 's of a genitive. */
function wordsOf(text: string): string[] {
  return (text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []).map((word) =>
    word.replace(/['’]s$/i, ''),
  );
}
