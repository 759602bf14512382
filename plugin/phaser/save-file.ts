/** A game's save as bytes: the documents of a slot, and the KV caches of its talks where they were asked for. */
import { decode as readMessagePack, encode as writeMessagePack } from '@msgpack/msgpack';
import { DialogueError } from '../dialogue/index.js';

const FORMAT = 'parley-save';
const VERSION = 1;
/** A hundred characters with long memories stay far below it, twenty with their caches too; more is not one of ours. */
const MAX_BYTES = 512 * 1024 * 1024;
const MAX_ENTRIES = 10_000;

export interface SaveContent {
  /** By name in the slot. */
  readonly docs: ReadonlyMap<string, Uint8Array>;
  /** KV caches, by the name of the talk's document. */
  readonly caches: ReadonlyMap<string, Uint8Array>;
}

export function writeSave(docs: SaveContent['docs'], caches: SaveContent['caches']): Uint8Array {
  return writeMessagePack({
    format: FORMAT,
    version: VERSION,
    docs: Object.fromEntries(docs),
    ...(caches.size > 0 ? { caches: Object.fromEntries(caches) } : {}),
  });
}

/** @throws DialogueError save-invalid: not one of our saves, cut short, or over the limits */
export function readSave(bytes: Uint8Array): SaveContent {
  if (!(bytes instanceof Uint8Array)) throw new TypeError(`save: got ${typeof bytes}, expected a Uint8Array`);
  if (bytes.byteLength > MAX_BYTES)
    throw invalid(`got ${bytes.byteLength} bytes, expected at most ${MAX_BYTES}`);
  let value: unknown;
  try {
    value = readMessagePack(bytes);
  } catch (cause) {
    throw invalid(`got ${bytes.byteLength} bytes that are not MessagePack`, cause);
  }
  const save = (typeof value === 'object' && value !== null ? value : {}) as Readonly<
    Record<string, unknown>
  >;
  if (save.format !== FORMAT)
    throw invalid(`got format ${JSON.stringify(save.format)}, expected "${FORMAT}"`);
  if (save.version !== VERSION)
    throw invalid(`got version ${JSON.stringify(save.version)}, expected ${VERSION}`);
  return { docs: readEntries('document', save.docs), caches: readEntries('cache', save.caches) };
}

function readEntries(what: string, value: unknown): Map<string, Uint8Array> {
  const entries = Object.entries(value ?? {});
  if (entries.length > MAX_ENTRIES)
    throw invalid(`got ${entries.length} ${what}s, expected at most ${MAX_ENTRIES}`);
  return new Map(
    entries.map(([name, bytes]): [string, Uint8Array] => {
      if (name !== '' && !/[/\\]/.test(name) && bytes instanceof Uint8Array) return [name, bytes];
      throw invalid(`${what} ${JSON.stringify(name)} is not bytes under a plain name`);
    }),
  );
}

function invalid(message: string, cause?: unknown): DialogueError {
  return new DialogueError('save-invalid', `Save: ${message}.`, {
    hint: 'Pass the bytes that parley.save() returned.',
    ...(cause === undefined ? {} : { cause }),
  });
}
