/** `parley chat`: a talk with a persona in the terminal. */
import { createInterface } from 'node:readline';
import { styleText } from 'node:util';
import type { Scalar } from '../../plugin/dialogue/persona/types.js';
import { MODEL_OPTIONS, parseArguments, seedOf } from '../arguments.js';
import { characterOn } from '../character-on.js';
import { parseAssignment } from '../chat/state-values.js';
import { TerminalTalk } from '../chat/terminal-talk.js';
import { loadModel } from '../load-model.js';
import { readPersona } from '../read-persona.js';
import { UsageError } from '../usage-error.js';

const USAGE = `Usage: parley chat PERSONA.json --model FILE.gguf [options]

Talks with the persona in the terminal, as the game would let it speak. /help tells the commands; Ctrl-C interrupts
a line, and once more leaves. Lines may also come from a file or a pipe.

  --model FILE       the model that the game will load; its parts in order where it comes in parts
  --seed N           first seed of the talk (default: the persona's, else 1)
  --set PATH=VALUE   a value of the game's state, for conditions; may come many times
  --threads N        threads to compute with, 1 to 16; the result is the same (default 1)`;

const OPTIONS = {
  ...MODEL_OPTIONS,
  seed: { type: 'string' },
  set: { type: 'string', multiple: true },
} as const;

/** @throws UsageError; what is wrong with the persona or the model */
export async function chat(kernelFolder: string, args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArguments(args, OPTIONS, USAGE);
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) {
    throw new UsageError(`Got ${positionals.length} persona files; expected one.`, USAGE);
  }
  const seed = seedOf(values.seed, USAGE);
  const state = new Map<string, Scalar>((values.set ?? []).map(assignmentOf));
  const persona = await readPersona(path);
  const { port } = await loadModel(kernelFolder, values, USAGE);
  const character = characterOn(port, {
    persona,
    slot: 'chat',
    readState: (name) => state.get(name),
    ...(seed === undefined ? {} : { seed }),
  });
  const { stdin, stdout } = process;
  const talk = new TerminalTalk({
    character,
    state,
    write: (text) => stdout.write(text),
    dim: (text) => (stdout.isTTY && !process.env.NO_COLOR ? styleText('dim', text) : text),
  });
  const terminal = stdin.isTTY && stdout.isTTY;
  const lines = createInterface({ input: stdin, output: stdout, terminal });
  // Listens from now on: lines of a pipe come while the greeting is spoken.
  const inputs = lines[Symbol.asyncIterator]();
  const onInterrupt = () => {
    if (!talk.interrupt()) lines.close();
  };
  // The terminal may close while a line is spoken; a prompt would then fail.
  let closed = false;
  lines.once('close', () => {
    closed = true;
  });
  lines.on('SIGINT', onInterrupt);
  process.on('SIGINT', onInterrupt);
  await talk.begin();
  for (;;) {
    if (terminal && !closed) lines.prompt();
    const { value, done } = await inputs.next();
    if (done || !(await talk.take(value))) break;
  }
  lines.close();
  await talk.end();
  character.destroy();
  process.off('SIGINT', onInterrupt);
}

function assignmentOf(text: string): readonly [string, Scalar] {
  const assignment = parseAssignment(text);
  if (assignment) return assignment;
  throw new UsageError(`Got --set ${text}; expected PATH=VALUE.`, USAGE);
}
