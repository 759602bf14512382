import type { Story } from 'inkjs';
import type { Assignments } from '../dialogue/index.js';
import { scriptError } from './script-error.js';

type Value = string | number | boolean;

/** Where values of the game are, and how a change of them is proposed. */
export interface BoundState {
  read(path: string): unknown;
  propose(values: Assignments): void;
}

/** Variables of the story that the game owns: read before the story goes on, given back after it changed them. */
export class BoundVariables {
  readonly #story: Story;
  readonly #paths: ReadonlyMap<string, string>;
  readonly #state: BoundState;

  /** @throws DialogueError script-invalid: a variable that the story does not have, or a list */
  constructor(story: Story, paths: Readonly<Record<string, string>>, state: BoundState) {
    this.#story = story;
    this.#paths = new Map(Object.entries(paths));
    this.#state = state;
    for (const name of this.#paths.keys()) {
      const value = this.#get(name);
      if (isValue(value)) continue;
      throw scriptError(
        `Got the variable ${name} in bind, which the story ${value === null ? 'does not have' : 'has as a list'}; expected a VAR that is a number, a text or true or false.`,
        'Write it as VAR in the .ink file, or take it out of bind.',
      );
    }
  }

  /** Takes over how things stand in the game; what the game does not know yet stays as the story has it. */
  pull(): void {
    for (const [name, path] of this.#paths) {
      const value = this.#state.read(path);
      if (isValue(value)) this.#set(name, value);
    }
  }

  /** Runs a step of the story and proposes what it changed to the game, whose word is the last. */
  around<T>(step: () => T): T {
    this.pull();
    const before = new Map([...this.#paths.keys()].map((name) => [name, this.#get(name)]));
    const result = step();
    const changed = [...before].filter(([name, value]) => this.#get(name) !== value);
    if (changed.length === 0) return result;
    this.#state.propose(
      Object.fromEntries(changed.map(([name]) => [this.#paths.get(name)!, this.#get(name) as Value])),
    );
    // A value that the game prevented and does not know itself is as it was.
    for (const [name, value] of changed) this.#set(name, value as Value);
    this.pull();
    return result;
  }

  #get(name: string): unknown {
    return this.#story.variablesState.$(name);
  }

  #set(name: string, value: Value): void {
    this.#story.variablesState.$(name, value);
  }
}

function isValue(value: unknown): value is Value {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
