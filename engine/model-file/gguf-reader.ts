/** Reads the header of a GGUF file (v2 and v3, little endian). @source ggml docs/gguf.md */
import { EngineError } from '../protocol.js';
import type { ByteSource } from './byte-source.js';
import { GGUF_LIMITS } from './limits.js';
import { type GgmlType, TENSOR_TYPES, tensorTypeById } from './tensor-types.js';

/** 64-bit integers that fit are numbers; arrays hold one type. */
export type GgufValue = number | bigint | boolean | string | readonly GgufValue[];

export interface GgufTensor {
  readonly name: string;
  readonly type: GgmlType;
  /** ggml order: the first is the number of columns. */
  readonly dims: readonly number[];
  /** Bytes from `dataOffset`. */
  readonly offset: number;
  readonly sizeBytes: number;
}

export interface GgufHeader {
  readonly version: number;
  readonly metadata: ReadonlyMap<string, GgufValue>;
  /** In order of offset. */
  readonly tensors: readonly GgufTensor[];
  /** Bytes from the start of the file to the first tensor's data. */
  readonly dataOffset: number;
  readonly alignment: number;
}

/** Bytes of the file up to the end of its last tensor. */
export function endOfTensors({ dataOffset, tensors }: GgufHeader): number {
  const last = tensors.at(-1);
  return dataOffset + (last ? last.offset + last.sizeBytes : 0);
}

const MAGIC = 'GGUF';
const DEFAULT_ALIGNMENT = 32;
const STRING = 8;
const ARRAY = 9;

type ReadScalar = (view: DataView) => GgufValue;
const SCALARS = new Map<number, { bytes: number; read: ReadScalar }>([
  [0, { bytes: 1, read: (view) => view.getUint8(0) }],
  [1, { bytes: 1, read: (view) => view.getInt8(0) }],
  [2, { bytes: 2, read: (view) => view.getUint16(0, true) }],
  [3, { bytes: 2, read: (view) => view.getInt16(0, true) }],
  [4, { bytes: 4, read: (view) => view.getUint32(0, true) }],
  [5, { bytes: 4, read: (view) => view.getInt32(0, true) }],
  [6, { bytes: 4, read: (view) => view.getFloat32(0, true) }],
  [7, { bytes: 1, read: (view) => view.getUint8(0) !== 0 }],
  [10, { bytes: 8, read: (view) => narrow(view.getBigUint64(0, true)) }],
  [11, { bytes: 8, read: (view) => narrow(view.getBigInt64(0, true)) }],
  [12, { bytes: 8, read: (view) => view.getFloat64(0, true) }],
]);

/**
 * Reads a header; afterwards the source stands right behind the tensor list.
 * @param fileBytes size of the file where known: tensors past it are refused before anything is loaded
 * @throws EngineError gguf-not-gguf, gguf-truncated, gguf-limit, gguf-invalid, unsupported-tensor-type
 */
export async function readGgufHeader(source: ByteSource, fileBytes?: number): Promise<GgufHeader> {
  const reader = new HeaderReader(source);
  const version = await readMagicAndVersion(source);
  const tensorCount = await reader.count('tensor count', GGUF_LIMITS.tensors);
  const entryCount = await reader.count('metadata count', GGUF_LIMITS.metadataEntries);
  const metadata = new Map<string, GgufValue>();
  for (let i = 0; i < entryCount; i++) {
    const key = await reader.string(`metadata key ${i}`, GGUF_LIMITS.keyBytes);
    if (metadata.has(key)) throw invalid(`Metadata key ${key} stands twice.`);
    metadata.set(key, await reader.value(key, await reader.u32(), 0));
  }
  const alignment = readAlignment(metadata);
  const tensors: GgufTensor[] = [];
  const names = new Set<string>();
  for (let i = 0; i < tensorCount; i++) {
    const tensor = await readTensor(reader, i, alignment);
    if (names.has(tensor.name)) throw invalid(`Tensor ${tensor.name} stands twice.`);
    names.add(tensor.name);
    tensors.push(tensor);
  }
  tensors.sort((a, b) => a.offset - b.offset);
  const dataOffset = Math.ceil(source.position / alignment) * alignment;
  checkTensorPlaces(tensors, dataOffset, fileBytes);
  return { version, metadata, tensors, dataOffset, alignment };
}

async function readMagicAndVersion(source: ByteSource): Promise<number> {
  const head = new Uint8Array(await source.read(8));
  const magic = String.fromCharCode(...head.subarray(0, 4));
  if (magic !== MAGIC) {
    const got = /^\s*<[!?a-z]/i.test(String.fromCharCode(...head))
      ? 'a web page (was the address redirected to an error page?)'
      : `a file that begins with ${JSON.stringify(magic)}`;
    throw new EngineError('gguf-not-gguf', `Got ${got}; expected a GGUF model, which begins with "GGUF".`);
  }
  const view = new DataView(head.buffer, 4);
  const version = view.getUint32(0, true);
  if (version === 2 || version === 3) return version;
  const swapped = view.getUint32(0, false);
  throw invalid(
    swapped === 2 || swapped === 3
      ? `Got a big-endian GGUF file of version ${swapped}; expected little endian.`
      : `Got GGUF version ${version}; expected 2 or 3.`,
  );
}

function readAlignment(metadata: ReadonlyMap<string, GgufValue>): number {
  const alignment = metadata.get('general.alignment') ?? DEFAULT_ALIGNMENT;
  const valid =
    typeof alignment === 'number' &&
    alignment >= 8 &&
    alignment <= GGUF_LIMITS.alignment &&
    Number.isInteger(Math.log2(alignment));
  if (valid) return alignment;
  throw invalid(
    `Got alignment ${String(alignment)}; expected a power of two from 8 to ${GGUF_LIMITS.alignment}.`,
  );
}

async function readTensor(reader: HeaderReader, index: number, alignment: number): Promise<GgufTensor> {
  const name = await reader.string(`name of tensor ${index}`, GGUF_LIMITS.keyBytes);
  const dimensions = await reader.u32();
  if (dimensions < 1 || dimensions > GGUF_LIMITS.dimensions) {
    throw limit(`dimensions of tensor ${name}`, dimensions, GGUF_LIMITS.dimensions);
  }
  const dims: number[] = [];
  let elements = 1;
  for (let d = 0; d < dimensions; d++) {
    const size = await reader.count(`dimension ${d} of tensor ${name}`, GGUF_LIMITS.tensorElements);
    if (size === 0) throw invalid(`Dimension ${d} of tensor ${name} is 0.`);
    dims.push(size);
    elements *= size;
  }
  if (elements > GGUF_LIMITS.tensorElements) {
    throw limit(`elements of tensor ${name}`, elements, GGUF_LIMITS.tensorElements);
  }
  const typeId = await reader.u32();
  const type = tensorTypeById(typeId);
  if (!type) {
    throw new EngineError(
      'unsupported-tensor-type',
      `Tensor ${name} has ggml type ${typeId}; expected one of ${Object.keys(TENSOR_TYPES).join(', ')}.`,
      { hint: 'Use a file of the same model in one of these types.' },
    );
  }
  const { blockSize, blockBytes } = TENSOR_TYPES[type];
  if (dims[0]! % blockSize !== 0) {
    throw invalid(
      `Tensor ${name} has ${dims[0]} columns of type ${type}; expected a multiple of ${blockSize}.`,
    );
  }
  const offset = await reader.count(`offset of tensor ${name}`, Number.MAX_SAFE_INTEGER);
  if (offset % alignment !== 0) {
    throw invalid(`Tensor ${name} begins at ${offset}; expected a multiple of ${alignment}.`);
  }
  return { name, type, dims, offset, sizeBytes: (elements / blockSize) * blockBytes };
}

/**
 * @param tensors in order of offset
 * @throws EngineError gguf-invalid: tensors overlap; gguf-truncated: one ends behind `fileBytes`
 */
export function checkTensorPlaces(
  tensors: readonly GgufTensor[],
  dataOffset: number,
  fileBytes: number | undefined,
): void {
  let end = 0;
  for (const { name, offset, sizeBytes } of tensors) {
    if (offset < end) throw invalid(`Tensor ${name} overlaps the one before it.`);
    end = offset + sizeBytes;
    if (fileBytes !== undefined && dataOffset + end > fileBytes) {
      throw new EngineError(
        'gguf-truncated',
        `Tensor ${name} ends at byte ${dataOffset + end}; the file has ${fileBytes}.`,
        { hint: 'The download was cut short, or the file is damaged: load it again.' },
      );
    }
  }
}

class HeaderReader {
  readonly #source: ByteSource;
  readonly #text = new TextDecoder();
  #budget: number = GGUF_LIMITS.headerBytes;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  async u32(): Promise<number> {
    return (await this.#view(4)).getUint32(0, true);
  }

  /** A 64-bit count. @throws EngineError gguf-limit: more than `max` */
  async count(what: string, max: number): Promise<number> {
    const value = (await this.#view(8)).getBigUint64(0, true);
    if (value > BigInt(max)) throw limit(what, value, max);
    return Number(value);
  }

  async string(what: string, maxBytes: number = GGUF_LIMITS.stringBytes): Promise<string> {
    const length = await this.count(`length of ${what}`, maxBytes);
    this.#spend(length);
    return this.#text.decode(await this.#source.read(length));
  }

  async value(key: string, type: number, depth: number): Promise<GgufValue> {
    if (type === STRING) return this.string(key);
    if (type === ARRAY) return this.#array(key, depth);
    const scalar = SCALARS.get(type);
    if (!scalar) throw invalid(`Metadata ${key} has value type ${type}; expected 0 to 12.`);
    return scalar.read(await this.#view(scalar.bytes));
  }

  async #array(key: string, depth: number): Promise<GgufValue> {
    if (depth >= GGUF_LIMITS.arrayDepth) throw limit(`nesting of ${key}`, depth + 1, GGUF_LIMITS.arrayDepth);
    const type = await this.u32();
    const length = await this.count(`length of ${key}`, GGUF_LIMITS.arrayLength);
    this.#spend(length * 8);
    const values: GgufValue[] = [];
    for (let i = 0; i < length; i++) values.push(await this.value(key, type, depth + 1));
    return values;
  }

  async #view(bytes: number): Promise<DataView> {
    const part = await this.#source.read(bytes);
    return new DataView(part.buffer, part.byteOffset, bytes);
  }

  #spend(bytes: number): void {
    this.#budget -= bytes;
    if (this.#budget < 0) throw limit('header size', 'more', GGUF_LIMITS.headerBytes);
  }
}

function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function invalid(message: string): EngineError {
  return new EngineError('gguf-invalid', message, { hint: 'The file is damaged or made by a broken tool.' });
}

function limit(what: string, got: number | bigint | string, max: number): EngineError {
  return new EngineError('gguf-limit', `Got ${got} for the ${what}; expected at most ${max}.`, {
    hint: 'No real model claims this: the file is damaged.',
  });
}
