/** Where sentences end, in the scripts that mark it. */

/** Ends of a sentence, and what may stand behind them. */
export const MARKS = '.!?…~。！？｡';
export const CLOSERS = '"\'’”»)*」』）';
const END = new RegExp(`[${MARKS}][${CLOSERS}]*\\s*$`, 'u');
/** The end of the first sentence, once what follows shows that it is one. */
const FIRST_END = new RegExp(
  `[${MARKS}]+[${CLOSERS}]*(?:\\s+|(?<=[。！？｡][${CLOSERS}]*)(?=[^${MARKS}${CLOSERS}]))`,
  'u',
);
/** A stop behind these is no end: "Mr. Hask". */
const TITLES = /\b(?:mr|mrs|ms|dr|st)\.\s*$/iu;

/** Whether a text ends like a sentence. */
export function endsLikeSentence(text: string): boolean {
  return END.test(text);
}

/**
 * Index behind the first sentence of a text and the space behind it; undefined while that is not known: a text that
 * streams may go on with another mark.
 */
export function firstSentenceEnd(text: string): number | undefined {
  for (let from = 0; ; ) {
    const match = FIRST_END.exec(text.slice(from));
    if (!match) return undefined;
    const end = from + match.index + match[0].length;
    if (!TITLES.test(text.slice(0, end))) return end;
    from = end;
  }
}

/** The sentences of a whole text. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let rest = text;
  for (let end = firstSentenceEnd(rest); end !== undefined; end = firstSentenceEnd(rest)) {
    sentences.push(rest.slice(0, end).trim());
    rest = rest.slice(end);
  }
  return rest.trim() === '' ? sentences : [...sentences, rest.trim()];
}
