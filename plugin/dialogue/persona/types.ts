/** Names for parts of the persona file. The fields are generated from `persona.schema.json`; describe them there. */
import type { Persona, Test } from './generated/persona-types.js';

export type {
  Assignments,
  Conditions,
  Expectation,
  Line,
  LineWhen,
  Param as ActionParam,
  Persona,
  Scalar,
} from './generated/persona-types.js';

type Item<List> = NonNullable<List> extends readonly (infer Element)[] ? Element : never;

/** Comparisons of a value, all of which must hold. */
export type Comparisons = Exclude<Test, string | number | boolean>;
export type PersonaAction = Item<Persona['actions']>;
export type PersonaChoice = Item<NonNullable<Persona['dialogue']>['choices']>;
export type PersonaBark = Item<NonNullable<Persona['dialogue']>['barks']>;
export type PersonaOpener = Item<NonNullable<Persona['dialogue']>['openers']>;
export type BookEntry = Item<NonNullable<Persona['knowledge']>['book']>;
export type StateRule = Item<NonNullable<Persona['state']>['rules']>;
export type PersonaTest = Item<Persona['tests']>;
