/**
 * What the component and the game see of a character: utterances that stream, and the character that speaks them.
 * No Phaser and no engine in here.
 */
import type { DocStore, EnginePort } from '../engine-port.js';
import type { AnswerReport } from './answer-log.js';
import type { Relations } from './feeling.js';
import type { Assignments, Line, Persona } from './persona/types.js';
import type { PromptSnapshot } from './prompt/prompt-snapshot.js';
import type { StateChange } from './state-change.js';

/** The labels that the bundled model was trained on; a persona may map its own onto them. */
export const EMOTIONS = [
  'neutral',
  'happy',
  'sad',
  'angry',
  'afraid',
  'surprised',
  'proud',
  'amused',
  'suspicious',
  'tired',
  'curious',
  'tender',
] as const;

export interface ActionCall {
  readonly name: string;
  readonly params: Readonly<Record<string, string | number | boolean>>;
}

/** One thing that happens while a character speaks. Text arrives in whole words and is never taken back. */
export type UtteranceEvent =
  /** Said while the model thinks, before the line itself; not part of it, and of no talk. */
  | { readonly type: 'filler'; readonly text: string; readonly emotion: string }
  | { readonly type: 'emotion'; readonly emotion: string }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'action'; readonly action: ActionCall };

export interface UtteranceResult {
  readonly text: string;
  readonly emotion: string;
  readonly action?: ActionCall;
  /** The id of the authored choice that was picked, or that the line was taken for. */
  readonly choice?: string;
  /** `model`: generated; `authored`: a line of the persona, of a choice or while no model is ready; `fallback`: a line after a failure. */
  readonly source: 'model' | 'authored' | 'fallback';
  readonly finish: 'done' | 'interrupted';
}

/**
 * A line that is being spoken: await it for the result, or iterate it as it streams. Each iteration starts from the
 * first event; breaking out of a loop cancels the line. It resolves when the worker dies, the model is missing, the
 * player interrupts or the scene ends; it rejects only with `AbortError` from the caller's own signal.
 */
export interface Utterance extends PromiseLike<UtteranceResult>, AsyncIterable<UtteranceEvent> {
  readonly result: Promise<UtteranceResult>;
  /** Ends the line after what was released so far; the result's `finish` is `interrupted`. */
  interrupt(): void;
}

export interface AskOptions {
  /** Who speaks to the character; default `Player`. */
  readonly speaker?: string;
  readonly signal?: AbortSignal;
  /** Wait for the model instead of answering with an authored line. Default false. */
  readonly wait?: boolean;
  /** The player is no part of it: the talk is not opened, and players' turns come first. Default false. */
  readonly overheard?: boolean;
}

export interface SayOptions {
  /** What the player said before it; the model remembers it as said. Default: nothing. */
  readonly said?: string;
  /** Who said that, or is spoken to; default `Player`. */
  readonly speaker?: string;
  /** The player is no part of it: the talk is not opened. Default false. */
  readonly overheard?: boolean;
  readonly signal?: AbortSignal;
}

export interface CharacterOptions {
  readonly persona: Persona;
  /** Default `persona.id`. */
  readonly id?: string;
  /** The save slot; part of every key. */
  readonly slot: string;
  /** The loaded engine, or undefined while there is none; asked anew at each turn. */
  readonly engine: () => EnginePort | undefined;
  /** Resolves when a model is ready (for `wait`); never rejects. */
  readonly engineReady: () => Promise<EnginePort | undefined>;
  readonly docs: DocStore;
  /** Reads the game's state for conditions and bound lines: dots enter objects, own properties only. */
  readonly readState?: (path: string) => unknown;
  /** Text on the player's and the game's side of the world, e.g. 'It is night and raining.' */
  readonly scene?: () => string | undefined;
  /** First seed of the talk; each turn derives its own. Default: the persona's, else 1. */
  readonly seed?: number;
}

export type CharacterEvents = {
  /** A line begins; the utterance can be iterated. */
  utterance: [utterance: Utterance, kind: 'answer' | 'greeting' | 'line' | 'bark' | 'farewell'];
  /** A turn ended and was written to the transcript. */
  turn: [result: UtteranceResult];
  /** Values that a choice or a rule proposes; mood and relations are set behind this event unless it was prevented. */
  set: [change: StateChange];
};

/** A choice offered to the player. */
export interface Choice {
  readonly id: string;
  readonly text: string;
}

export interface TranscriptTurn {
  readonly role: 'player' | 'npc';
  readonly speaker: string;
  readonly text: string;
  readonly emotion?: string;
  readonly action?: ActionCall;
}

/** A live character: owns its transcript; talks to the engine only through the port. */
export interface Character {
  readonly id: string;
  readonly persona: Persona;
  readonly mood: string;
  /** How it stands to others, by name: trust, respect and familiarity, -100 to 100. */
  readonly relations: Relations;
  /** True while a talk is open (from the first greeting or ask to `leave`). */
  readonly talking: boolean;
  readonly transcript: readonly TranscriptTurn[];
  /** Long-term facts of the persona, and what was remembered of exchanges that left the prompt. */
  readonly memories: readonly string[];
  /** Sequence prefix for the frame grant's `runnable`: `${slot}/${id}/`. */
  readonly sequencePrefix: string;
  /**
   * Says something to the character and returns its answer. A line still being spoken is interrupted.
   * @throws TypeError when `text` is not a string
   * @throws RangeError when `text` is empty or longer than 500 characters
   */
  ask(text: string, options?: AskOptions): Utterance;
  /** Speaks an authored greeting and opens the talk; undefined where the persona has none. Prefills the prompt. */
  greet(): Utterance | undefined;
  /** A short authored line without history whose `when` holds and whose cooldown is over. */
  bark(): Utterance | undefined;
  /** An authored line that begins a talk with another character, for `say`. @param to id of the other's persona */
  opener(to: string): Line | undefined;
  /** The authored choices whose `when` holds now. */
  choices(): readonly Choice[];
  /**
   * Up to three lines that the player could say next, from the model; none while it is not ready, or when the player
   * spoke meanwhile. Waits for the line being spoken.
   * @throws AbortError from the caller's own signal
   */
  suggest(signal?: AbortSignal): Promise<readonly string[]>;
  /** Takes an authored choice: its `reply` if it has one, else the model answers its text. @throws RangeError unknown id */
  choose(id: string, options?: AskOptions): Utterance;
  /**
   * Speaks a line of the game's as part of the talk: the model remembers it. What is spoken is interrupted.
   * @param line the text, or `{ text, emotion }` with a label of the persona
   */
  say(line: Line, options?: SayOptions): Utterance;
  /** Sets `mood` and `relations.WHO.trust`, `respect` or `familiarity`; saved with the talk. Other paths are ignored. */
  setFeelings(values: Assignments): void;
  /**
   * Replaces what was remembered; the persona's own facts stay. Saved with the talk.
   * @throws RangeError more than 24, or one that is empty or longer than 160 characters
   */
  setMemories(memories: readonly string[]): void;
  /** Remembers what somebody said to it that it does not answer; the oldest memory goes where there is no room. */
  overhear(speaker: string, text: string): void;
  /** Reads `mood`, `relations.WHO.trust` and its like, else the game's state. */
  read(path: string): unknown;
  /** Proposes new values by their paths, as a choice of the persona does: a `set` event, and made unless prevented. */
  propose(values: Assignments): void;
  /** Ends the talk; speaks a farewell where the persona has one. */
  leave(): Utterance | undefined;
  /** Forgets everything, in memory and on disk. */
  forget(): Promise<void>;
  /**
   * Prepares the engine for the next turn; call when the player comes near.
   * @param said what the player is about to say, such as what stands in a text field: then all of the prompt is ready
   *   when it is said
   */
  prefetch(signal?: AbortSignal, said?: string): Promise<void>;
  /** The last answers since the character was made, the oldest first: what they were, and what they took. */
  readonly answers: readonly AnswerReport[];
  /**
   * The prompt as it stands: system text, examples and the exchanges in it, with token counts while a model is ready.
   * @throws EngineError worker-lost
   */
  prompt(): Promise<PromptSnapshot>;
  /** Resolves when the saved transcript was read; `ask` waits for it by itself. */
  readonly ready: Promise<void>;
  on<E extends keyof CharacterEvents>(event: E, listener: (...args: CharacterEvents[E]) => void): () => void;
  /** Interrupts what is spoken and releases the engine's work. The transcript stays on disk. */
  destroy(): void;
}
