import type { DownloadRequest } from '../../engine/index.js';

/** A model to be kept on the player's device. */
export interface ModelDownloadRequest {
  /** Address of a GGUF file, or of its parts in order; relative to the page. Or `urls`. */
  readonly url?: string | readonly string[];
  /** As `url`: what `PartialDownload.request` has. */
  readonly urls?: readonly string[];
  /** SHA-256 of the whole file in hex. Without it the bytes are trusted as the server sends them. */
  readonly sha256?: string;
  /** Size of the whole file. A server that says otherwise is refused before anything is loaded. */
  readonly bytes?: number;
  /** For the player. Default: the name in the file. */
  readonly name?: string;
}

/**
 * The request as the engine takes it.
 * @param base address that relative ones are relative to
 * @throws RangeError no address, a SHA-256 that is not one, or a size that is no whole number above 0
 */
export function checkedRequest(
  { url, urls, sha256, bytes, name }: ModelDownloadRequest,
  base: string,
): DownloadRequest {
  const all = urls ?? (url === undefined ? [] : [url].flat());
  if (all.length === 0) throw new RangeError('url: got none, expected the address of a GGUF file');
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/i.test(sha256)) {
    throw new RangeError(`sha256: got ${JSON.stringify(sha256)}, expected 64 hex digits`);
  }
  if (bytes !== undefined && !(Number.isSafeInteger(bytes) && bytes > 0)) {
    throw new RangeError(`bytes: got ${bytes}, expected a whole number above 0`);
  }
  return {
    urls: all.map((address) => new URL(address, base).href),
    ...(sha256 === undefined ? {} : { sha256: sha256.toLowerCase() }),
    ...(bytes === undefined ? {} : { bytes }),
    ...(name === undefined ? {} : { name }),
  };
}
