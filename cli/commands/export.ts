/** `parley export`: personas as character cards for other programs. */
import { basename, dirname, extname, join } from 'node:path';
import { personaToCard } from '../../plugin/dialogue/index.js';
import { parseArguments } from '../arguments.js';
import { readPersona } from '../read-persona.js';
import { UsageError } from '../usage-error.js';
import { writeNewFile } from '../write-new-file.js';

const USAGE = `Usage: parley export PERSONA.json... [--out FOLDER]

Writes NAME.card.json for each persona: a V3 character card. The whole persona is kept in it, and comes back with
parley import; a persona that was imported gives back all that its card had.

  --out FOLDER   where to write; default: beside each file
  --force        write over files that exist`;

/** Fields that a card has a place for, or, as schema and id, that say nothing there. */
const IN_CARDS: ReadonlySet<string> = new Set([
  '$schema',
  'schema',
  'id',
  'version',
  'meta',
  'identity',
  'core',
  'voice',
  'scenario',
  'knowledge',
  'dialogue',
  'extensions',
]);

/** @throws UsageError; DialogueError persona-invalid; Error a file that cannot be read or written */
export async function exportCards(_kernelFolder: string, args: readonly string[]): Promise<void> {
  const options = {
    out: { type: 'string' },
    force: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  const { values, positionals } = parseArguments(args, options, USAGE);
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (positionals.length === 0) throw new UsageError('Got no persona files.', USAGE);
  const personas = await Promise.all(positionals.map(readPersona));
  for (const [i, persona] of personas.entries()) {
    const source = positionals[i]!;
    const name = basename(source, extname(source)).replace(/\.persona$/, '');
    const path = join(values.out ?? dirname(source), `${name}.card.json`);
    await writeNewFile(path, `${JSON.stringify(personaToCard(persona), null, 2)}\n`, values.force ?? false);
    console.log(`${path}: ${persona.identity.name}`);
    const only = Object.keys(persona).filter((key) => !IN_CARDS.has(key));
    if (only.length > 0)
      console.log(`  kept in extensions.parley, ignored by other programs: ${only.join(', ')}`);
  }
}
