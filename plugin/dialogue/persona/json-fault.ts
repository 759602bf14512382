/** Finds where a text stops being JSON: each browser says that in its own words, some without the place. */

export interface JsonFault {
  /** Offset in the text, in UTF-16 units. */
  readonly at: number;
  readonly got: string;
  readonly expected: string;
}

type State = 'value' | 'first' | 'key' | 'colon' | 'after';

const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const CLOSING = { '{': '}', '[': ']' } as const;

/**
 * The first fault of a JSON text, or undefined where `JSON.parse` takes it; without recursion, in one pass.
 * @param maxDepth lists and objects within each other; one more is a fault
 */
export function findJsonFault(text: string, maxDepth: number): JsonFault | undefined {
  const open: ('{' | '[')[] = [];
  let state: State = 'value';
  let at = 0;
  for (;;) {
    while (isSpace(text.charCodeAt(at))) at++;
    const inside = open.at(-1);
    if (state === 'after' && !inside && at === text.length) return undefined;
    const char = text[at];
    if (inside && char === CLOSING[inside] && (state === 'after' || state === 'first')) {
      open.pop();
      at++;
      state = 'after';
    } else if (state === 'after') {
      if (!inside || char !== ',') return fault(text, at, afterValue(inside));
      at++;
      state = inside === '{' ? 'key' : 'value';
    } else if (state === 'colon') {
      if (char !== ':') return fault(text, at, '":" after the key');
      at++;
      state = 'value';
    } else if (state === 'key' || (state === 'first' && inside === '{')) {
      if (char !== '"') return fault(text, at, keyExpected(state, char));
      const end = stringEnd(text, at);
      if (typeof end !== 'number') return end;
      at = end;
      state = 'colon';
    } else if (char === '{' || char === '[') {
      if (open.push(char) > maxDepth)
        return { at, got: `${maxDepth + 1} levels of lists and objects`, expected: `at most ${maxDepth}` };
      at++;
      state = 'first';
    } else {
      const end = char === '"' ? stringEnd(text, at) : literalEnd(text, at);
      if (typeof end !== 'number') return end;
      at = end;
      state = 'after';
    }
  }
}

/** `line 3, column 5`, both from 1. */
export function placeOf(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return `line ${line}, column ${at - before.lastIndexOf('\n')}`;
}

function fault(text: string, at: number, expected: string): JsonFault {
  const got =
    at >= text.length ? 'the end of the file' : JSON.stringify(String.fromCodePoint(text.codePointAt(at)!));
  return { at, got, expected };
}

function afterValue(inside: '{' | '[' | undefined): string {
  return inside ? `"," or "${CLOSING[inside]}"` : 'the end of the file';
}

function keyExpected(state: State, char: string | undefined): string {
  return state === 'key' && char === '}' ? 'no comma before it' : 'a key in double quotes';
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function literalEnd(text: string, at: number): number | JsonFault {
  LITERAL.lastIndex = at;
  if (LITERAL.test(text)) return LITERAL.lastIndex;
  return fault(text, at, text[at] === ']' ? 'no comma before it' : 'a value (text stands in double quotes)');
}

function stringEnd(text: string, start: number): number | JsonFault {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return fault(text, at, 'a double quote at the end of the text, or \\n for a new line');
    if (code === 0x5c) {
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(text)) return fault(text, at, 'another \\ before it, or an escape such as \\n or \\"');
      at = ESCAPE.lastIndex;
    } else at++;
  }
  return fault(text, at, 'a double quote at the end of the text');
}
