import { isFeelingPath } from './feeling.js';
import { isRecord } from './is-record.js';

/** A key-value store, as far as applying a change needs it; Phaser's registry fits. */
export interface StateStore {
  get(key: string): unknown;
  has(key: string): boolean;
  set(key: string, value: unknown): unknown;
}

type Value = string | number | boolean;

/**
 * A change that a choice or a rule of the persona proposes, made unless a listener prevents it: mood and relations are
 * the character's, all other values go to the game's registry.
 */
export class StateChange {
  /** Paths and their new values. */
  readonly assignments: Readonly<Record<string, Value>>;
  #prevented = false;

  constructor(assignments: Readonly<Record<string, Value>>) {
    this.assignments = assignments;
  }

  get prevented(): boolean {
    return this.#prevented;
  }

  /** Keeps the change from being made: the game does it itself, or not at all. */
  preventDefault(): void {
    this.#prevented = true;
  }

  /**
   * Writes the values of the game. A path whose first part is an object of the store enters it (on copies, so that listeners see a
   * new value); any other path is one key.
   */
  apply(store: StateStore): void {
    for (const [path, value] of Object.entries(this.assignments)) {
      if (isFeelingPath(path)) continue;
      const [head, ...rest] = path.split('.') as [string, ...string[]];
      const root = store.get(head);
      if (store.has(path) || rest.length === 0 || !isRecord(root)) store.set(path, value);
      else store.set(head, withValue(root, rest, value));
    }
  }
}

function withValue(object: Record<string, unknown>, path: readonly string[], value: Value): object {
  const [key, ...rest] = path as [string, ...string[]];
  const inner = Object.hasOwn(object, key) ? object[key] : undefined;
  const next = rest.length === 0 ? value : withValue(isRecord(inner) ? inner : {}, rest, value);
  return Object.fromEntries([...Object.entries(object).filter(([name]) => name !== key), [key, next]]);
}
