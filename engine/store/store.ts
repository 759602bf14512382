/** Bytes by key, written so that a crash in the middle leaves the old ones. */
import { EngineError, type StorageState } from '../protocol.js';
import { combineCrc32, crc32 } from './crc32.js';

/** Bytes with their CRC-32, so that none is taken twice. */
export interface ValuePart {
  readonly bytes: Uint8Array;
  readonly crc: number;
}

export function valuePart(bytes: Uint8Array): ValuePart {
  return { bytes, crc: crc32(bytes) };
}

export interface Store {
  readonly kind: StorageState['kind'];
  /** False while what is written is only kept in memory: large values that can be made again are then not worth writing. */
  readonly writable: boolean;
  /** The newest whole value, or undefined. @throws RangeError a key that `storeKey` does not make */
  read(key: string): Promise<Uint8Array | undefined>;
  /** Replaces a value; parts are written one after the other. @throws EngineError store-failed: no room, no access */
  write(key: string, value: Uint8Array | readonly ValuePart[]): Promise<void>;
  remove(key: string): Promise<void>;
  /** Removes every key that begins with `prefix`. @throws RangeError an empty prefix */
  removePrefix(prefix: string): Promise<void>;
  /**
   * Keys that begin with `prefix` (of whole characters, not segments), sorted; '' for all. One whose only write was
   * cut off may be among them: it reads as undefined.
   */
  list(prefix: string): Promise<string[]>;
}

/** The little that a place to keep files must do; names are keys with a generation suffix. */
export interface RawFiles {
  readonly kind: StorageState['kind'];
  /** The file, or its first `length` bytes at least; undefined where there is none. */
  read(name: string, length?: number): Promise<Uint8Array | undefined>;
  write(name: string, parts: readonly Uint8Array[]): Promise<void>;
  /** No error where there is none. */
  remove(name: string): Promise<void>;
  /** Names that begin with `prefix`, in any order. */
  list(prefix: string): Promise<string[]>;
}

const MAX_SEGMENT_CHARS = 120;
/** Room for four segments and an ending; file systems take 255 a segment. */
const MAX_KEY_CHARS = 512;
const KEY_CHARS = /^[A-Za-z0-9._~%/-]*$/;
/** Has no UTF-8; with the u flag, whole pairs do not match. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * One key of segments that may hold anything: each is percent-encoded, so that none can leave its folder.
 * @throws RangeError no segments, an empty one, half a surrogate pair, or more than 120 characters when encoded
 */
export function storeKey(...segments: readonly string[]): string {
  const encoded = segments.map((segment) => (LONE_SURROGATE.test(segment) ? '' : encodeSegment(segment)));
  const bad = encoded.find((segment) => segment.length === 0 || segment.length > MAX_SEGMENT_CHARS);
  if (segments.length === 0 || bad !== undefined) {
    throw new RangeError(
      `Got the key ${JSON.stringify(segments.join('/'))}; expected well-formed segments of 1 to 120 characters.`,
    );
  }
  return encoded.join('/');
}

/** Also the marks that encodeURIComponent leaves, and dots: no segment is `..` or looks like a generation. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replaceAll(
    /[.!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** @throws RangeError a key that `storeKey` does not make, but for an ending */
export function checkKey(key: string): void {
  const valid =
    key.length <= MAX_KEY_CHARS &&
    KEY_CHARS.test(key) &&
    key.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
  if (!valid) {
    throw new RangeError(
      `Got the key ${JSON.stringify(key)}; expected one of storeKey, of at most ${MAX_KEY_CHARS} characters.`,
    );
  }
}

/** @throws RangeError an empty prefix, which would be that of all games */
export function checkPrefix(prefix: string): void {
  if (prefix === '') throw new RangeError('Got an empty prefix; expected the beginning of a key.');
}

/**
 * Before each value: magic, generation, length, CRC-32 of these three and the value; u32 little endian. 16 bytes, so
 * that pages in a value stay aligned.
 */
const HEADER_BYTES = 16;
const CHECKED_BYTES = 12;
const MAGIC = 0x31595250; // "PRY1"

/**
 * Two files a key, written in turn, each with a generation number and a checksum: the newest valid one wins, and a
 * write that was cut off leaves the other.
 */
export class CrashSafeStore implements Store {
  readonly kind: StorageState['kind'];
  readonly writable = true;
  readonly #files: RawFiles;
  /** The last operation of each key; the next one waits for it. */
  readonly #queues = new Map<string, Promise<unknown>>();
  /** Headers of values that were read or written whole: a write need not read megabytes to find its generation. */
  readonly #known = new Map<string, Uint8Array>();
  /** Keys whose damage was told. */
  readonly #told = new Set<string>();

  constructor(files: RawFiles) {
    this.#files = files;
    this.kind = files.kind;
  }

  async read(key: string): Promise<Uint8Array | undefined> {
    checkKey(key);
    return this.#inTurn(key, async () => (await this.#newest(key))?.value);
  }

  async write(key: string, value: Uint8Array | readonly ValuePart[]): Promise<void> {
    checkKey(key);
    const parts = value instanceof Uint8Array ? [valuePart(value)] : value;
    return this.#inTurn(key, async () => {
      const generation = (await this.#generation(key)) + 1;
      const header = createHeader(generation, parts);
      await this.#files.write(fileName(key, generation), [header, ...parts.map(({ bytes }) => bytes)]);
      this.#known.set(key, header);
    });
  }

  async remove(key: string): Promise<void> {
    checkKey(key);
    return this.#inTurn(key, async () => {
      const generation = await this.#generation(key);
      this.#known.delete(key);
      // The older one first: what is cut off in between must not bring back an old value.
      await this.#files.remove(fileName(key, generation + 1));
      await this.#files.remove(fileName(key, generation));
    });
  }

  async removePrefix(prefix: string): Promise<void> {
    checkPrefix(prefix);
    for (const key of await this.list(prefix)) await this.remove(key);
  }

  async list(prefix: string): Promise<string[]> {
    const names = await this.#files.list(prefix);
    const keys = names.filter((name) => /\.[01]$/.test(name)).map((name) => name.slice(0, -2));
    return [...new Set(keys)].filter((key) => key.startsWith(prefix)).sort();
  }

  /** The generation of the newest valid file; 0 where there is none. */
  async #generation(key: string): Promise<number> {
    const known = this.#known.get(key);
    if (known) {
      const generation = generationOf(known);
      const [same, other] = await Promise.all([
        this.#files.read(fileName(key, generation), HEADER_BYTES),
        this.#files.read(fileName(key, generation + 1), HEADER_BYTES),
      ]);
      // Another tab may have written since, or a write of ours was cut off.
      const newer = other !== undefined && other.length >= HEADER_BYTES && generationOf(other) > generation;
      if (!newer && same !== undefined && known.every((byte, i) => byte === same[i])) return generation;
    }
    return (await this.#newest(key))?.generation ?? 0;
  }

  async #newest(key: string): Promise<StoredValue | undefined> {
    const files = await Promise.all([this.#files.read(fileName(key, 0)), this.#files.read(fileName(key, 1))]);
    const values = files.map((bytes) => bytes && parse(bytes));
    const newest = values.reduce(
      (best, value) => (value && value.generation > (best?.generation ?? 0) ? value : best),
      undefined,
    );
    if (newest) this.#known.set(key, newest.header);
    // An empty file is what a write without room leaves.
    if (files.some((bytes, i) => bytes && bytes.length > 0 && !values[i])) this.#tellDamage(key, newest);
    return newest;
  }

  #tellDamage(key: string, used: StoredValue | undefined): void {
    if (this.#told.has(key)) return;
    this.#told.add(key);
    if (used) console.info(`Parley: one of two saves of ${key} is cut short or damaged; the other is used.`);
    else console.warn(`Parley: what was saved of ${key} is cut short or damaged; it begins anew.`);
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

interface StoredValue {
  readonly generation: number;
  readonly header: Uint8Array;
  readonly value: Uint8Array;
}

function fileName(key: string, generation: number): string {
  return `${key}.${generation % 2}`;
}

function createHeader(generation: number, parts: readonly ValuePart[]): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  const length = parts.reduce((sum, { bytes: part }) => sum + part.length, 0);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, generation, true);
  view.setUint32(8, length, true);
  const checked = crc32(bytes.subarray(0, CHECKED_BYTES));
  view.setUint32(
    CHECKED_BYTES,
    parts.reduce((crc, part) => combineCrc32(crc, part.crc, part.bytes.length), checked),
    true,
  );
  return bytes;
}

function generationOf(header: Uint8Array): number {
  return new DataView(header.buffer, header.byteOffset, HEADER_BYTES).getUint32(4, true);
}

/** Undefined for a file that is foreign, cut off or damaged. */
function parse(bytes: Uint8Array): StoredValue | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const value = bytes.subarray(HEADER_BYTES);
  const valid =
    view.getUint32(0, true) === MAGIC &&
    view.getUint32(8, true) === value.length &&
    view.getUint32(CHECKED_BYTES, true) === crc32(value, crc32(bytes.subarray(0, CHECKED_BYTES)));
  return valid ? { generation: generationOf(bytes), header: bytes.slice(0, HEADER_BYTES), value } : undefined;
}

/** What a backend throws when it cannot keep or give bytes. */
export function storeFailed(kind: string, name: string, cause: unknown): EngineError {
  const full = isFull(cause);
  return new EngineError(
    'store-failed',
    `Got ${full ? 'no more room' : String(cause)} for ${name} in ${kind}; expected to keep it.`,
    {
      hint: full
        ? 'Remove old saves or models, or ask for persistent storage.'
        : 'The game goes on without saving.',
      cause,
    },
  );
}

/** Whether what a backend threw says that there is no room. */
export function isFull(cause: unknown): boolean {
  if (cause instanceof DOMException) return cause.name === 'QuotaExceededError';
  return cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EDQUOT');
}
