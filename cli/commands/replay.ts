/** `parley replay`: makes the answers of a saved game again, to see that they come out the same. */
import { readFile } from 'node:fs/promises';
import { type Persona, replayTalk, talkName } from '../../plugin/dialogue/index.js';
import { readSave } from '../../plugin/phaser/save-file.js';
import { MODEL_OPTIONS, parseArguments } from '../arguments.js';
import type { HostPort } from '../host-port.js';
import { loadModel } from '../load-model.js';
import { readPersona } from '../read-persona.js';
import { UsageError } from '../usage-error.js';

const USAGE = `Usage: parley replay SAVE PERSONA.json... --model FILE.gguf

Makes each answer of a saved game again, from the same lines, seed and model, and says which come out different:
behind a change of a persona those that it changed, otherwise none. SAVE holds what parley.save() returned; its
talks are matched to the personas by id. Ends with status 1 where an answer differs.

  --model FILE   the model that the game was played with; its parts in order where it comes in parts
  --threads N    threads to compute with, 1 to 16; the result is the same (default 1)`;

/** @throws UsageError; what is wrong with the save, a persona or the model */
export async function replay(kernelFolder: string, args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArguments(args, MODEL_OPTIONS, USAGE);
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const [savePath, ...personaPaths] = positionals;
  if (savePath === undefined || personaPaths.length === 0) {
    throw new UsageError('Got no save, or no persona files.', USAGE);
  }
  const { docs } = readSave(await readFile(savePath));
  const personas = await Promise.all(personaPaths.map(readPersona));
  const { port } = await loadModel(kernelFolder, values, USAGE);
  let different = 0;
  for (const persona of personas) {
    const transcript = docs.get(talkName(persona.id));
    if (transcript) different += await replayOne(port, persona, transcript);
    else console.log(`${persona.id}: no talk in this save`);
  }
  if (different > 0) process.exitCode = 1;
}

/** @returns answers that came out different */
async function replayOne(port: HostPort, persona: Persona, transcript: Uint8Array): Promise<number> {
  const answers = await replayTalk({ port, persona, transcript });
  const changed = answers.filter(({ same }) => !same);
  console.log(`${persona.id}: ${answers.length - changed.length} of ${answers.length} answers are the same`);
  for (const { said, expected, got } of changed) {
    console.log(
      `  to ${JSON.stringify(said)}\n    was ${JSON.stringify(expected)}\n    is  ${JSON.stringify(got)}`,
    );
  }
  return changed.length;
}
