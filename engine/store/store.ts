/** Bytes by key, written so that a crash in the middle leaves the old ones. */
import { EngineError } from '../protocol.js';
import { crc32 } from './crc32.js';

export interface Store {
  readonly kind: string;
  /** The newest whole value, or undefined. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** Replaces a value; parts are written one after the other. @throws EngineError store-failed: no room, no access */
  write(key: string, parts: Uint8Array | readonly Uint8Array[]): Promise<void>;
  remove(key: string): Promise<void>;
}

/** The little that a place to keep files must do; names are those of `storeKey` with a generation suffix. */
export interface RawFiles {
  readonly kind: string;
  read(name: string): Promise<Uint8Array | undefined>;
  write(name: string, parts: readonly Uint8Array[]): Promise<void>;
  remove(name: string): Promise<void>;
}

const MAX_SEGMENT_CHARS = 120;
/** Has no UTF-8; with the u flag, whole pairs do not match. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * One key of segments that may hold anything: each is percent-encoded, so that none can leave its folder.
 * @throws RangeError no segments, an empty one, half a surrogate pair, or more than 120 characters when encoded
 */
export function storeKey(...segments: readonly string[]): string {
  const encoded = segments.map((segment) =>
    LONE_SURROGATE.test(segment)
      ? ''
      : encodeURIComponent(segment).replaceAll('.', '%2E').replaceAll('*', '%2A'),
  );
  const bad = encoded.find((segment) => segment.length === 0 || segment.length > MAX_SEGMENT_CHARS);
  if (segments.length === 0 || bad !== undefined) {
    throw new RangeError(
      `Got the key ${JSON.stringify(segments.join('/'))}; expected well-formed segments of 1 to 120 characters.`,
    );
  }
  return encoded.join('/');
}

/** Before each value: magic, generation, length, CRC-32 of the value; u32 little endian. */
const HEADER_BYTES = 16;
const MAGIC = 0x31595250; // "PRY1"

/**
 * Two files a key, written in turn, each with a generation number and a checksum: the newest valid one wins, and a
 * write that was cut off leaves the other.
 */
export class CrashSafeStore implements Store {
  readonly kind: string;
  readonly #files: RawFiles;
  /** The last operation of each key; the next one waits for it. */
  readonly #queues = new Map<string, Promise<unknown>>();

  constructor(files: RawFiles) {
    this.#files = files;
    this.kind = files.kind;
  }

  read(key: string): Promise<Uint8Array | undefined> {
    return this.#inTurn(key, async () => (await this.#newest(key))?.value);
  }

  write(key: string, parts: Uint8Array | readonly Uint8Array[]): Promise<void> {
    const list = parts instanceof Uint8Array ? [parts] : parts;
    return this.#inTurn(key, async () => {
      const newest = await this.#newest(key);
      const generation = (newest?.generation ?? 0) + 1;
      await this.#files.write(fileName(key, generation), [header(generation, list), ...list]);
    });
  }

  remove(key: string): Promise<void> {
    return this.#inTurn(key, async () => {
      await this.#files.remove(fileName(key, 0));
      await this.#files.remove(fileName(key, 1));
    });
  }

  async #newest(key: string): Promise<{ generation: number; value: Uint8Array } | undefined> {
    const files = await Promise.all([this.#files.read(fileName(key, 0)), this.#files.read(fileName(key, 1))]);
    return files
      .map((bytes) => bytes && parse(bytes))
      .reduce((best, file) => (file && file.generation > (best?.generation ?? 0) ? file : best), undefined);
  }

  #inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const result = (this.#queues.get(key) ?? Promise.resolve()).then(work, work);
    this.#queues.set(key, result);
    const forget = () => {
      if (this.#queues.get(key) === result) this.#queues.delete(key);
    };
    result.then(forget, forget);
    return result;
  }
}

function fileName(key: string, generation: number): string {
  return `${key}.${generation % 2}`;
}

function header(generation: number, parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, generation, true);
  view.setUint32(
    8,
    parts.reduce((sum, part) => sum + part.length, 0),
    true,
  );
  view.setUint32(
    12,
    parts.reduce((crc, part) => crc32(part, crc), 0),
    true,
  );
  return bytes;
}

/** Undefined for a file that is foreign, cut off or damaged. */
function parse(bytes: Uint8Array): { generation: number; value: Uint8Array } | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const value = bytes.subarray(HEADER_BYTES);
  const valid =
    view.getUint32(0, true) === MAGIC &&
    view.getUint32(8, true) === value.length &&
    view.getUint32(12, true) === crc32(value);
  return valid ? { generation: view.getUint32(4, true), value } : undefined;
}

/** What a backend throws when it cannot keep bytes. */
export function storeFailed(kind: string, name: string, cause: unknown): EngineError {
  const full = cause instanceof DOMException && cause.name === 'QuotaExceededError';
  return new EngineError(
    'store-failed',
    `${name} was not written to ${kind}: ${full ? 'no room is left' : String(cause)}.`,
    {
      hint: full
        ? 'Remove old saves or models, or ask for persistent storage.'
        : 'The game goes on without saving.',
      cause,
    },
  );
}
