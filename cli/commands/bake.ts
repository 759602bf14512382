/** `parley bake`: a persona's prefix cache, computed when the game is built. */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { stableMessages } from '../../plugin/dialogue/index.js';
import { MODEL_OPTIONS, parseArguments } from '../arguments.js';
import { loadModel } from '../load-model.js';
import { readPersona } from '../read-persona.js';
import { UsageError } from '../usage-error.js';

const USAGE = `Usage: parley bake PERSONA.json... --model FILE.gguf [--out FOLDER]

Writes NAME.kv beside each NAME.json, or into FOLDER: the KV cache of what every talk with the persona
begins with, for this model alone. Load it with the persona:

  this.load.npcPersona('mira', 'personas/mira.json', 'personas/mira.kv');

Its first answer then starts without reading the persona. Bake again when the persona or the model changes.

  --model FILE   the model that the game will load; its parts in order where it comes in parts
  --out FOLDER   where to write
  --threads N    threads to compute with, 1 to 16; the result is the same (default 1)`;

/** @throws UsageError; what is wrong with a persona or the model */
export async function bake(kernelFolder: string, args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArguments(args, { ...MODEL_OPTIONS, out: { type: 'string' } }, USAGE);
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (positionals.length === 0) throw new UsageError('Got no persona files.', USAGE);
  // All of them first: a mistake in the last one is found before the model is read.
  const personas = await Promise.all(positionals.map(readPersona));
  const { host, info } = await loadModel(kernelFolder, values, USAGE);
  console.log(`${info.name}: ${values.model?.join(', ')}`);
  for (const [i, persona] of personas.entries()) {
    const startMs = performance.now();
    const { bytes, tokens } = await host.bakePrefix(i + 1, stableMessages(persona));
    const source = positionals[i]!;
    const path = join(values.out ?? dirname(source), `${basename(source, extname(source))}.kv`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
    console.log(`${path}: ${tokens} tokens, ${(bytes.length / 1e6).toFixed(1)} MB, ${seconds} s`);
  }
}
