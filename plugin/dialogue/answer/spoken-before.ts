/** What a character may not say again: lines that answered something else. */
import { oncePer } from '../once-per.js';
import { contentWords, stemOf } from '../prompt/content-words.js';
import { sentencesOf } from '../sentences.js';
import type { Exchange } from '../transcript.js';
import { words } from '../words.js';
import { plainSentence } from './sentence-gate.js';

/** Exchanges that a listener has in mind. */
const MAX_EXCHANGES = 6;
/** "Five coins, sailor." may answer many questions. */
const MIN_WORDS = 4;
interface Heard {
  /** What the player said, and its telling words. */
  readonly said: string;
  readonly words: ReadonlySet<string>;
  /** Of the answer, those that are long enough to be told again. */
  readonly sentences: readonly { readonly plain: string; readonly words: ReadonlySet<string> }[];
}

/**
 * Sentences of the last answers, as `plainSentence` gives them; without those that the player's line may ask for again,
 * since it shares a word with them or with the line that they answered.
 */
export function spokenBefore(exchanges: readonly Exchange[], said: string): string[] {
  const line = words(said);
  const asked = telling(said);
  return exchanges
    .slice(-MAX_EXCHANGES)
    .map(heardIn)
    .filter((heard) => heard.said !== line && !shares(asked, heard.words))
    .flatMap(({ sentences }) => sentences)
    .filter((sentence) => !shares(asked, sentence.words))
    .map(({ plain }) => plain);
}

const heardIn = oncePer(
  ({ said, shown }: Exchange): Heard => ({
    said: words(said),
    words: telling(said),
    sentences: sentencesOf(shown.text)
      .map(plainSentence)
      .filter((sentence) => sentence.split(' ').length >= MIN_WORDS)
      .map((plain) => ({ plain, words: telling(plain) })),
  }),
);

/** The player's last lines, the latest last. */
export function saidBefore(exchanges: readonly Exchange[]): string[] {
  return exchanges.slice(-MAX_EXCHANGES).map(({ said }) => said);
}

function shares(asked: ReadonlySet<string>, said: ReadonlySet<string>): boolean {
  return [...said].some((word) => asked.has(word));
}

function telling(text: string): Set<string> {
  return new Set(contentWords(text).map(stemOf));
}
