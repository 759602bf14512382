#!/usr/bin/env node
/** `npx parley`: the command line. Each command is a file in `commands/`. */
import { join } from 'node:path';
import { bake } from './commands/bake.js';
import { chat } from './commands/chat.js';
import { exportCards } from './commands/export.js';
import { importCards } from './commands/import.js';
import { model } from './commands/model.js';
import { replay } from './commands/replay.js';
import { test } from './commands/test.js';
import { validate } from './commands/validate.js';
import { UsageError } from './usage-error.js';

interface Command {
  readonly summary: string;
  /** @throws UsageError wrong arguments */
  readonly run: (kernelFolder: string, args: readonly string[]) => Promise<void>;
}

/** Beside this script, where the build puts both. */
const KERNEL_FOLDER = join(import.meta.dirname, 'kernels');

const COMMANDS: Readonly<Record<string, Command>> = {
  validate: { summary: 'find what is wrong with personas, and what they cost in tokens', run: validate },
  chat: { summary: 'talk with a persona in the terminal', run: chat },
  test: { summary: 'run the tests of personas on the model', run: test },
  import: { summary: 'make personas of character cards', run: importCards },
  export: { summary: 'make character cards of personas', run: exportCards },
  bake: { summary: 'compute what every talk with a persona begins with, at build time', run: bake },
  model: { summary: 'put a model where the game serves it', run: model },
  replay: { summary: 'make the answers of a saved game again, and compare', run: replay },
};

async function main([name, ...args]: readonly string[]): Promise<void> {
  if (name === undefined || name === '--help' || name === '-h') {
    console.log(usage());
    return;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new UsageError(`Got the command ${JSON.stringify(name)}.`, usage());
  await command.run(KERNEL_FOLDER, args);
}

function usage(): string {
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`);
  return `Usage: parley COMMAND [--help]\n\n${lines.join('\n')}`;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const hint = error instanceof Error && 'hint' in error && error.hint ? `\n${String(error.hint)}` : '';
  console.error(`parley: ${error instanceof Error ? error.message : String(error)}${hint}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
