import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault, placeOf } from '../../../../plugin/dialogue/persona/json-fault.js';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('findJsonFault', () => {
  it('takes what JSON.parse takes', () => {
    fc.assert(fc.property(fc.json(), (text) => findJsonFault(text, 1000) === undefined));
  });

  it('finds a fault exactly where JSON.parse does, in JSON with a slip', () => {
    const slip = fc.constantFrom(...'{}[],:"\\ \n\t0-+.eE1aufn\u0000é', '');
    fc.assert(
      fc.property(fc.json(), fc.nat(), slip, fc.boolean(), (json, place, insert, replace) => {
        const at = place % (json.length + 1);
        const text = json.slice(0, at) + insert + json.slice(at + (replace ? 1 : 0));
        expect(findJsonFault(text, 1000) === undefined).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes and refuses the same as JSON.parse of text made of JSON signs', () => {
    const text = fc.string({ unit: fc.constantFrom(...'{}[],:"\\ \n01-.eu', 'true', 'null') });
    fc.assert(
      fc.property(text, (candidate) => {
        expect(findJsonFault(candidate, 1000) === undefined).toBe(isJson(candidate));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['{\n  "id": "mira",\n}', 'line 3, column 1', '"}"', 'no comma before it'],
    ['{\n  "id": "mira"\n  "x": 1 }', 'line 3, column 3', '"\\""', '"," or "}"'],
    ["{ 'id': 1 }", 'line 1, column 3', '"\'"', 'a key in double quotes'],
    ['["a",]', 'line 1, column 6', '"]"', 'no comma before it'],
    ['{"a": yes}', 'line 1, column 7', '"y"', 'a value (text stands in double quotes)'],
    ['{"a": "x', 'line 1, column 9', 'the end of the file', 'a double quote at the end of the text'],
    ['', 'line 1, column 1', 'the end of the file', 'a value (text stands in double quotes)'],
    ['<!doctype html>', 'line 1, column 1', '"<"', 'a value (text stands in double quotes)'],
  ])('says where and what: %j', (text, place, got, expected) => {
    const fault = findJsonFault(text, 40)!;
    expect([placeOf(text, fault.at), fault.got, fault.expected]).toEqual([place, got, expected]);
  });

  it('refuses one level more than allowed', () => {
    expect(findJsonFault('[[[]]]', 3)).toBeUndefined();
    expect(findJsonFault('[[[[]]]]', 3)?.got).toBe('4 levels of lists and objects');
  });
});
