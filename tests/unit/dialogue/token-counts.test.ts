import { describe, expect, it } from 'vitest';
import { TokenCounts } from '../../../plugin/dialogue/prompt/token-counts.js';
import type { EnginePort } from '../../../plugin/engine-port.js';

function portOf(factor: number) {
  const asked: string[] = [];
  const countTokens = async (texts: readonly string[]) => {
    asked.push(...texts);
    return texts.map((text) => text.length * factor);
  };
  return { port: { countTokens } as unknown as EnginePort, asked };
}

describe('TokenCounts', () => {
  it('asks for each text once', async () => {
    const { port, asked } = portOf(1);
    const counts = new TokenCounts();
    expect(await counts.of(port, ['a', 'bb', 'a'])).toEqual([1, 2, 1]);
    expect(await counts.of(port, ['bb', 'ccc'])).toEqual([2, 3]);
    expect(asked).toEqual(['a', 'bb', 'ccc']);
  });

  it('asks again where another model counts', async () => {
    const counts = new TokenCounts();
    await counts.of(portOf(1).port, ['a']);
    expect(await counts.of(portOf(3).port, ['a'])).toEqual([3]);
  });

  it('forgets what has become too much, and is right all the same', async () => {
    const { port } = portOf(1);
    const counts = new TokenCounts();
    const texts = Array.from({ length: 300 }, (_, i) => 'x'.repeat(i));
    const lengths = texts.map(({ length }) => length);
    expect(await counts.of(port, texts)).toEqual(lengths);
    expect(await counts.of(port, texts)).toEqual(lengths);
  });
});
