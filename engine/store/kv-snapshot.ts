/**
 * A saved KV cache: magic, u16 version, u16 zero, u32 header length, MessagePack header, zeros to a multiple of 16,
 * raw pages. The pages stand outside MessagePack, which would copy them.
 */
import { decode, encode } from '@msgpack/msgpack';
import { EngineError } from '../protocol.js';
import { combineCrc32, crc32 } from './crc32.js';
import { type ValuePart, valuePart } from './store.js';

const MAGIC = [0x50, 0x52, 0x4c, 0x59, 0x4b, 0x56]; // PRLYKV
const VERSION = 1;
const FIXED_BYTES = 12;
const PAGE_POSITIONS = 16;
/** Ids of a long talk and its checksums take a few kB. */
export const MAX_HEADER_BYTES = 1 << 20;

/** More than there are, for later versions. */
const MAX_HEADER_FIELDS = 32;

export interface KvSnapshot {
  readonly modelId: string;
  readonly templateId: string;
  /** Version of the pages' layout. */
  readonly engineFormat: number;
  /** Ids of the positions, in order. */
  readonly tokens: Uint32Array;
  /** ceil(tokens / 16) pages of equal size. */
  readonly pages: readonly Uint8Array[];
}

/** What a snapshot must match to be of use. */
export interface ExpectedSnapshot {
  readonly modelId: string;
  readonly templateId: string;
  readonly engineFormat: number;
  readonly pageBytes: number;
  readonly maxTokens: number;
}

interface Header {
  modelId: string;
  templateId: string;
  engineFormat: number;
  tokens: Uint8Array;
  pageBytes: number;
  /** Of all token ids and then the page: right pages under wrong ids would be another talk's memory. */
  pageCrcs: number[];
}

/**
 * The parts of the file, in order; pages are not copied.
 * @throws RangeError pages of unequal size, or not one for every 16 tokens
 */
export function writeSnapshot(snapshot: KvSnapshot): ValuePart[] {
  const { modelId, templateId, engineFormat, tokens, pages } = snapshot;
  const pageCount = Math.ceil(tokens.length / PAGE_POSITIONS);
  if (pages.length !== pageCount || pages.some((page) => page.length !== pages[0]!.length)) {
    throw new RangeError(`Got ${pages.length} pages; expected ${pageCount} of one size.`);
  }
  const tokenBytes = new Uint8Array(tokens.buffer, tokens.byteOffset, tokens.byteLength);
  const tokensCrc = crc32(tokenBytes);
  const parts = pages.map(valuePart);
  const header: Header = {
    modelId,
    templateId,
    engineFormat,
    tokens: tokenBytes,
    pageBytes: pages[0]?.length ?? 0,
    pageCrcs: parts.map(({ bytes, crc }) => combineCrc32(tokensCrc, crc, bytes.length)),
  };
  const packed = encode(header);
  const start = new Uint8Array(alignedStart(packed.length));
  start.set(MAGIC);
  const view = new DataView(start.buffer);
  view.setUint16(6, VERSION, true);
  view.setUint32(8, packed.length, true);
  start.set(packed, FIXED_BYTES);
  return [valuePart(start), ...parts];
}

/**
 * Reads a snapshot; pages are views of `bytes`.
 * @throws EngineError snapshot-invalid: foreign, damaged, or made by another model, template or engine
 */
export function readSnapshot(bytes: Uint8Array, expected: ExpectedSnapshot): KvSnapshot {
  const { header, begin } = readHeader(bytes);
  for (const key of ['modelId', 'templateId', 'engineFormat', 'pageBytes'] as const) {
    if (header[key] !== expected[key]) throw invalid(`${key} ${String(header[key])}`, String(expected[key]));
  }
  const count = header.tokens.byteLength / 4;
  if (!Number.isInteger(count) || count < 1 || count > expected.maxTokens) {
    throw invalid(`${count} tokens`, `1 to ${expected.maxTokens}`);
  }
  const pageCount = Math.ceil(count / PAGE_POSITIONS);
  if (header.pageCrcs.length !== pageCount || bytes.length !== begin + pageCount * expected.pageBytes) {
    throw invalid(`${bytes.length} bytes for ${header.pageCrcs.length} pages`, `${pageCount} whole pages`);
  }
  const tokensCrc = crc32(header.tokens);
  const pages = header.pageCrcs.map((crc, i) => {
    const page = bytes.subarray(begin + i * expected.pageBytes, begin + (i + 1) * expected.pageBytes);
    if (crc32(page, tokensCrc) !== crc) throw invalid(`a damaged page ${i}`, `checksum ${crc}`);
    return page;
  });
  const tokens = new Uint32Array(header.tokens.slice().buffer);
  const { modelId, templateId, engineFormat } = header;
  return { modelId, templateId, engineFormat, tokens, pages };
}

function readHeader(bytes: Uint8Array): { header: Header; begin: number } {
  if (bytes.length < FIXED_BYTES || !MAGIC.every((byte, i) => bytes[i] === byte)) {
    throw invalid('another kind of file', 'a saved KV cache');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint16(6, true);
  if (version !== VERSION) throw invalid(`version ${version}`, String(VERSION));
  const length = view.getUint32(8, true);
  if (length > MAX_HEADER_BYTES || FIXED_BYTES + length > bytes.length) {
    throw invalid(`a header of ${length} bytes`, `at most ${Math.min(MAX_HEADER_BYTES, bytes.length)}`);
  }
  let header: unknown;
  try {
    // A damaged count must not become an allocation.
    header = decode(bytes.subarray(FIXED_BYTES, FIXED_BYTES + length), {
      maxStrLength: length,
      maxBinLength: length,
      maxArrayLength: length,
      maxMapLength: MAX_HEADER_FIELDS,
      maxExtLength: 0,
    });
  } catch {
    throw invalid('a damaged header', 'MessagePack');
  }
  if (!isHeader(header)) throw invalid('a header with other fields', 'model, template, tokens and pages');
  return { header, begin: alignedStart(length) };
}

function isHeader(value: unknown): value is Header {
  if (typeof value !== 'object' || value === null) return false;
  const header = value as Partial<Record<keyof Header, unknown>>;
  return (
    typeof header.modelId === 'string' &&
    typeof header.templateId === 'string' &&
    typeof header.engineFormat === 'number' &&
    typeof header.pageBytes === 'number' &&
    header.tokens instanceof Uint8Array &&
    Array.isArray(header.pageCrcs) &&
    header.pageCrcs.every((crc) => typeof crc === 'number')
  );
}

function alignedStart(headerBytes: number): number {
  return Math.ceil((FIXED_BYTES + headerBytes) / 16) * 16;
}

function invalid(got: string, expected: string): EngineError {
  return new EngineError('snapshot-invalid', `Got ${got}; expected ${expected}.`, {
    hint: 'It is dropped; the transcript rebuilds it.',
  });
}
