/** Which word of a text the persona's rating forbids: a kept word list, read word by word so that "his hit" is nothing. */
import { DataSet, englishDataset, englishRecommendedTransformers, pattern, RegExpMatcher } from 'obscenity';
import { personaWords } from './grounding.js';
import { oncePerText } from './once-per.js';
import type { Persona } from './persona/types.js';

type Rating = NonNullable<NonNullable<Persona['safety']>['rating']>;

const DEFAULT_RATING: Rating = 'teen';

const list = (terms: string) => new Set(terms.trim().split(/,\s*/));

/** Every term of the list is in one of these groups. Only `everyone` is kept from the mild ones. */
export const TERM_GROUPS = {
  mild: list(`arse, ass, bastard, bollocks, boob, hooker, piss, prick, scat, sex, tit, turd`),
  strong: list(
    `anal, anus, bestiality, bitch, blowjob, buttplug, cock, cuck, cum, cunt, deepthroat, dick, dildo, doggystyle,
    double penetration, ejaculate, felch, fellatio, finger bang, fisting, fuck, gangbang, handjob, hentai, incest,
    jerk off, jizz, lubejob, masturbate, orgasm, orgy, penis, porn, pussy, rape, semen, shit, slut, twat, vagina, wank,
    whore`,
  ),
  slur: list(
    `abeed, abo, africoon, arabush, boonga, chingchong, chink, dyke, fag, kike, negro, nigger, retard, spastic, tranny`,
  ),
} as const;

const GROUPS_OF_RATING: Record<Rating, readonly (keyof typeof TERM_GROUPS)[]> = {
  everyone: ['mild', 'strong', 'slur'],
  teen: ['strong', 'slur'],
  mature: ['slur'],
};

/** Innocent words that the list takes for others, by what they begin with or contain. */
const INNOCENT = list(
  `analect, annal, assor, asson, assy, asseg, booby, cockpit, cocksure, cocksw, cockspur, cummer, cumin, fagin,
  fukushima, georgy, georgies, klondyke, niggard, pissarro, vandyke, pussycat, pussyfoot, pussywillow, rapeseed,
  retardant, shiitake, shittim`,
);
/** Harmless only side by side. */
const INNOCENT_PHRASES = /\b(?:kung[ -]fu|van dyke|moby[ -]dick|cock-a-\w+(?:-\w+)?|chinks? (?=in|of))\b/gi;
/** First halves of terms that are also written as two words. */
const FIRST_HALF = /^(?:double|jerk|jerking|finger|ching|gang|hand|blow|butt|doggy)$/;
/** Words are few, and each is looked up again with every token of a stream. */
const MAX_REMEMBERED = 1000;

const REPAIRED = new DataSet<{ originalWord: string }>()
  .addPhrase((phrase) => phrase.setMetadata({ originalWord: 'anus' }).addPattern(pattern`|anus|`))
  // Double letters are collapsed before the list is asked, and the list has these with two.
  .addPhrase((phrase) => phrase.setMetadata({ originalWord: 'jizz' }).addPattern(pattern`|jiz|`))
  .addPhrase((phrase) => phrase.setMetadata({ originalWord: 'buttplug' }).addPattern(pattern`butplug`))
  // Two words in the list; here one, see FIRST_HALF.
  .addPhrase((phrase) =>
    phrase.setMetadata({ originalWord: 'double penetration' }).addPattern(pattern`doublepenetra`),
  )
  .addPhrase((phrase) =>
    phrase
      .setMetadata({ originalWord: 'jerk off' })
      .addPattern(pattern`jerkof|`)
      .addPattern(pattern`jerkingof|`),
  );

class WordList {
  readonly #matcher: RegExpMatcher;
  /** Whether a word is on it. */
  readonly has = oncePerText(
    (word) => spellings(word).some((spelling) => this.#matcher.hasMatch(spelling)),
    MAX_REMEMBERED,
  );

  constructor(rating: Rating) {
    const terms = new Set(GROUPS_OF_RATING[rating].flatMap((group) => [...TERM_GROUPS[group]]));
    const dataset = new DataSet<{ originalWord: string }>()
      .addAll(englishDataset)
      .addAll(REPAIRED)
      .removePhrasesIf(({ metadata, patterns }) => {
        const term = metadata?.originalWord ?? '';
        // Names end like this one: "Silvanus".
        return !terms.has(term) || (term === 'anus' && !patterns[0]!.requireWordBoundaryAtStart);
      });
    const { blacklistedTerms, whitelistedTerms = [] } = dataset.build();
    this.#matcher = new RegExpMatcher({
      ...englishRecommendedTransformers,
      blacklistedTerms,
      whitelistedTerms: [...whitelistedTerms, ...INNOCENT],
    });
  }
}

const wordLists = new Map<Rating, WordList>();

function wordListOf({ safety = {} }: Persona): WordList {
  const rating = safety.rating ?? DEFAULT_RATING;
  let words = wordLists.get(rating);
  if (!words) {
    words = new WordList(rating);
    wordLists.set(rating, words);
  }
  return words;
}

/** The first word of a text that the persona's rating forbids; words that the persona itself uses are allowed. */
export function ratedWord(text: string, persona: Persona): string | undefined {
  const found = forbiddenRanges(text, persona).next().value;
  return found && text.slice(found.start, found.end);
}

/** The text with asterisks in place of the forbidden words. */
export function maskRated(text: string, persona: Persona): string {
  let masked = text;
  for (const { start, end } of forbiddenRanges(text, persona)) {
    masked = masked.slice(0, start) + '*'.repeat(end - start) + masked.slice(end);
  }
  return masked;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

interface Token extends Range {
  readonly word: string;
}

function* forbiddenRanges(text: string, persona: Persona): Generator<Range, undefined> {
  const words = wordListOf(persona);
  const allowed = personaWords(persona);
  const tokens = tokensOf(text);
  let run: Token[] = [];
  for (const [i, token] of tokens.entries()) {
    const { word, start } = token;
    const isAllowed = allowed.has(word.replace(/['’]s$/, ''));
    if (!isAllowed && words.has(word)) yield token;
    const next = tokens[i + 1];
    if (next && FIRST_HALF.test(word) && words.has(word + next.word)) yield { start, end: next.end };
    // Spelled out: "f u c k". A run is asked for once, at its end: a line of letters only is no work.
    if (isLetter(token)) run.push(token);
    if (isLetter(next)) continue;
    const spelled = run.map((letter) => letter.word).join('');
    if (run.length > 2 && words.has(spelled)) yield { start: run[0]!.start, end: run.at(-1)!.end };
    run = [];
  }
  return undefined;
}

function isLetter(token: Token | undefined): boolean {
  return token !== undefined && /^[\p{L}@$*]$/u.test(token.word);
}

/** Words without brackets and marks around them, which the list would read as letters. */
function tokensOf(text: string): Token[] {
  const plain = text.replace(INNOCENT_PHRASES, (phrase) => ' '.repeat(phrase.length));
  return [...plain.matchAll(/[^\s—–…]+/gu)].flatMap(({ 0: whole, index }) => {
    const bare = whole.match(/[\p{L}\p{N}@$](?:.*[\p{L}\p{N}$*])?/u);
    // A number is no word in leet.
    if (!bare || /^[\d.,:/-]+$/.test(bare[0])) return [];
    const start = index + bare.index!;
    const word = bare[0]
      .normalize('NFKC')
      .replace(/\p{Cf}/gu, '')
      .toLowerCase();
    return [{ word, start, end: start + bare[0].length }];
  });
}

/** How a word may be meant: "f.u.c.k" without its dots, "sh*t" with a vowel. */
function spellings(word: string): string[] {
  const letters = /^[\p{L}\p{N}@$](?:[._*-][\p{L}\p{N}@$])+$/u.test(word)
    ? [word.replace(/[._*-]/g, '')]
    : [];
  const vowels = /\p{L}\*+\p{L}/u.test(word) ? [...'aeiou'].map((vowel) => word.replace(/\*+/, vowel)) : [];
  return [word, ...letters, ...vowels];
}
