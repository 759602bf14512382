import { fetchModel, type ModelDownload } from '../model-file/download.js';
import { fileChunks } from './file-chunks.js';
import { type ModelFiles, OpfsModelFiles } from './model-files.js';
import { notStored, readStored } from './model-store.js';
import { storedId } from './stored-url.js';

/**
 * Opens a model from the network, or from the device where its address is that of a stored one.
 * @param urls absolute
 * @throws EngineError model-fetch-failed, model-not-stored (also while it is read, where it is removed then),
 *   storage-unavailable
 */
export async function openModel(
  urls: readonly string[],
  files: ModelFiles = new OpfsModelFiles(),
): Promise<ModelDownload> {
  const id = urls.length === 1 ? storedId(urls[0]!) : undefined;
  if (id === undefined) return fetchModel(urls);
  const file = await readStored(files, id);
  return {
    chunks: fileChunks(file, (cause) => notStored(id, cause)),
    totalBytes: file.size,
    sha256: id.slice('sha256:'.length),
  };
}
