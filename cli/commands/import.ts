/** `parley import`: character cards and lorebooks of other programs as personas. */
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { MAX_CARD_CHARS, MAX_FILE_BYTES } from '../../plugin/dialogue/cards/limits.js';
import {
  type Card,
  cardToPersona,
  DialogueError,
  leftAside,
  type Persona,
  readCard,
  readCardText,
  withLorebook,
} from '../../plugin/dialogue/index.js';
import { MAX_CHARACTERS } from '../../plugin/dialogue/persona/read-persona-text.js';
import { parseArguments } from '../arguments.js';
import { readPersona } from '../read-persona.js';
import { UsageError } from '../usage-error.js';
import { writeNewFile } from '../write-new-file.js';

const USAGE = `Usage: parley import CARD... [--out FOLDER] [--persona PERSONA.json]

Makes a persona of each character card: V1, V2 or V3, as .json, or in a .png. The card is kept in the persona whole.
With --persona, the files are lorebooks (V3, SillyTavern world info, or the book of a card), whose entries are added
to that persona.

  --out FOLDER     where to write; default: beside each file
  --persona FILE   the persona that lorebooks belong to
  --force          write over files that exist`;

/** @throws UsageError; DialogueError card-invalid, persona-invalid; Error a file that cannot be read or written */
export async function importCards(_kernelFolder: string, args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArguments(
    args,
    {
      out: { type: 'string' },
      persona: { type: 'string' },
      force: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
    USAGE,
  );
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (positionals.length === 0) throw new UsageError('Got no cards.', USAGE);
  if (values.persona !== undefined) {
    let persona = await readPersona(values.persona);
    let text = '';
    const aside: string[] = [];
    for (const path of positionals) {
      const card = await readCardFile(path);
      persona = named(path, () => withLorebook(persona, card));
      text = fileText(path, persona);
      const lines = leftAside(card);
      if (lines.length > 0) aside.push(`${path}, left out: ${lines.join('; ')}`);
    }
    const path = join(values.out ?? dirname(values.persona), basename(values.persona));
    await write(path, persona, text, values.force ?? false);
    for (const line of aside) console.log(`  ${line}`);
    return;
  }
  // All of them first: a mistake in the last one is found before anything is written.
  const personas = await Promise.all(
    positionals.map(async (path) => {
      const card = await readCardFile(path);
      const persona = named(path, () => cardToPersona(card));
      return { path, persona, text: fileText(path, persona), aside: leftAside(card) };
    }),
  );
  for (const { path, persona, text, aside } of personas) {
    // A card is a .json as well: its persona stands beside it under another name.
    const name = `${basename(path, extname(path))}.persona.json`;
    await write(join(values.out ?? dirname(path), name), persona, text, values.force ?? false);
    if (aside.length > 0) console.log(`  kept with the card only: ${aside.join('; ')}`);
  }
}

async function readCardFile(path: string): Promise<Card> {
  const { size } = await stat(path).catch((error: unknown) => {
    throw new Error(`${path} could not be read: ${String(error)}`);
  });
  if (size > MAX_FILE_BYTES) throw tooLarge(path, size, MAX_FILE_BYTES);
  const bytes = await readFile(path);
  return named(path, () => {
    const text = bytes[0] === 0x89 ? readCardText(bytes) : bytes.toString('utf8').replace(/^\uFEFF/, '');
    if (text.length > MAX_CARD_CHARS) throw tooLarge('It', text.length, MAX_CARD_CHARS);
    return readCard(text);
  });
}

/** Errors say which of the files it was. */
function named<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DialogueError)) throw error;
    const { code, message, hint } = error;
    throw new DialogueError(code, `${path}: ${message}`, { ...(hint ? { hint } : {}), cause: error });
  }
}

async function write(path: string, persona: Persona, text: string, force: boolean): Promise<void> {
  await writeNewFile(path, text, force);
  const { core, voice, scenario, knowledge, dialogue } = persona;
  const taken = [
    'description',
    ...(scenario === undefined ? [] : ['scenario']),
    ...counted(dialogue?.greetings, 'greetings'),
    ...counted(voice?.examples, 'example talks'),
    ...counted(knowledge?.book, 'entries'),
  ];
  const advice = [
    ...(core.compact === undefined ? ['core.compact: two or three sentences; small models need it'] : []),
    ...(voice?.examples === undefined ? ['voice.examples: two or three exchanges'] : []),
    ...(knowledge?.unknownReply === undefined ? ['knowledge.unknownReply'] : []),
  ];
  console.log(`${path}: ${persona.identity.name}`);
  console.log(`  has now: ${taken.join(', ')}`);
  if (advice.length > 0) console.log(`  still to write: ${advice.join('; ')}`);
}

/**
 * Indented where there is room for it.
 * @throws DialogueError card-invalid: it could be written, yet not be read
 */
function fileText(path: string, persona: Persona): string {
  const indented = JSON.stringify(persona, null, 2);
  const text = `${indented.length < MAX_CHARACTERS ? indented : JSON.stringify(persona)}\n`;
  if (text.length > MAX_CHARACTERS) throw tooLarge(`The persona with ${path}`, text.length, MAX_CHARACTERS);
  return text;
}

function counted(list: readonly unknown[] = [], what: string): string[] {
  return list.length > 0 ? [`${list.length} ${what}`] : [];
}

function tooLarge(path: string, got: number, most: number): DialogueError {
  return new DialogueError('card-invalid', `${path} has a size of ${got}, expected at most ${most}.`, {
    hint: 'Is it another file?',
  });
}
