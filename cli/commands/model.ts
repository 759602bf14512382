/** `parley model`: puts a model where the game serves it. */
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { ByteSource } from '../../engine/model-file/byte-source.js';
import { readGgufHeader } from '../../engine/model-file/gguf-reader.js';
import { hashing } from '../../engine/model-file/hashing.js';
import { parseArguments } from '../arguments.js';
import { type ModelSource, openModelSource } from '../model-source.js';
import { PartWriter } from '../part-writer.js';
import { UsageError } from '../usage-error.js';

const USAGE = `Usage: parley model copy FOLDER [--from FILE|URL] [--split SIZE]

Puts a model into a folder of your game, checked: its size, its SHA-256 where that is known, and that it
is a GGUF file. Prints the line that loads it. Without --from it is the bundled model, from the package
phaser-parley-model.

  --from FILE|URL   another GGUF model
  --split SIZE      in parts of at most this size, such as 24M, where a host limits the size of a file
  --sha256 HEX      what its hash must be
  --force           writes over files that exist`;

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };
/** Of a hundred megabytes nobody wants more parts. */
const MIN_PART_BYTES = 2 ** 20;
const REPORT_MS = 1000;

/** @throws UsageError; Error what is wrong with the file or the folder; EngineError when it is no GGUF file */
export async function model(kernelFolder: string, args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArguments(
    args,
    {
      from: { type: 'string' },
      split: { type: 'string' },
      sha256: { type: 'string' },
      force: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
    USAGE,
  );
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const [verb, folder, ...more] = positionals;
  if (verb !== 'copy' || folder === undefined || more.length > 0) {
    throw new UsageError(`Got "model ${positionals.join(' ')}"; expected "model copy FOLDER".`, USAGE);
  }
  const partBytes = values.split === undefined ? Number.POSITIVE_INFINITY : bytesOf(values.split);
  const source = await openModelSource(values.from, join(kernelFolder, '../../../assets/models'));
  const path = (part: number) =>
    join(folder, partBytes === Number.POSITIVE_INFINITY ? source.name : partName(source.name, part));
  if (!values.force && existsSync(path(1))) {
    throw new Error(`${path(1)} exists already. Use --force to write over it.`);
  }
  await mkdir(folder, { recursive: true });
  const expected = values.sha256?.toLowerCase() ?? source.sha256;
  const { paths, sha256 } = await copy(source, new PartWriter({ partBytes, path }), expected);
  if (source.licence) await copyFile(source.licence, join(folder, `${source.name}.LICENSE.txt`));
  console.log(`${paths.join('\n')}\nSHA-256 ${sha256}${expected ? ', as expected' : ''}`);
  const urls = paths.map((file) => `'${join(basename(folder), basename(file)).replaceAll('\\', '/')}'`);
  console.log(`\nthis.load.npcModel('parley', ${urls.length === 1 ? urls[0] : `[${urls.join(', ')}]`});`);
}

async function copy(
  source: ModelSource,
  writer: PartWriter,
  expected: string | undefined,
): Promise<{ paths: readonly string[]; sha256: string }> {
  try {
    const { chunks, digest } = await hashing(source.chunks);
    let bytes = 0;
    let reported = performance.now();
    for await (const chunk of chunks) {
      await writer.write(chunk);
      bytes += chunk.length;
      if (performance.now() - reported < REPORT_MS) continue;
      reported = performance.now();
      const share = source.bytes ? ` of ${megabytes(source.bytes)}` : '';
      process.stderr.write(`${source.name}: ${megabytes(bytes)}${share}\n`);
    }
    if (source.bytes !== undefined && bytes !== source.bytes) {
      throw new Error(`${source.name}: got ${bytes} bytes, expected ${source.bytes}. Copy it again.`);
    }
    const sha256 = digest();
    if (expected !== undefined && sha256 !== expected) {
      throw new Error(
        `${source.name}: got SHA-256 ${sha256}, expected ${expected}. It is damaged, or another file.`,
      );
    }
    await readGgufHeader(new ByteSource(read(writer.unfinishedPaths)), bytes);
    await writer.commit();
    return { paths: writer.paths, sha256 };
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

async function* read(paths: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const path of paths) yield* createReadStream(path) as AsyncIterable<Uint8Array>;
}

/** `tiny.gguf` in parts: `tiny.part-1.gguf`. */
function partName(name: string, part: number): string {
  const extension = extname(name);
  return `${name.slice(0, name.length - extension.length)}.part-${part}${extension}`;
}

/** @throws UsageError no size, or one below a megabyte */
function bytesOf(size: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([kmg]?)b?$/i.exec(size) ?? [];
  const bytes = Math.floor(Number(number) * (UNITS[unit.toLowerCase()] ?? Number.NaN));
  if (bytes >= MIN_PART_BYTES) return bytes;
  throw new UsageError(`Got --split ${size}; expected a size of 1M or more, such as 24M.`, USAGE);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
