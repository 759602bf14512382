/** Chooses the facts that bear on a line: by its words, by what they mean, and by the keys of lorebook entries. */
import MiniSearch from 'minisearch';
import type { EnginePort } from '../../engine-port.js';
import type { BookEntry, Persona } from '../persona/types.js';
import { contentWords, plainWords, stemOf } from './content-words.js';
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
  async choose(line: string, { context, shown, memories, port }: ChooseOptions): Promise<string[]> {
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
    const best = Math.max(0, ...scores.values());
    const ranked = [...scores]
      .map(([id, score]) => ({ entry: this.#entries.get(id)!, score }))
      .filter(({ entry, score }) => entry.constant || (score > 0 && score >= best * MIN_RELATIVE_SCORE))
      .sort(
        (a, b) =>
          Number(b.entry.constant) - Number(a.entry.constant) || b.score - a.score || a.entry.id - b.entry.id,
      )
      .map(({ entry }) => entry.text);
    const ofPersona = ranked.filter((text) => !this.#memories.has(text)).slice(0, this.#personaLimit);
    return ranked.filter((text) => this.#memories.has(text) || ofPersona.includes(text)).slice(0, MAX_FACTS);
  }

  /** Of each entry: by meaning and by words, as shares of the best; and a whole share for a key that was said. */
  #scores(
    queries: readonly Query[],
    rows: ReadonlyMap<string, Float32Array>,
    entries: readonly Entry[],
  ): Map<number, number> {
    const sums = new Map(entries.map(({ id }) => [id, 0]));
    for (const { text, weight } of queries) {
      const found = new Map(this.#search.search(text).map(({ id, score }) => [id as number, score]));
      const byWords = shares(entries, ({ id }) => found.get(id) ?? 0);
      const byMeaning = shares(entries, this.#nearness(text, rows));
      const said = ` ${plainWords(text).map(stemOf).join(' ')} `;
      for (const entry of entries) {
        const { id, keyStems, priority } = entry;
        const called = keyStems.some((key) => said.includes(key)) ? 1 : 0;
        const score =
          (WORDS_SHARE * byWords.get(entry)! + byMeaning.get(entry)! + called) * (1 + priority / 100);
        sums.set(id, sums.get(id)! + score * weight);
      }
    }
    return sums;
  }

  /** For each word of the line the word of an entry that is nearest to it counts, by how rare that is. */
  #nearness(text: string, rows: ReadonlyMap<string, Float32Array>): (entry: Entry) => number {
    const words = [...new Set(this.#wordsOf(text))].map((word) => ({
      row: rows.get(word),
      same: this.#indices.get(stemOf(word)),
    }));
    return (entry) => {
      let score = 0;
      let best = 0;
      for (const { row, same } of words) {
        let most = 0;
        for (const index of entry.words) {
          const likeness = index === same ? 1 : (row?.[index] ?? 0);
          best = Math.max(best, likeness);
          if (likeness > MIN_LIKENESS) most = Math.max(most, likeness * this.#rarity(index));
        }
        score += most;
      }
      return best >= MIN_BEST_LIKENESS ? score : 0;
    };
  }

  /** The rarity that BM25 gives a term. */
  #rarity(index: number): number {
    const frequency = this.#frequencies[index]!;
    return Math.log(1 + (this.#entries.size - frequency + 0.5) / (frequency + 0.5));
  }

  #setMemories(memories: readonly string[]): void {
    const wanted = new Set(memories);
    for (const [text, id] of this.#memories) {
      if (wanted.has(text)) continue;
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
    const keyStems = keys
      .map((key) => ` ${plainWords(key).map(stemOf).join(' ')} `)
      .filter((stems) => stems.trim() !== '');
    const entry: Entry = { id, text, keys: keys.join(' '), priority, constant, keyStems, words };
    this.#entries.set(id, entry);
    this.#search.add(entry);
    return id;
  }

  #wordsOf(text: string): string[] {
    return contentWords(text).filter((word) => !this.#ownName.has(stemOf(word)));
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
    if (added.length > 0) this.#vocabulary = [...this.#vocabulary, ...added];
    for (const index of found) this.#frequencies[index]!++;
    return [...found];
  }
}

/** The scores of entries, as shares of the best one. */
function shares(entries: readonly Entry[], scoreOf: (entry: Entry) => number): Map<Entry, number> {
  const scores = entries.map((entry) => [entry, scoreOf(entry)] as const);
  const best = Math.max(...scores.map(([, score]) => score));
  return new Map(best > 0 ? scores.map(([entry, score]) => [entry, score / best]) : scores);
}

/** Words that ask for a memory and do not stand in it: "Do you remember my name?" */
function memoryKeys(text: string): string[] {
  return ['remember', ...(/\bcalled\b/i.test(text) ? ['name'] : [])];
}
