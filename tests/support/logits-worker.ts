/** The worker of the same-bits test: the bundled model without host and port, or a thread of its pool. */
import { loadLlama } from '../../engine/model/llama.js';
import { ByteSource } from '../../engine/model-file/byte-source.js';
import { fetchModel } from '../../engine/model-file/download.js';
import { readGgufHeader } from '../../engine/model-file/gguf-reader.js';
import { readModelConfig } from '../../engine/model-file/model-config.js';
import type { KernelBuild } from '../../engine/protocol.js';
import { startNestedWorker } from '../../engine/threads/nested-worker.js';
import { type PoolThreadStart, runPoolThread } from '../../engine/threads/pool-thread.js';
import { digestLogits, type LogitsDigest } from './logits-digest.js';

/** The page's message; the worker answers with a LogitsDigest. Addresses are absolute. */
export interface LogitsStart {
  readonly role: 'logits';
  readonly modelUrl: string;
  readonly kernelUrl: string;
  readonly build: KernelBuild;
  readonly threads: number;
  readonly seed: number;
}

self.onmessage = ({ data }: MessageEvent<LogitsStart | PoolThreadStart>) => {
  if (data.role === 'pool') {
    runPoolThread(data, (message) => self.postMessage(message)).finally(() => self.close());
  } else {
    // An error that is only a rejection would not reach the page.
    digest(data).then((answer) => self.postMessage(answer), self.reportError);
  }
};

async function digest({ modelUrl, kernelUrl, build, threads, seed }: LogitsStart): Promise<LogitsDigest> {
  const [{ chunks, totalBytes }, plain, relaxed] = await Promise.all([
    fetchModel([modelUrl]),
    readBytes(`${kernelUrl}/plain.wasm`),
    readBytes(`${kernelUrl}/relaxed.wasm`),
  ]);
  const source = new ByteSource(chunks);
  const header = await readGgufHeader(source, totalBytes);
  const model = await loadLlama({
    source,
    header,
    config: readModelConfig(header),
    binaries: { plain, relaxed },
    build,
    ...(self.crossOriginIsolated ? { threads, startThread: startNestedWorker } : {}),
    nCtx: 64,
    kvBytes: 0,
  });
  const answer = digestLogits(model, seed);
  model.pool.stop();
  return answer;
}

async function readBytes(url: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}
