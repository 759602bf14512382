/** Writes what follows from persona.schema.json, the one source of the format: its validator, types and reference. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileValidator } from './build-persona-validator.mjs';
import { personaReference } from './persona/reference.mjs';
import { personaTypes } from './persona/types.mjs';

const ROOT = join(import.meta.dirname, '..');

/**
 * The generated files.
 * @returns {Promise<Record<string, string>>} their text by path from the root
 */
export async function personaFiles() {
  const schema = JSON.parse(readFileSync(join(ROOT, 'plugin/dialogue/persona/persona.schema.json'), 'utf8'));
  return {
    'plugin/dialogue/persona/generated/validate-persona.js': await compileValidator(),
    'plugin/dialogue/persona/generated/persona-types.ts': personaTypes(schema),
    'docs/persona-reference.md': personaReference(schema),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of Object.entries(await personaFiles())) writeFileSync(join(ROOT, path), text);
}
