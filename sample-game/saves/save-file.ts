/** A saved game as bytes: MessagePack in an envelope with a checksum. What comes from a disk or a player is not trusted. */
import { decode as readMessagePack, encode as writeMessagePack } from '@msgpack/msgpack';
import { isPicture } from './picture-file.js';

const FORMAT = 'saltmere-save';
const VERSION = 1;
/** The talks of a whole game are some ten kB; more is not one of ours. */
const MAX_BYTES = 16 * 1024 * 1024;
const MAX_VALUES = 1000;
const FACINGS = ['down', 'left', 'right', 'up'] as const;

/** A value of the game's state. */
export type StateValue = string | number | boolean;

export interface SavedGame {
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** Milliseconds in the village. */
  readonly playedMs: number;
  /** Where the player stood, in words. */
  readonly place: string;
  /** What there was to do, in words. */
  readonly objective: string;
  readonly player: { readonly x: number; readonly y: number; readonly facing: (typeof FACINGS)[number] };
  /** Clues, items and all else that the game's registry holds. */
  readonly state: Readonly<Record<string, StateValue>>;
  /** What was said, from `parley.save()`. */
  readonly talks: Uint8Array;
  /** A small PNG of where the player was; older saves have none. */
  readonly picture?: Uint8Array;
}

export type SaveErrorCode = 'save-foreign' | 'save-newer' | 'save-damaged' | 'save-too-large';

export class SaveError extends Error {
  override readonly name = 'SaveError';
  readonly code: SaveErrorCode;
  /** The remedy, for the player. */
  readonly hint: string;

  constructor(code: SaveErrorCode, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

export function writeSaveFile(game: SavedGame): Uint8Array {
  const content = writeMessagePack(game);
  return writeMessagePack({ format: FORMAT, version: VERSION, checksum: checksum(content), content });
}

/**
 * @throws SaveError save-too-large: over 16 MB
 * @throws SaveError save-foreign: no save of this game
 * @throws SaveError save-newer: of a later version of the game
 * @throws SaveError save-damaged: cut short, changed, or a value that no game writes
 */
export function readSaveFile(bytes: Uint8Array): SavedGame {
  if (bytes.byteLength > MAX_BYTES) {
    throw new SaveError(
      'save-too-large',
      `Got ${bytes.byteLength} bytes; expected at most ${MAX_BYTES}.`,
      'Choose a file that this game has exported.',
    );
  }
  const envelope = record(decoded(bytes));
  if (envelope?.format !== FORMAT) {
    throw new SaveError(
      'save-foreign',
      `Got ${bytes.byteLength} bytes that are no save of this game; expected format "${FORMAT}".`,
      'Choose a file that this game has exported.',
    );
  }
  if (envelope.version !== VERSION) {
    throw new SaveError(
      'save-newer',
      `Got version ${JSON.stringify(envelope.version)}; expected ${VERSION}.`,
      'Open it with the version of the game that wrote it.',
    );
  }
  const { content } = envelope;
  if (!(content instanceof Uint8Array) || checksum(content) !== envelope.checksum) {
    throw damaged('a checksum that does not fit');
  }
  return checkedGame(record(decoded(content)));
}

function checkedGame(value: Readonly<Record<string, unknown>> | undefined): SavedGame {
  const { savedAt, playedMs, place, objective, talks, picture } = value ?? {};
  const player = record(value?.player);
  const state = record(value?.state);
  const facing = FACINGS.find((one) => one === player?.facing);
  if (!isTime(savedAt) || !isTime(playedMs)) throw damaged('a time that is none');
  if (typeof place !== 'string' || typeof objective !== 'string') throw damaged('a place without words');
  if (!player || !isNumber(player.x) || !isNumber(player.y) || !facing) throw damaged('no player');
  if (!state || Object.keys(state).length > MAX_VALUES || !Object.values(state).every(isStateValue)) {
    throw damaged('a state that no game has');
  }
  if (!(talks instanceof Uint8Array)) throw damaged('no talks');
  return {
    savedAt,
    playedMs,
    place,
    objective,
    player: { x: player.x, y: player.y, facing },
    state: state as SavedGame['state'],
    talks,
    // A game is not lost for a picture that is none.
    ...(isPicture(picture) ? { picture } : {}),
  };
}

export function isStateValue(value: unknown): value is StateValue {
  return typeof value === 'string' || typeof value === 'boolean' || isNumber(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isTime(value: unknown): value is number {
  return isNumber(value) && value >= 0;
}

function decoded(bytes: Uint8Array): unknown {
  try {
    return readMessagePack(bytes);
  } catch {
    return undefined;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function damaged(what: string): SaveError {
  return new SaveError(
    'save-damaged',
    `Got ${what}; expected a whole save.`,
    'Load another save; this one is left as it is.',
  );
}

/** FNV-1a: finds what a disk or a hand has changed. */
function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
