/** The tests of a persona file: talks with the real model, and what is expected of its answers. */
import type { Assignments } from './types.js';

/** What one answer must be; all that is given must hold. */
export interface Expectation {
  readonly contains?: readonly string[];
  readonly containsAny?: readonly string[];
  readonly notContains?: readonly string[];
  readonly matches?: string;
  readonly maxTokens?: number;
  readonly emotion?: string | readonly string[];
  /** `null`: no action. */
  readonly action?: string | null;
  /** Others may stand beside them. */
  readonly params?: Assignments;
}

interface TestBase {
  readonly name?: string;
  /** The game's values by path, for conditions. */
  readonly state?: Assignments;
}

/** `say` and `expect` (of the last answer), or a talk. */
export type PersonaTest = TestBase &
  (
    | { readonly say: string | readonly string[]; readonly expect: Expectation; readonly talk?: never }
    | {
        readonly talk: readonly { readonly say: string; readonly expect?: Expectation }[];
        readonly say?: never;
        readonly expect?: never;
      }
  );
