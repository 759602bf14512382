/** The persona file as TypeScript types; `persona.schema.json` is what files are checked against. */
import type { PersonaTest } from './test-types.js';

export type Scalar = string | number | boolean;
export type Assignments = Readonly<Record<string, Scalar>>;

/** A line, or a line with the emotion it is said with. */
export type Line = string | { readonly text: string; readonly emotion?: string };

export interface Comparisons {
  readonly eq?: Scalar;
  readonly ne?: Scalar;
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
  readonly in?: readonly Scalar[];
  readonly exists?: boolean;
}

/** All must hold: paths to a value or comparisons; `any` (one holds) and `not` combine. */
export interface Conditions {
  readonly any?: readonly Conditions[];
  readonly not?: Conditions;
  readonly [path: string]: Scalar | Comparisons | readonly Conditions[] | Conditions | undefined;
}

export interface ActionParam {
  readonly type: 'string' | 'boolean' | 'integer' | 'number';
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface PersonaAction {
  readonly name: string;
  readonly description: string;
  readonly params?: Readonly<Record<string, ActionParam>>;
  readonly when?: Conditions;
  /** Seconds. */
  readonly cooldown?: number;
}

export interface PersonaChoice {
  readonly id: string;
  readonly text: string;
  readonly when?: Conditions;
  readonly reply?: Line;
  readonly set?: Assignments;
}

export interface PersonaBark {
  readonly text: string;
  readonly emotion?: string;
  readonly when?: Conditions;
  /** Seconds. */
  readonly cooldown?: number;
}

export interface BookEntry {
  readonly id?: string;
  readonly text: string;
  readonly keys?: readonly string[];
  readonly constant?: boolean;
  readonly priority?: number;
}

export interface Relation {
  readonly trust?: number;
  readonly respect?: number;
  readonly familiarity?: number;
}

/** An authored, immutable character. Fields are described in the JSON Schema. */
export interface Persona {
  readonly $schema?: string;
  readonly schema: '1';
  readonly id: string;
  readonly version?: string;
  readonly meta?: {
    readonly creator?: string;
    readonly notes?: string;
    readonly tags?: readonly string[];
    readonly licence?: string;
    readonly source?: string;
  };
  readonly identity: {
    readonly name: string;
    readonly nickname?: string;
    readonly pronouns?: string;
    readonly role?: string;
    readonly age?: string | number;
    readonly faction?: string;
  };
  readonly core: {
    readonly compact?: string;
    readonly description?: string;
    readonly traits?: readonly string[];
    readonly motivation?: string;
    readonly flaws?: string;
    readonly secrets?: readonly { readonly text: string; readonly when?: Conditions }[];
  };
  readonly voice?: {
    readonly style?: string;
    readonly catchphrases?: readonly string[];
    readonly avoid?: readonly string[];
    readonly maxSentences?: number;
    readonly examples?: readonly {
      readonly player: string;
      readonly npc: string;
      readonly emotion?: string;
    }[];
  };
  readonly scenario?: string;
  readonly goals?: readonly {
    readonly id: string;
    readonly text: string;
    readonly when?: Conditions;
    readonly onComplete?: { readonly set?: Assignments };
  }[];
  readonly knowledge?: {
    readonly facts?: readonly string[];
    readonly book?: readonly BookEntry[];
    readonly groups?: readonly string[];
    readonly unknownReply?: readonly Line[];
  };
  readonly state?: {
    readonly mood?: string;
    readonly relations?: Readonly<Record<string, Relation>>;
    readonly bind?: readonly { readonly path: string; readonly text: string }[];
  };
  readonly emotions?: readonly (string | { readonly label: string; readonly as: string })[];
  readonly assets?: {
    readonly portraits?: Readonly<Record<string, string>>;
    readonly animations?: Readonly<Record<string, string>>;
  };
  readonly actions?: readonly PersonaAction[];
  readonly dialogue?: {
    readonly greetings?: readonly Line[];
    readonly choices?: readonly PersonaChoice[];
    readonly barks?: readonly PersonaBark[];
    readonly fillers?: readonly Line[];
    readonly fallbacks?: readonly Line[];
    readonly refusals?: readonly Line[];
    readonly farewell?: readonly Line[];
    readonly script?: string;
  };
  readonly safety?: {
    readonly topicsDeny?: readonly string[];
    readonly rating?: 'everyone' | 'teen' | 'mature';
    readonly blocklist?: readonly string[];
    readonly onViolation?: 'refuse' | 'fallback';
  };
  readonly memory?: {
    readonly turns?: number;
    readonly summary?: boolean;
    readonly facts?: readonly string[];
  };
  readonly generation?: {
    readonly maxTokens?: number;
    readonly temperature?: number;
    readonly topP?: number;
    readonly minP?: number;
    readonly repeatPenalty?: number;
    readonly seed?: number;
    readonly stop?: readonly string[];
  };
  readonly budget?: {
    readonly promptTokens?: number;
    readonly loreTokens?: number;
    readonly priority?: 'player' | 'npc' | 'background';
  };
  readonly i18n?: Readonly<Record<string, object>>;
  readonly tests?: readonly PersonaTest[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}
