/** llama.cpp with the bundled model and its default f16 KV cache. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getLlama } from 'node-llama-cpp';

const OUTPUT = join(import.meta.dirname, '..');
const MODEL = join(OUTPUT, '../../assets/models/parley-135m.Q4_0.gguf');

const own = JSON.parse(await readFile(join(import.meta.dirname, 'package.json'), 'utf8'));
export const llama = await getLlama({ gpu: false, build: 'never', maxThreads: 2 });
const shared = {
  nodeLlamaCpp: own.dependencies['node-llama-cpp'],
  llamaCpp: llama.llamaCppRelease?.release ?? String(llama.llamaCppRelease),
  systemInfo: llama.systemInfo,
  kvCache: 'f16',
};

export const model = await llama.loadModel({ modelPath: MODEL });
const context = await model.createContext({ contextSize: 2048, threads: 2 });
export const sequence = context.getSequence();

/** Writes a golden file; `generator` is the name of the script that calls. */
export async function write(generator, name, content) {
  const madeWith = { generator: `tests/golden/generator/${generator}`, ...shared };
  await writeFile(join(OUTPUT, name), `${JSON.stringify({ madeWith, ...content })}\n`);
  console.log(name);
}
