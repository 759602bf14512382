/** What was said, and exactly what the model saw of it: the only thing that must survive a reload. */
import { decode, Encoder } from '@msgpack/msgpack';
import type { Segment } from '../engine-port.js';
import type { ActionCall, UtteranceResult } from './api.js';
import type { Relations } from './feeling.js';
import { isRecord } from './is-record.js';
import { oncePer } from './once-per.js';

const VERSION = 2;
/** Read as well: exchanges as they are, without what a replay needs, and no memories. */
const VERSION_PLAIN = 1;

/** What, beside the exchanges before it, the user message and the persona, decided an answer of the model. */
export interface AnswerRecord {
  /** Id of the model: `sha256:` and the hash of its file. */
  readonly model: string;
  readonly seed: number;
  /** Exchanges before it that had left the prompt. */
  readonly dropped: number;
  /** Names of the actions that were open. */
  readonly actions: readonly string[];
  /** Pieces after which it was interrupted; absent where it ended by itself. */
  readonly cut?: number;
}

/** One exchange: the player's line (absent for a greeting that came unasked) and the character's. */
export interface Exchange {
  readonly speaker: string;
  readonly said: string;
  /** Facts whose text stands in `user`. */
  readonly facts: readonly string[];
  /** The user message as it was rendered; null where the model never saw the exchange. */
  readonly user: readonly Segment[] | null;
  /** The whole answer as the model is to remember it, and the ids that were sampled for its beginning. */
  readonly answer: { readonly raw: string; readonly tokens: readonly number[] };
  readonly shown: {
    readonly text: string;
    readonly emotion: string;
    readonly action?: ActionCall;
    readonly source: UtteranceResult['source'];
  };
  /** Absent where the model did not make the answer. */
  readonly record?: AnswerRecord;
}

export interface TranscriptData {
  /** Number of the talk; part of the sequence's name. */
  talk: number;
  /** Turns ever taken; seeds are derived from it. */
  turn: number;
  mood: string;
  relations: Relations;
  /** Exchanges of this talk; `dropped` of them have left the prompt. */
  exchanges: Exchange[];
  dropped: number;
  /** What the character remembers of exchanges that left the prompt, the oldest first. */
  memories: string[];
}

export function emptyTranscript(mood: string, relations: Relations = {}): TranscriptData {
  return { talk: 1, turn: 0, mood, relations, exchanges: [], dropped: 0, memories: [] };
}

/** One for all: what it writes into is as large as the longest talk, and need not grow anew. */
const encoder = new Encoder({ ignoreUndefined: true });

export function writeTranscript(data: TranscriptData): Uint8Array {
  return encoder.encode({ version: VERSION, ...data, exchanges: data.exchanges.map(packedExchange) });
}

/** A long talk is written behind each turn. */
const packedExchange = oncePer((exchange: Exchange) => encoder.encode(exchange));

const TALK = '.talk';

/** The name of a character's talk in its slot. @param id of the character */
export function talkName(id: string): string {
  return `${encodeURIComponent(id)}${TALK}`;
}

/** The sequence of a saved talk, by the name of its document in the slot; undefined for other documents. */
export function savedSequence(slot: string, name: string, bytes: Uint8Array): string | undefined {
  const data = name.endsWith(TALK) ? readTranscript(bytes) : undefined;
  return data && `${slot}/${name.slice(0, -TALK.length)}/${data.talk}`;
}

/**
 * Undefined for bytes that are foreign or damaged: the talk begins anew.
 * @param relations of a transcript that says nothing about them
 */
export function readTranscript(bytes: Uint8Array, relations: Relations = {}): TranscriptData | undefined {
  const value = unpack(bytes);
  if (!isRecord(value)) return undefined;
  if (value.version !== VERSION && value.version !== VERSION_PLAIN) return undefined;
  const { talk, turn, mood, dropped, memories = [] } = value;
  const exchanges = Array.isArray(value.exchanges)
    ? value.exchanges.map((exchange) => (exchange instanceof Uint8Array ? unpack(exchange) : exchange))
    : undefined;
  const valid =
    isCount(talk) &&
    isCount(turn) &&
    isCount(dropped) &&
    typeof mood === 'string' &&
    exchanges !== undefined &&
    dropped <= exchanges.length &&
    exchanges.every(isExchange) &&
    isListOf(memories, isText) &&
    (value.relations === undefined || isRelations(value.relations));
  if (!valid) return undefined;
  return {
    talk,
    turn,
    mood,
    relations: (value.relations as Relations | undefined) ?? relations,
    exchanges,
    dropped,
    memories: memories as string[],
  };
}

/** Undefined for what is no MessagePack. */
function unpack(bytes: Uint8Array): unknown {
  try {
    return decode(bytes);
  } catch {
    return undefined;
  }
}

function isExchange(value: unknown): value is Exchange {
  if (!isRecord(value) || !isRecord(value.answer) || !isRecord(value.shown)) return false;
  const { speaker, said, facts, user, answer, shown, record } = value;
  return (
    typeof speaker === 'string' &&
    typeof said === 'string' &&
    isListOf(facts, isText) &&
    (user === null || isListOf(user, isSegment)) &&
    typeof answer.raw === 'string' &&
    isListOf(answer.tokens, isCount) &&
    typeof shown.text === 'string' &&
    typeof shown.emotion === 'string' &&
    (shown.source === 'model' || shown.source === 'authored' || shown.source === 'fallback') &&
    (record === undefined || isAnswerRecord(record))
  );
}

function isAnswerRecord(value: unknown): boolean {
  return (
    isRecord(value) &&
    isText(value.model) &&
    isCount(value.seed) &&
    isCount(value.dropped) &&
    isListOf(value.actions, isText) &&
    (value.cut === undefined || isCount(value.cut))
  );
}

function isRelations(value: unknown): boolean {
  const isNumbers = (item: unknown) =>
    isRecord(item) && Object.values(item).every((number) => Number.isFinite(number));
  return isRecord(value) && Object.values(value).every(isNumbers);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isSegment(value: unknown): boolean {
  return isRecord(value) && typeof value.text === 'string' && typeof value.trusted === 'boolean';
}

function isListOf(value: unknown, check: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(check);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
