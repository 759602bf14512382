/** Chooses the facts that bear on a line: full-text search with the last lines as context, and lorebook keys. */
import MiniSearch, { type SearchResult } from 'minisearch';
import type { BookEntry, Persona } from '../persona/types.js';
import { factsAreStable } from './system-text.js';

/** Facts in one turn, as the bundled model was trained. */
const MAX_FACTS = 4;
/** Facts of the system text that are said again before the line they bear on: see docs/decisions/0004. */
const MAX_REMINDERS = 2;
/** Weight of the lines before, so that "and how much was it?" finds the eel. */
const CONTEXT_WEIGHT = 0.4;
/** A hit below this share of the best one is beside the point. */
const MIN_RELATIVE_SCORE = 0.3;

/** Lines that a search may be needed of again: those of the context, and a few more. */
const RECENT_QUERIES = 16;

const STOP_WORDS = new Set(
  'a an and are as at be but by can could did do does for from had has have he her him his how i if in is it its me my no not of on or our she so that the their them they this to was we were what when where which who why will with would you your tell know about'.split(
    ' ',
  ),
);

interface Entry {
  readonly id: number;
  readonly text: string;
  readonly keys: string;
  readonly priority: number;
  readonly constant: boolean;
}

export class FactIndex {
  /** By id, ascending: in the order of the persona, memories behind it. */
  readonly #entries = new Map<number, Entry>();
  readonly #search: MiniSearch<Entry>;
  /** Ids of what was remembered. */
  readonly #memories = new Map<string, number>();
  readonly #personaLimit: number;
  /** What recent queries found; void when an entry comes or goes. */
  readonly #recent = new Map<string, readonly SearchResult[]>();
  #nextId = 0;

  constructor(persona: Persona) {
    const { facts = [], book = [] } = persona.knowledge ?? {};
    this.#personaLimit = factsAreStable(persona) ? MAX_REMINDERS : MAX_FACTS;
    this.#search = new MiniSearch<Entry>({
      fields: ['text', 'keys'],
      processTerm,
      searchOptions: { prefix: true },
    });
    for (const text of facts) this.#add({ text });
    for (const entry of book) this.#add(entry);
  }

  /**
   * Facts for a line, the most telling first.
   * @param context lines before it, the latest last
   * @param shown facts that already stand in the talk
   * @param memories what the character remembers beside the persona's facts
   */
  choose(
    line: string,
    context: readonly string[],
    shown: ReadonlySet<string>,
    memories: readonly string[],
  ): string[] {
    this.#setMemories(memories);
    const scores = this.#scores(line, context);
    const best = Math.max(0, ...scores.values());
    const ranked = [...this.#entries.values()]
      .map((entry) => ({ entry, score: (scores.get(entry.id) ?? 0) * (1 + entry.priority / 100) }))
      .filter(({ entry, score }) => entry.constant || (score > 0 && score >= best * MIN_RELATIVE_SCORE))
      .filter(({ entry }) => !shown.has(entry.text))
      .sort(
        (a, b) =>
          Number(b.entry.constant) - Number(a.entry.constant) || b.score - a.score || a.entry.id - b.entry.id,
      )
      .map(({ entry }) => entry.text);
    const ofPersona = ranked.filter((text) => !this.#memories.has(text)).slice(0, this.#personaLimit);
    return ranked.filter((text) => this.#memories.has(text) || ofPersona.includes(text)).slice(0, MAX_FACTS);
  }

  #scores(line: string, context: readonly string[]): Map<number, number> {
    const scores = new Map<number, number>();
    const add = (query: string, weight: number) => {
      for (const { id, score } of this.#hits(query)) scores.set(id, (scores.get(id) ?? 0) + score * weight);
    };
    add(line, 1);
    for (const before of context) add(before, CONTEXT_WEIGHT);
    return scores;
  }

  /** A line is searched when it is said, and again as the context of the next ones. */
  #hits(query: string): readonly SearchResult[] {
    let hits = this.#recent.get(query);
    if (!hits) {
      hits = this.#search.search(query, { boost: { keys: 2 } });
      if (this.#recent.size >= RECENT_QUERIES) this.#recent.clear();
      this.#recent.set(query, hits);
    }
    return hits;
  }

  #setMemories(memories: readonly string[]): void {
    const wanted = new Set(memories);
    for (const [text, id] of this.#memories) {
      if (wanted.has(text)) continue;
      this.#recent.clear();
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
    const entry: Entry = { id, text, keys: keys.join(' '), priority, constant };
    this.#entries.set(id, entry);
    this.#search.add(entry);
    this.#recent.clear();
    return id;
  }
}

/** Words that ask for a memory and do not stand in it: "Do you remember my name?" */
function memoryKeys(text: string): string[] {
  return ['remember', ...(/\bcalled\b/i.test(text) ? ['name'] : [])];
}

/** Lower case, no stop words, and the commonest English endings cut, so that "eels" finds "eel". */
function processTerm(term: string): string | null {
  const word = term.toLowerCase().replace(/['’]s$/, '');
  if (STOP_WORDS.has(word)) return null;
  return word.length > 4 ? word.replace(/(?:ing|ied|ies|ed|es|e|s)$/, '') : word.replace(/s$/, '');
}
