import { fetchModel, type ModelDownload } from '../model-file/download.js';
import { streamChunks } from '../model-file/stream-chunks.js';
import { OpfsModelFiles } from './model-files.js';
import { readStored } from './model-store.js';
import { storedId } from './stored-url.js';

/**
 * Opens a model from the network, or from the device where its address is that of a stored one.
 * @param urls absolute
 * @throws EngineError model-fetch-failed, model-not-stored, storage-unavailable
 */
export async function openModel(urls: readonly string[]): Promise<ModelDownload> {
  const id = urls.length === 1 ? storedId(urls[0]!) : undefined;
  if (id === undefined) return fetchModel(urls);
  const file = await readStored(new OpfsModelFiles(), id);
  return {
    chunks: streamChunks(file.stream()),
    totalBytes: file.size,
    sha256: id.slice('sha256:'.length),
  };
}
