/** Twenty characters of 400 tokens each talk in turn under a memory limit that holds five. */
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { GenerateResult } from '../../engine/protocol.js';
import { MemoryFiles } from '../../engine/store/memory-files.js';
import { CrashSafeStore } from '../../engine/store/store.js';
import { loadEngine } from '../support/engine-fixture.js';
import { villageTalks } from '../support/village-talks.js';

const VILLAGE = { count: 20, personaTokens: 400, rounds: 3 };
const HELD = 5;
const REPORT = 'tests/soak/twenty-characters.json';

describe('twenty characters of 400 tokens', () => {
  it('answer under a limit that holds five as they do without one', async () => {
    const roomy = await loadEngine({ kvBytes: 1 << 28 });
    const expected = await villageTalks(roomy, VILLAGE);
    const tokens = expected[0]!.map(({ usage }) => usage.promptTokens);
    expect(Math.min(...tokens)).toBeGreaterThan(350);
    const { pageBytes } = roomy.host.cacheUse();
    const kvBytes = HELD * Math.ceil((Math.max(...tokens) + 100) / 16) * pageBytes;
    const tight = await loadEngine({ nCtx: 768, kvBytes, store: new CrashSafeStore(new MemoryFiles()) });
    const got = await villageTalks(tight, VILLAGE);
    expect(got.map(texts)).toEqual(expected.map(texts));
    const { sequences, pages } = tight.host.cacheUse();
    expect(sequences.length).toBeLessThanOrEqual(HELD + 1);
    const returning = got.slice(1).flat();
    for (const { usage } of returning) expect(usage.prefilledTokens).toBeLessThan(40);
    const report = {
      date: new Date().toISOString().slice(0, 10),
      machine: cpus()[0]?.model,
      node: process.version,
      model: tight.info.name,
      characters: VILLAGE.count,
      rounds: VILLAGE.rounds,
      promptTokens: { least: Math.min(...tokens), most: Math.max(...tokens) },
      cacheMegabytes: Math.round((pages * pageBytes) / 1e5) / 10,
      sameReplies: got.flat().length,
      prefilledTokensWhenReturning: Math.max(...returning.map(({ usage }) => usage.prefilledTokens)),
      medianFirstTokenMs: {
        cold: medianMs(got[0]!),
        returningFromDisk: medianMs(returning),
        returningFromMemory: medianMs(expected.slice(1).flat()),
      },
    };
    await writeFile(REPORT, `${JSON.stringify(report, null, 2)}\n`);
    console.log(report);
  });
});

function texts(round: readonly GenerateResult[]): string[] {
  return round.map(({ text }) => text);
}

function medianMs(results: readonly GenerateResult[]): number {
  const sorted = results.map(({ usage }) => usage.firstTokenMs ?? Number.NaN).sort((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)]!);
}
