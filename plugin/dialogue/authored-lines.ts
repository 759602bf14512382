/** The persona's own lines: each list in turn, so that no line comes twice before all have; conditions and cooldowns. */
import { holds, type ReadPath } from './conditions.js';
import type { Conditions, Line, LineWhen, Persona } from './persona/types.js';
import { refusalLines, voidLines } from './safety.js';

const LAST_RESORT = '…';

/** What may come only now and then. */
interface Guarded {
  readonly when?: Conditions | undefined;
  /** In seconds. */
  readonly cooldown?: number | undefined;
}

export class AuthoredLines {
  readonly #persona: Persona;
  readonly #read: ReadPath;
  /** When each guarded item was last used, in milliseconds. */
  readonly #used = new Map<Guarded, number>();
  /** How often each list was drawn from. */
  readonly #drawn = new Map<readonly unknown[], number>();

  /** @param read for conditions */
  constructor(persona: Persona, read: ReadPath) {
    this.#persona = persona;
    this.#read = read;
  }

  /** The next of a list, or of those in it that are open. */
  next<T>(list: readonly T[] = [], open: readonly T[] = list): T | undefined {
    if (open.length === 0) return undefined;
    const count = this.#drawn.get(list) ?? 0;
    this.#drawn.set(list, count + 1);
    return open[count % open.length];
  }

  /** The next of those whose `when` holds; while there are none, of those without one. */
  nextFitting(list: readonly LineWhen[] = []): Line | undefined {
    const conditions = (line: LineWhen) => (typeof line === 'string' ? undefined : line.when);
    const fitting = list.filter((line) => conditions(line) && holds(conditions(line), this.#read));
    const open = fitting.length > 0 ? fitting : list.filter((line) => !conditions(line));
    return this.next(list, open);
  }

  /** The next of those in a list that are free now; it cools down from here. */
  nextFree<T extends Guarded>(
    list: readonly T[] = [],
    fits: (item: T) => boolean = () => true,
  ): T | undefined {
    const item = this.next(
      list,
      list.filter((candidate) => fits(candidate) && this.isFree(candidate)),
    );
    if (item) this.use(item);
    return item;
  }

  isFree(item: Guarded): boolean {
    const last = this.#used.get(item) ?? Number.NEGATIVE_INFINITY;
    return holds(item.when, this.#read) && Date.now() - last >= (item.cooldown ?? 0) * 1000;
  }

  /** Its cooldown begins. */
  use(item: Guarded): void {
    this.#used.set(item, Date.now());
  }

  /** While there is no model, or after it failed. */
  fallback(): Line {
    const { dialogue = {}, knowledge = {} } = this.#persona;
    return this.next(dialogue.fallbacks) ?? this.next(knowledge.unknownReply) ?? LAST_RESORT;
  }

  /** For what is not talked about. */
  refusal(): Line {
    return this.next(refusalLines(this.#persona)) ?? LAST_RESORT;
  }

  /** In place of an answer of which nothing may be shown. @param violation what refused it */
  inPlaceOfVoid(violation: string | undefined): Line {
    return this.next(voidLines(this.#persona, violation)) ?? this.fallback();
  }
}
