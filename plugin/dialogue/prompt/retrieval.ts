/** Chooses the facts that bear on a line: by its words, by what they mean, and by the keys of lorebook entries. */
import MiniSearch from 'minisearch';
import type { EnginePort } from '../../engine-port.js';
import { oncePerText } from '../once-per.js';
import type { BookEntry, Persona } from '../persona/types.js';
import type { ChosenFact } from './chosen-fact.js';
import { contentWords, stemmed, stemOf } from './content-words.js';
import { factsAreStable } from './system-text.js';
import { WordLikeness } from './word-likeness.js';

/** Facts in one turn, as the bundled model was trained. */
const MAX_FACTS = 4;
/** Facts of the system text that are said again before the line they bear on: see docs/decisions/0004. */
const MAX_REMINDERS = 2;
/** Weight of the lines before, so that "and how much was it?" finds the eel. */
const CONTEXT_WEIGHT = 0.4;
/** A fact below this share of the best one is beside the point. */
const MIN_RELATIVE_SCORE = 0.3;
/** What the best match by words alone counts, beside the best by meaning: common verbs match by words, too. */
const WORDS_SHARE = 0.3;
/** Cosines below it are chance. */
const MIN_LIKENESS = 0.05;
/** A fact none of whose words is nearer to one of the line has nothing to do with it. */
const MIN_BEST_LIKENESS = 0.12;

/** Lines that may be looked for again: those of the context, and a few more. */
const MAX_FOUND = 16;
/** Texts whose words are kept: those lines; a persona's own are asked for once. */
const MAX_TEXTS = 64;

interface Entry {
  readonly id: number;
  readonly text: string;
  readonly keys: string;
  readonly priority: number;
  readonly constant: boolean;
  /** Keys as stems between spaces. */
  readonly keyStems: readonly string[];
  /** Its words, as indices into the vocabulary. */
  readonly words: readonly number[];
}

/** What a line finds, by entry. */
interface Found {
  /** Scores of the search by words. */
  readonly words: ReadonlyMap<number, number>;
  readonly meaning: ReadonlyMap<number, number>;
  /** Entries one of whose keys was said. */
  readonly called: ReadonlySet<number>;
  /** Whether the engine told what words mean. */
  readonly withMeaning: boolean;
}

/** How well an entry fits a line and those before it. */
interface Score {
  score: number;
  /** Of the line itself, as shares of the best entry. */
  readonly byWords: number;
  readonly byMeaning: number;
  readonly called: boolean;
}

/** What is looked for: a line, or one before it. */
interface Query {
  readonly text: string;
  readonly weight: number;
}

export interface ChooseOptions {
  /** Lines before it, the latest last. */
  readonly context: readonly string[];
  /** Facts that already stand in the talk. */
  readonly shown: ReadonlySet<string>;
  /** What the character remembers beside the persona's facts. */
  readonly memories: readonly string[];
  /** Tells what words mean, where it can. */
  readonly port?: EnginePort | undefined;
}

export class FactIndex {
  /** By id, ascending: in the order of the persona, memories behind it. */
  readonly #entries = new Map<number, Entry>();
  readonly #search: MiniSearch<Entry>;
  readonly #likeness = new WordLikeness();
  /** Ids of what was remembered. */
  readonly #memories = new Map<string, number>();
  readonly #personaLimit: number;
  /** All words of the entries; another list when one comes. */
  #vocabulary: readonly string[] = [];
  /** By stem, the index of its first word in the vocabulary. */
  readonly #indices = new Map<string, number>();
  /** In how many entries each word of the vocabulary stands. */
  readonly #frequencies: number[] = [];
  /** By word of the vocabulary; computed anew when an entry comes or goes. */
  #rarities: readonly number[] | undefined;
  readonly #found = new Map<string, Found>();
  readonly #wordsOf = oncePerText<readonly string[]>(
    (text) => contentWords(text).filter((word) => !this.#ownName.has(stemOf(word))),
    MAX_TEXTS,
  );
  /** Stems of the character's own name: any line may be about it. */
  readonly #ownName: ReadonlySet<string>;
  #nextId = 0;

  constructor(persona: Persona) {
    this.#ownName = new Set(contentWords(persona.identity.name).map(stemOf));
    const { facts = [], book = [] } = persona.knowledge ?? {};
    this.#personaLimit = factsAreStable(persona) ? MAX_REMINDERS : MAX_FACTS;
    this.#search = new MiniSearch<Entry>({
      fields: ['text', 'keys'],
      tokenize: (text) => this.#wordsOf(text).map(stemOf),
      processTerm: (term) => term,
      searchOptions: { boost: { keys: 2 }, prefix: (term) => term.length > 3 },
    });
    for (const text of facts) this.#add({ text });
    for (const entry of book) this.#add(entry);
  }

  /** Facts for a line, the most telling first. */
  async choose(line: string, { context, shown, memories, port }: ChooseOptions): Promise<ChosenFact[]> {
    this.#setMemories(memories);
    const queries: Query[] = [
      { text: line, weight: 1 },
      ...context.map((text) => ({ text, weight: CONTEXT_WEIGHT })),
    ];
    const rows = port
      ? await this.#likeness.of(
          port,
          queries.flatMap(({ text }) => this.#wordsOf(text)),
          this.#vocabulary,
        )
      : new Map<string, Float32Array>();
    const scores = this.#scores(
      queries,
      rows,
      [...this.#entries.values()].filter(({ text }) => !shown.has(text)),
    );
    const least = MIN_RELATIVE_SCORE * Math.max(0, ...[...scores.values()].map(({ score }) => score));
    const ranked = [...scores]
      .map(([id, found]) => ({ entry: this.#entries.get(id)!, ...found }))
      .filter(({ entry, score }) => entry.constant || (score > 0 && score >= least))
      .sort(
        (a, b) =>
          Number(b.entry.constant) - Number(a.entry.constant) || b.score - a.score || a.entry.id - b.entry.id,
      )
      .map(
        ({ entry, score, byWords, byMeaning, called }): ChosenFact => ({
          text: entry.text,
          why: entry.constant ? 'constant' : called ? 'key' : 'match',
          score,
          byWords,
          byMeaning,
        }),
      );
    const ofPersona = ranked.filter(({ text }) => !this.#memories.has(text)).slice(0, this.#personaLimit);
    return ranked
      .filter((fact) => this.#memories.has(fact.text) || ofPersona.includes(fact))
      .slice(0, MAX_FACTS);
  }

  /** Of each entry: by meaning and by words, as shares of the best; and a whole share for a key that was said. */
  #scores(
    queries: readonly Query[],
    rows: ReadonlyMap<string, Float32Array>,
    entries: readonly Entry[],
  ): Map<number, Score> {
    const sums = new Map<number, Score>();
    for (const { text, weight } of queries) {
      const { words, meaning, called } = this.#find(text, rows);
      const bestByWords = best(entries, words);
      const bestByMeaning = best(entries, meaning);
      for (const { id, priority } of entries) {
        const byWords = (words.get(id) ?? 0) / bestByWords;
        const byMeaning = (meaning.get(id) ?? 0) / bestByMeaning;
        const score = (WORDS_SHARE * byWords + byMeaning + (called.has(id) ? 1 : 0)) * (1 + priority / 100);
        const sum = sums.get(id);
        // The line itself comes first.
        if (sum) sum.score += score * weight;
        else sums.set(id, { score: score * weight, byWords, byMeaning, called: called.has(id) });
      }
    }
    return sums;
  }

  /** A line is looked for when it is said, and again as the context of the next ones. */
  #find(text: string, rows: ReadonlyMap<string, Float32Array>): Found {
    const known = this.#found.get(text);
    if (known && known.withMeaning === rows.size > 0) return known;
    const said = stemmed(text);
    const called = [...this.#entries.values()].filter(({ keyStems }) =>
      keyStems.some((key) => said.includes(key)),
    );
    const found: Found = {
      words: new Map(this.#search.search(text).map(({ id, score }) => [id as number, score])),
      meaning: this.#nearness(text, rows),
      called: new Set(called.map(({ id }) => id)),
      withMeaning: rows.size > 0,
    };
    if (this.#found.size >= MAX_FOUND) this.#found.clear();
    this.#found.set(text, found);
    return found;
  }

  /** For each word of the line the word of an entry that is nearest to it counts, by how rare that is. */
  #nearness(text: string, rows: ReadonlyMap<string, Float32Array>): Map<number, number> {
    this.#rarities ??= this.#frequencies.map((frequency) => rarity(frequency, this.#entries.size));
    const rarities = this.#rarities;
    const scores = new Map<number, number>();
    const nearest = new Map<number, number>();
    for (const word of new Set(this.#wordsOf(text))) {
      const row = rows.get(word);
      const same = this.#indices.get(stemOf(word));
      if (!row && same === undefined) continue;
      for (const { id, words } of this.#entries.values()) {
        let most = 0;
        let near = 0;
        for (const index of words) {
          const likeness = index === same ? 1 : row ? row[index]! : 0;
          if (likeness > near) near = likeness;
          if (likeness > MIN_LIKENESS && likeness * rarities[index]! > most)
            most = likeness * rarities[index]!;
        }
        if (most > 0) scores.set(id, (scores.get(id) ?? 0) + most);
        if (near > (nearest.get(id) ?? 0)) nearest.set(id, near);
      }
    }
    for (const id of scores.keys()) if (nearest.get(id)! < MIN_BEST_LIKENESS) scores.delete(id);
    return scores;
  }

  #setMemories(memories: readonly string[]): void {
    const wanted = new Set(memories);
    for (const [text, id] of this.#memories) {
      if (wanted.has(text)) continue;
      this.#changed();
      for (const index of this.#entries.get(id)!.words) this.#frequencies[index]!--;
      this.#search.discard(id);
      this.#entries.delete(id);
      this.#memories.delete(text);
    }
    for (const text of wanted) {
      if (!this.#memories.has(text)) this.#memories.set(text, this.#add({ text, keys: memoryKeys(text) }));
    }
  }

  #add({ text, keys = [], priority = 0, constant = false }: Omit<BookEntry, 'id'>): number {
    const id = this.#nextId++;
    const words = this.#wordIndices([text, ...keys].flatMap((part) => this.#wordsOf(part)));
    const keyStems = keys.map(stemmed).filter((stems) => stems.trim() !== '');
    this.#changed();
    const entry: Entry = { id, text, keys: keys.join(' '), priority, constant, keyStems, words };
    this.#entries.set(id, entry);
    this.#search.add(entry);
    return id;
  }

  #changed(): void {
    this.#rarities = undefined;
    this.#found.clear();
  }

  #wordIndices(words: readonly string[]): number[] {
    const added: string[] = [];
    const found = new Set<number>();
    for (const word of words) {
      const stem = stemOf(word);
      let index = this.#indices.get(stem);
      if (index === undefined) {
        index = this.#frequencies.push(0) - 1;
        this.#indices.set(stem, index);
        added.push(word);
      }
      found.add(index);
    }
    if (added.length > 0) this.#vocabulary = this.#vocabulary.concat(added);
    for (const index of found) this.#frequencies[index]!++;
    return [...found];
  }
}

/** The best score of some entries; 1 where none has any. */
function best(entries: readonly Entry[], scores: ReadonlyMap<number, number>): number {
  let best = 0;
  for (const { id } of entries) best = Math.max(best, scores.get(id) ?? 0);
  return best || 1;
}

/** The rarity that BM25 gives a term that stands in so many entries. */
function rarity(frequency: number, entries: number): number {
  return Math.log(1 + (entries - frequency + 0.5) / (frequency + 0.5));
}

/** Words that ask for a memory and do not stand in it: "Do you remember my name?" */
function memoryKeys(text: string): string[] {
  return ['remember', ...(/\bcalled\b/i.test(text) ? ['name'] : [])];
}
