/** Says what Ajv found in the words of somebody who writes a persona. */
import type { SchemaError } from './generated/validate-persona.js';
import schema from './persona.schema.json';
import { clip } from './persona-invalid.js';

/** Of a value or a key in a message. */
const MAX_SHOWN = 40;
const MAX_PATH = 100;

interface Part {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Part>>;
  readonly additionalProperties?: boolean | Part;
  readonly items?: Part;
  readonly oneOf?: readonly Part[];
}

const DEFINITIONS: Readonly<Record<string, Part>> = schema.$defs as object as Record<string, Part>;

/** One sentence for each telling error, drawn one by one: of ten thousand only the first few are read. */
export function* schemaProblems(errors: readonly SchemaError[], json: unknown): Generator<string> {
  for (const error of telling(errors)) yield describe(error, json);
}

export function countTelling(errors: readonly SchemaError[]): number {
  return telling(errors).length;
}

/**
 * Of a value with alternatives, what is wrong with the one that was meant: that of the value's own type. Only
 * where there is none, the alternatives together.
 */
function telling(errors: readonly SchemaError[]): SchemaError[] {
  const choices = new Set(
    errors.filter(({ keyword }) => keyword === 'oneOf').map((error) => error.instancePath),
  );
  const own = errors.filter(
    ({ keyword, schemaPath, instancePath }) =>
      !/\/anyOf\/\d+\//.test(schemaPath) && !(choices.has(instancePath) && /^(?:type|oneOf)$/.test(keyword)),
  );
  const explained = new Set<string>();
  for (const { instancePath } of own) {
    const keys = instancePath.split('/');
    for (let length = keys.length; length > 0; length--) {
      const path = keys.slice(0, length).join('/');
      if (choices.has(path)) explained.add(path);
    }
  }
  const kept = new Set(own);
  return errors.filter(
    (error) => kept.has(error) || (error.keyword === 'oneOf' && !explained.has(error.instancePath)),
  );
}

function describe(error: SchemaError, json: unknown): string {
  const { keyword, params } = error;
  const keys = keysOf(error.instancePath);
  const at = (key: unknown) => clip([...keys, clip(String(key), MAX_SHOWN)].join('.'), MAX_PATH);
  const path = clip(keys.join('.'), MAX_PATH) || 'the file';
  const got = show(valueAt(json, keys));
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const near = nearest(key, Object.keys(partAt(keys, json).properties ?? {}));
      return `${at(key)} is not a known key${near ? ` (did you mean ${near}?)` : ''}`;
    }
    case 'required':
      return `${at(params.missingProperty)} is missing`;
    case 'type':
      return `${path} is ${got}, expected ${[params.type].flat().join(' or ')}`;
    case 'enum':
      return `${path} is ${got}, expected one of ${[params.allowedValues].flat().join(', ')}`;
    case 'const':
      return `${path} is ${got}, expected ${JSON.stringify(params.allowedValue)}`;
    case 'oneOf':
      return `${path} is ${got}, expected ${formsAt(keys, json)}`;
    case 'anyOf':
      return `${path} is ${got} and needs compact or description`;
    default:
      return `${path} is ${got} and ${error.message ?? 'does not fit'}`;
  }
}

/** A value as the message shows it. */
function show(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, MAX_SHOWN)) : String(value);
  const length =
    typeof value === 'string' && value.length > MAX_SHOWN ? ` of ${value.length} characters` : '';
  return `a ${typeof value}${length} (${clip(text, MAX_SHOWN)})`;
}

function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function valueAt(root: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], root);
}

/**
 * The part of the schema that describes a place: Ajv tells it only as seen from the definition it stands in.
 * Of alternatives it is the one of the value's own type.
 */
function partAt(keys: readonly string[], json: unknown): Part {
  let part = schema as Part;
  let value = json;
  for (const key of keys) {
    const inner = own(part.properties, key) ?? part.items ?? part.additionalProperties;
    value = (value as Record<string, unknown>)[key];
    part = formOf(typeof inner === 'object' ? inner : {}, value);
  }
  return part;
}

function formOf(part: Part, value: unknown): Part {
  const target = resolve(part);
  const isObject = typeof value === 'object' && !Array.isArray(value);
  return (isObject && target.oneOf?.map(resolve).find(({ properties }) => properties)) || target;
}

function resolve(part: Part): Part {
  return part.$ref ? DEFINITIONS[part.$ref.slice('#/$defs/'.length)]! : part;
}

function own<Value>(record: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** `string or an object with text, emotion` */
function formsAt(keys: readonly string[], json: unknown): string {
  const inner = partAt(keys.slice(0, -1), json);
  const part = own(inner.properties, keys.at(-1)!) ?? inner.items ?? inner.additionalProperties;
  return (typeof part === 'object' ? (resolve(part).oneOf ?? []) : [])
    .map(resolve)
    .map(({ type, properties }) =>
      properties ? `an object with ${Object.keys(properties).join(', ')}` : [type].flat().join(' or '),
    )
    .join(' or ');
}

/** The allowed key at most two edits away, or undefined. */
function nearest(key: string, allowed: readonly string[]): string | undefined {
  if (key.length > MAX_SHOWN) return undefined;
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
