/** What a character may not say again: lines that answered something else. */
import { contentWords, stemOf } from '../prompt/content-words.js';
import { sentencesOf } from '../sentences.js';
import type { Exchange } from '../transcript.js';
import { words } from '../words.js';
import { plainSentence } from './sentence-gate.js';

/** Exchanges that a listener has in mind. */
const MAX_EXCHANGES = 6;
/** "Five coins, sailor." may answer many questions. */
const MIN_WORDS = 4;
/**
 * Sentences of the last answers, as `plainSentence` gives them; without those that the player's line may ask for again,
 * since it shares a word with them or with the line that they answered.
 */
export function spokenBefore(exchanges: readonly Exchange[], said: string): string[] {
  const asked = telling(said);
  return exchanges
    .slice(-MAX_EXCHANGES)
    .filter((exchange) => words(exchange.said) !== words(said) && !shares(asked, exchange.said))
    .flatMap(({ shown }) => sentencesOf(shown.text))
    .map(plainSentence)
    .filter((sentence) => sentence.split(' ').length >= MIN_WORDS && !shares(asked, sentence));
}

/** The player's last lines, the latest last. */
export function saidBefore(exchanges: readonly Exchange[]): string[] {
  return exchanges.slice(-MAX_EXCHANGES).map(({ said }) => said);
}

function shares(asked: ReadonlySet<string>, text: string): boolean {
  return [...telling(text)].some((word) => asked.has(word));
}

function telling(text: string): Set<string> {
  return new Set(contentWords(text).map(stemOf));
}
