import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DialogueError, parsePersona, readPersonaText } from '../../../../plugin/dialogue/index.js';
import schema from '../../../../plugin/dialogue/persona/persona.schema.json' with { type: 'json' };

/** Eight problems of 240 characters, the source and the words between. */
const LONGEST = 8 * 242 + 260;
const VALID = { schema: '1', id: 'mira', identity: { name: 'Mira' }, core: { compact: 'Mira is blunt.' } };

/** The message of what was refused. */
function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(DialogueError);
    const { code, message, hint } = error as DialogueError;
    expect(code).toBe('persona-invalid');
    expect(hint).toBeTruthy();
    expect(message.length).toBeLessThan(LONGEST);
    return message;
  }
  return expect.unreachable('was taken') as never;
}

function isRefusedOrTaken(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(DialogueError);
    expect((error as DialogueError).message.length).toBeLessThan(LONGEST);
  }
}

interface Part {
  readonly $ref?: string;
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly additionalProperties?: boolean | Part;
  readonly items?: Part;
  readonly oneOf?: readonly Part[];
}

const DEFS: Readonly<Record<string, Part>> = schema.$defs as never;

/** Each object of the schema with fixed keys: how to wrap one into a file, and its keys. */
function closedObjects(
  part: Part,
  wrap: (value: unknown) => unknown,
  path: string,
  seen: readonly Part[] = [],
): { path: string; keys: string[]; wrap: (value: unknown) => unknown }[] {
  const target = part.$ref ? DEFS[part.$ref.replace('#/$defs/', '')]! : part;
  if (seen.includes(target)) return [];
  const inside = (inner: Part | undefined, key: string, around: (value: unknown) => unknown) =>
    inner ? closedObjects(inner, (value) => wrap(around(value)), `${path}.${key}`, [...seen, target]) : [];
  const { properties = {}, additionalProperties: rest, items, oneOf = [] } = target;
  return [
    ...(rest === false ? [{ path, keys: Object.keys(properties), wrap }] : []),
    ...Object.entries(properties).flatMap(([key, inner]) =>
      inside(inner, key, (value) => ({ [key]: value })),
    ),
    ...inside(typeof rest === 'object' ? rest : undefined, '*', (value) => ({ free: value })),
    ...inside(items, '[]', (value) => [value]),
    ...oneOf.flatMap((form) => closedObjects(form, wrap, path, [...seen, target])),
  ];
}

describe('parsePersona', () => {
  it('throws nothing but DialogueError, of any JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => isRefusedOrTaken(() => parsePersona(json))));
  });

  it('throws nothing but DialogueError, of a persona with any JSON in one of its fields', () => {
    const part = fc.record({
      key: fc.constantFrom(...Object.keys(schema.properties)),
      value: fc.jsonValue(),
    });
    fc.assert(
      fc.property(part, ({ key, value }) => isRefusedOrTaken(() => parsePersona({ ...VALID, [key]: value }))),
      { numRuns: 500 },
    );
  });

  const objects = closedObjects(schema as Part, (value) => value, 'persona');

  it('knows the objects of the schema', () => {
    expect(objects.length).toBeGreaterThan(30);
  });

  it.each(objects.map((object) => [object.path, object] as const))(
    'suggests a key for a mistyped one: %s',
    (_, { keys, wrap }) => {
      for (const key of keys) {
        const typo = `${key.slice(0, -1)}${key.at(-1)!.toUpperCase()}x`;
        const message = refusal(() => parsePersona({ ...VALID, ...(wrap({ [typo]: 1 }) as object) }));
        expect(message).toContain(`${typo} is not a known key (did you mean `);
      }
    },
  );

  it('says of a value with several forms what is wrong with the form that was meant', () => {
    const greet = (line: unknown) =>
      refusal(() => parsePersona({ ...VALID, dialogue: { greetings: [line] } }));
    expect(greet(5)).toContain(
      'greetings.0 is a number (5), expected string or an object with text, emotion',
    );
    expect(greet({ text: 5 })).toContain('greetings.0.text is a number (5), expected string.');
    expect(greet('')).toContain('greetings.0 is a string ("") and must NOT have fewer than 1 characters.');
    expect(refusal(() => parsePersona({ ...VALID, core: {} }))).toContain('needs compact or description');
    const gift = { name: 'give', description: 'to give', when: { mood: { gtt: 1 } } };
    expect(refusal(() => parsePersona({ ...VALID, actions: [gift] }))).toBe(
      'The persona is not valid: actions.0.when.mood.gtt is not a known key (did you mean gt?).',
    );
  });

  it('refuses what is nested too deeply, and what contains itself', () => {
    let conditions: object = { mood: 'happy' };
    for (let depth = 0; depth < 100_000; depth++) conditions = { not: conditions };
    const secret = { text: 'She knows.', when: conditions };
    const deep = { ...VALID, core: { compact: 'Mira.', secrets: [secret] } };
    expect(refusal(() => parsePersona(deep))).toMatch(/stands 41 levels deep, expected at most 40/);
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(refusal(() => parsePersona({ ...VALID, extensions: circle }))).toMatch(/expected at most 40/);
  });

  it('stays short with 10,000 unknown keys, bad entries and huge values', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => i);
    const keys = Object.fromEntries(many.map((i) => [`key${i}`, i]));
    expect(refusal(() => parsePersona({ ...VALID, ...keys }))).toMatch(/; and 9992 more\.$/);
    const greetings = many.map((i) => ({ txt: i }));
    expect(refusal(() => parsePersona({ ...VALID, dialogue: { greetings } }))).toMatch(/did you mean text/);
    expect(refusal(() => parsePersona({ ...VALID, knowledge: { facts: many } }))).toMatch(/more\.$/);
    const huge = 'x'.repeat(1_000_000);
    refusal(() => parsePersona({ ...VALID, [huge]: 1 }));
    refusal(() => parsePersona({ ...VALID, meta: { [huge]: 1 } }));
    refusal(() => parsePersona({ ...VALID, assets: { portraits: { [huge]: 1 } } }));
    refusal(() => parsePersona({ ...VALID, emotions: [huge] }));
    refusal(() => parsePersona({ ...VALID, id: huge }));
    expect(refusal(() => parsePersona({ ...VALID, scenario: huge }, huge))).toContain(
      'of 1000000 characters',
    );
  });
});

describe('readPersonaText', () => {
  it('reads a persona, with a byte order mark too', () => {
    expect(readPersonaText(JSON.stringify(VALID))).toEqual(VALID);
    expect(readPersonaText(`\uFEFF${JSON.stringify(VALID)}`)).toEqual(VALID);
  });

  it('throws nothing but DialogueError, of any text', () => {
    fc.assert(fc.property(fc.string(), (text) => isRefusedOrTaken(() => readPersonaText(text))));
    fc.assert(fc.property(fc.json(), (text) => isRefusedOrTaken(() => readPersonaText(text))));
  });

  it('refuses a file of 10 MB', () => {
    expect(refusal(() => readPersonaText(' '.repeat(10_000_000), 'mira.json'))).toBe(
      'mira.json is not valid: the file has 10,000,000 characters, expected at most 1,000,000.',
    );
  });

  it('refuses deep nesting before it parses', () => {
    const text = `{"extensions":${'['.repeat(400_000)}`;
    expect(refusal(() => readPersonaText(text, 'mira.json'))).toBe(
      'mira.json is not JSON: line 1, column 54: got 41 levels of lists and objects, expected at most 40.',
    );
  });

  it('names line and column of what is not JSON', () => {
    expect(refusal(() => readPersonaText('{\n  "schema": "1",\n}', 'mira.json'))).toBe(
      'mira.json is not JSON: line 3, column 1: got "}", expected no comma before it.',
    );
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s anywhere', (key) => {
    const evil = JSON.stringify({ ...VALID, extensions: { mod: { KEY: { polluted: true } } } });
    const text = evil.replace('KEY', key);
    expect(refusal(() => readPersonaText(text))).toContain(
      `extensions.mod.${key} is a key of JavaScript itself`,
    );
    refusal(() => readPersonaText(`{"${key}": {"schema": "1"}}`));
    expect('polluted' in {}).toBe(false);
  });
});
