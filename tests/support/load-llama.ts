/** A model file's forward pass alone, in Node, for comparing it with llama.cpp. */
import { openModelFile, readKernels } from '../../cli/node-engine.js';
import { poolThreads } from '../../cli/node-threads.js';
import { type LlamaModel, type LoadLlamaOptions, loadLlama } from '../../engine/model/llama.js';
import { ByteSource } from '../../engine/model-file/byte-source.js';
import { readGgufHeader } from '../../engine/model-file/gguf-reader.js';
import { readModelConfig } from '../../engine/model-file/model-config.js';
import { KERNEL_FOLDER } from './kernel-memory.js';

export async function loadLlamaFile(
  path: string,
  options: Pick<LoadLlamaOptions, 'build' | 'threads' | 'nCtx' | 'kvBytes'>,
): Promise<LlamaModel> {
  const { chunks, totalBytes } = await openModelFile([path]);
  const source = new ByteSource(chunks);
  const header = await readGgufHeader(source, totalBytes);
  const config = readModelConfig(header);
  const binaries = await readKernels(KERNEL_FOLDER);
  const startThread = poolThreads(KERNEL_FOLDER);
  return loadLlama({ source, header, config, binaries, startThread, ...options });
}
