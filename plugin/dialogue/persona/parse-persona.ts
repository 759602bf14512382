/** Checks a persona file: schema first, then what a schema cannot say. */
import { EMOTIONS } from '../api.js';
import { DialogueError } from '../dialogue-error.js';
import validate, { type SchemaError } from './generated/validate-persona.js';
import schema from './persona.schema.json';
import { checkTests } from './test-checks.js';
import type { Persona } from './types.js';

/** More would bury the first, which is usually the cause of the rest. */
const MAX_REPORTED = 8;

/**
 * A persona from parsed JSON.
 * @param source where it came from, for the message
 * @throws DialogueError persona-invalid: names each path, what it got and what was expected; nothing is half-loaded
 */
export function parsePersona(json: unknown, source = 'The persona'): Persona {
  const problems = personaProblems(json);
  if (problems.length > 0) throw invalid(source, problems);
  return json as Persona;
}

/** All that is wrong with a persona; those of its form alone where that is wrong, since the rest rests on it. */
export function personaProblems(json: unknown): string[] {
  if (!validate(json)) {
    const telling = (validate.errors ?? []).filter(isTelling).map((error) => describe(error, json));
    return [...new Set(telling)];
  }
  const persona = json as Persona;
  return [
    ...checkEmotions(persona),
    ...checkUnique(persona),
    ...checkActions(persona),
    ...checkTests(persona),
  ];
}

function invalid(source: string, problems: readonly string[]): DialogueError {
  const shown = [...new Set(problems)].slice(0, MAX_REPORTED);
  const rest = problems.length - shown.length;
  return new DialogueError(
    'persona-invalid',
    `${source} is not valid: ${shown.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`,
    { hint: 'Put "$schema" into the file: editors then show the fields and their meaning.' },
  );
}

/** An alternative that did not match says less than the alternatives together. */
function isTelling({ keyword, schemaPath }: SchemaError): boolean {
  return keyword !== 'if' && !/\/(oneOf|anyOf)\/\d+\//.test(schemaPath);
}

function describe(error: SchemaError, json: unknown): string {
  const { keyword, params } = error;
  const path = error.instancePath.slice(1).replaceAll('/', '.');
  const at = (key: unknown) => [path, String(key)].filter(Boolean).join('.');
  const got = show(valueAt(json, error.instancePath));
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const near = nearest(key, allowedKeys(error));
      return `${at(key)} is not a known key${near ? ` (did you mean ${near}?)` : ''}`;
    }
    case 'required':
      return `${at(params.missingProperty)} is missing`;
    case 'type':
      return `${path || 'the file'} is ${got}, expected ${[params.type].flat().join(' or ')}`;
    case 'enum':
      return `${path} is ${got}, expected one of ${[params.allowedValues].flat().join(', ')}`;
    case 'const':
      return `${path} is ${got}, expected ${JSON.stringify(params.allowedValue)}`;
    default:
      return `${path || 'the file'} is ${got} and ${expectedBy(error)}`;
  }
}

function expectedBy({ keyword, message, instancePath }: SchemaError): string {
  if (keyword === 'anyOf' && instancePath === '/core') return 'needs compact or description';
  if (keyword === 'oneOf' || keyword === 'anyOf') return 'matches none of the forms this field may have';
  return message ?? 'does not fit';
}

/** A value as the message shows it. */
function show(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value);
  const kind = Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;
  return typeof value === 'object' && value !== null
    ? kind
    : `${kind} (${text.length > 40 ? `${text.slice(0, 37)}…` : text})`;
}

function valueAt(json: unknown, pointer: string): unknown {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], json);
}

function allowedKeys({ schemaPath, instancePath }: SchemaError): string[] {
  const keys = schemaPath.replace(/^#\//, '').split('/').slice(0, -1);
  // The path of a rule in `$defs` begins there and does not tell in which of them.
  if (keys.length === 0 && instancePath !== '') return Object.values(schema.$defs).flatMap(propertyNames);
  return propertyNames(
    keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], schema),
  );
}

function propertyNames(owner: unknown): string[] {
  return Object.keys((owner as { properties?: object } | undefined)?.properties ?? {});
}

/** The allowed key at most two edits away, or undefined. */
function nearest(key: string, allowed: readonly string[]): string | undefined {
  const ranked = allowed.map((name) => ({
    name,
    edits: editDistance(key.toLowerCase(), name.toLowerCase()),
  }));
  const best = ranked.sort((a, b) => a.edits - b.edits)[0];
  return best && best.edits <= 2 ? best.name : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}

function checkEmotions({ emotions = [] }: Persona): string[] {
  const known: readonly string[] = EMOTIONS;
  return emotions.flatMap((emotion, i) => {
    const label = typeof emotion === 'string' ? emotion : emotion.as;
    if (known.includes(label)) return [];
    const path = typeof emotion === 'string' ? `emotions.${i}` : `emotions.${i}.as`;
    return [`${path} is ${JSON.stringify(label)}, expected one of ${EMOTIONS.join(', ')}`];
  });
}

function checkUnique({ actions = [], dialogue = {}, goals = [] }: Persona): string[] {
  const lists = {
    'actions.name': actions.map(({ name }) => name),
    'dialogue.choices.id': (dialogue.choices ?? []).map(({ id }) => id),
    'goals.id': goals.map(({ id }) => id),
  };
  return Object.entries(lists).flatMap(([path, names]) =>
    names
      .filter((name, i) => names.indexOf(name) !== i)
      .map((name) => `${path} ${JSON.stringify(name)} stands twice`),
  );
}

/** What the sampler can force: see the parameters' subset of JSON Schema in the documentation. */
function checkActions({ actions = [] }: Persona): string[] {
  return actions.flatMap((action) =>
    Object.entries(action.params ?? {}).flatMap(([name, param]) => {
      const path = `actions.${action.name}.params.${name}`;
      if (!/^[a-z][A-Za-z0-9_]{0,31}$/.test(name))
        return [`${path} is no parameter name (letters, digits, _)`];
      if (param.enum && param.type !== 'string') return [`${path} has an enum, expected type string`];
      if (param.maxLength !== undefined && param.type !== 'string')
        return [`${path} has maxLength, expected type string`];
      return [];
    }),
  );
}
