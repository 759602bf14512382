/** The bundled model's forward pass alone, for comparing it with llama.cpp. */
import { openModelFile, readKernels } from '../../cli/node-engine.js';
import { poolThreads } from '../../cli/node-threads.js';
import type { KvSequence } from '../../engine/model/kv-cache.js';
import { type LlamaModel, loadLlama } from '../../engine/model/llama.js';
import { ByteSource } from '../../engine/model-file/byte-source.js';
import { readGgufHeader } from '../../engine/model-file/gguf-reader.js';
import { readModelConfig } from '../../engine/model-file/model-config.js';
import type { KernelBuild } from '../../engine/protocol.js';

const KERNEL_FOLDER = 'build/kernels';

export async function loadBundled(build: KernelBuild, threads = 1): Promise<LlamaModel> {
  const { chunks, totalBytes } = await openModelFile(['assets/models/parley-135m.Q4_0.gguf']);
  const source = new ByteSource(chunks);
  const header = await readGgufHeader(source, totalBytes);
  const config = readModelConfig(header);
  const binaries = await readKernels(KERNEL_FOLDER);
  const startThread = poolThreads(KERNEL_FOLDER);
  const memory = { nCtx: 1024, kvBytes: 1 << 25 };
  return loadLlama({ source, header, config, binaries, build, threads, startThread, ...memory });
}

/** Runs tokens into a sequence in chunks of `chunk` rows; logits of the last one. */
export function run(
  model: LlamaModel,
  sequence: KvSequence,
  tokens: readonly number[],
  chunk = 16,
): Float32Array {
  const { forward } = model;
  for (let first = 0; first < tokens.length; first += chunk) {
    const part = tokens.slice(first, first + chunk);
    sequence.reserve(part.length);
    const begin = sequence.length;
    forward.begin(
      part.map((token, i) => ({
        sequence,
        position: begin + i,
        token,
        wantsLogits: first + i === tokens.length - 1,
      })),
    );
    while (!forward.step());
    sequence.advance(part.length);
  }
  return forward.logits(0);
}

/** The highest logit's token; the lowest id among equals. */
export function argmax(logits: Float32Array): number {
  let best = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[best]!) best = i;
  return best;
}
