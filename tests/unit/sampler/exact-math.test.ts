import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exactExp } from '../../../engine/sampler/exact-math.js';
import { seeded } from '../../support/seeded.js';

describe('exactExp', () => {
  it('agrees with Math.exp to 1e-13 from -700 to 0', () => {
    const random = seeded(1);
    const xs = Array.from({ length: 20_000 }, () => -700 * random.next() ** 3);
    xs.push(0, -0, -1e-300, -1e-9, -700, -Math.LN2, -Math.LN2 / 2, -Math.LN2 * 1.5);
    const worst = Math.max(...xs.map((x) => Math.abs(exactExp(x) / Math.exp(x) - 1)));
    expect(worst).toBeLessThan(1e-13);
  });

  it('is 1 at 0, 0 far below, and never grows as x falls', () => {
    expect(exactExp(0)).toBe(1);
    expect(exactExp(-701)).toBe(0);
    expect(exactExp(Number.NEGATIVE_INFINITY)).toBe(0);
    for (let x = 0; x > -20; x -= 1 / 128) expect(exactExp(x - 1 / 128)).toBeLessThan(exactExp(x));
  });

  it('has the same bits everywhere', () => {
    const bits = (x: number) => new BigUint64Array(Float64Array.of(exactExp(x)).buffer)[0]!.toString(16);
    expect([-0.1, -1, -5.5, -16.9].map(bits)).toMatchInlineSnapshot(`
      [
        "3fecf46d99d52b3a",
        "3fd78b56362cef38",
        "3f70bd4a5aca7728",
        "3e68904c378b1c2f",
      ]
    `);
  });

  it('and the sampler call none of the functions of Math that engines may round differently', () => {
    for (const file of ['exact-math', 'sampler', 'candidates', 'random']) {
      const source = readFileSync(new URL(`../../../engine/sampler/${file}.ts`, import.meta.url), 'utf8');
      const code = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      expect(code).not.toMatch(/Math\.(exp|pow|log|sin|cos|tanh|expm1|cbrt|hypot)|\w\s*\*\*\s*[a-z]/);
    }
  });
});
