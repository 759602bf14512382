/** The bundled model's forward pass alone, for comparing it with llama.cpp. */
import type { LlamaModel } from '../../engine/model/llama.js';
import type { KernelBuild } from '../../engine/protocol.js';
import { loadLlamaFile } from '../support/load-llama.js';

export function loadBundled(build: KernelBuild, threads = 1): Promise<LlamaModel> {
  return loadLlamaFile('assets/models/parley-135m.Q4_0.gguf', {
    build,
    threads,
    nCtx: 1024,
    kvBytes: 1 << 25,
  });
}
