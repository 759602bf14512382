import type { Persona } from '../dialogue/index.js';

/** The personas that a game loaded, and those that failed. */
export class PersonaShelf {
  readonly #personas = new Map<string, Persona>();
  readonly #failed = new Set<string>();

  add(key: string, persona: Persona): void {
    this.#failed.delete(key);
    this.#personas.set(key, persona);
  }

  /** Remembers that a persona failed to load, so that the game can go on with a silent stand-in. */
  fail(key: string): void {
    if (!this.#personas.has(key)) this.#failed.add(key);
  }

  /**
   * The persona of a key; a mute stand-in for one that failed to load.
   * @throws RangeError a key that was never loaded
   */
  get(key: string): { readonly persona: Persona; readonly mute: boolean } {
    const persona = this.#personas.get(key);
    if (persona) return { persona, mute: false };
    if (this.#failed.has(key)) return { persona: standIn(key), mute: true };
    const known = [...this.#personas.keys()].map((name) => JSON.stringify(name)).join(', ') || 'none';
    throw new RangeError(
      `persona: got ${JSON.stringify(key)}, expected a key of this.load.npcPersona (loaded: ${known})`,
    );
  }
}

function standIn(key: string): Persona {
  return { schema: '1', id: key, identity: { name: key }, core: {}, dialogue: { fallbacks: ['...'] } };
}
