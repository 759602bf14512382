import { DialogueError } from '../dialogue/index.js';
import { runnablePrefixes, type Spender } from './runnable.js';

/** A live character as the game's plugin sees it. */
export interface CastMember extends Spender {
  /** Begins again from the transcript of the slot that is current now. */
  reopen(): void;
}

/** The live characters of a game, by id. */
export class Cast<M extends CastMember = CastMember> {
  readonly #members = new Map<string, M>();

  get size(): number {
    return this.#members.size;
  }

  /** Whether the player is in a talk with any of them. */
  get talking(): boolean {
    for (const { talking } of this.#members.values()) if (talking) return true;
    return false;
  }

  get(id: string): M | undefined {
    return this.#members.get(id);
  }

  members(): M[] {
    return [...this.#members.values()];
  }

  ids(): string[] {
    return [...this.#members.keys()];
  }

  /**
   * Adds a character; the function returned removes it again.
   * @throws DialogueError duplicate-character: one with this id is alive
   */
  add(id: string, member: M): () => void {
    if (this.#members.has(id)) {
      throw new DialogueError(
        'duplicate-character',
        `A character with the id ${JSON.stringify(id)} is alive, expected at most one.`,
        {
          hint: "Give the second one an id of its own: this.add.npcDialogue(sprite, key, { id: 'guard-2' }).",
        },
      );
    }
    this.#members.set(id, member);
    return () => {
      if (this.#members.get(id) === member) this.#members.delete(id);
    };
  }

  runnable(): string[] {
    return runnablePrefixes(this.#members.values());
  }

  /** Those in a talk know more than what is saved. */
  reopenSilent(): void {
    for (const member of [...this.#members.values()]) if (!member.talking) member.reopen();
  }

  reopenAll(): void {
    for (const member of [...this.#members.values()]) member.reopen();
  }
}
