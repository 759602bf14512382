import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../engine/protocol.js';
import { FallbackDocs } from '../../../plugin/phaser/fallback-docs.js';

const saved = new Uint8Array([1, 2]);

describe('FallbackDocs', () => {
  it('goes on in memory when the store fails, with one warning', async () => {
    const warnings: string[] = [];
    const fail = () => Promise.reject(new EngineError('store-failed', 'Storage is blocked.'));
    const docs = new FallbackDocs({ readDoc: fail, writeDoc: fail, listDocs: fail }, (warning) =>
      warnings.push(warning),
    );
    await docs.writeDoc('main/mira.talk', saved);
    await docs.writeDoc('other/mira.talk', saved);
    expect(await docs.listDocs('main')).toEqual(['main/mira.talk']);
    expect(await docs.readDoc('main/mira.talk')).toEqual(saved);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('Storage is blocked.');
  });

  it('lists what the store has and what only memory has, each once', async () => {
    const docs = new FallbackDocs(
      {
        readDoc: async () => undefined,
        writeDoc: async () => Promise.reject(new EngineError('store-failed', 'full')),
        listDocs: async () => ['main/mira.talk', 'main/bo.talk'],
      },
      () => undefined,
    );
    await docs.writeDoc('main/mira.talk', saved);
    await docs.writeDoc('main/pip.talk', saved);
    expect((await docs.listDocs('main')).sort()).toEqual(['main/bo.talk', 'main/mira.talk', 'main/pip.talk']);
  });

  it('asks again when the worker died under the call: a saved talk must not read as a new one', async () => {
    let calls = 0;
    const docs = new FallbackDocs(
      {
        readDoc: async () => {
          if (calls++ === 0) throw new EngineError('worker-lost', 'The engine worker is gone.');
          return saved;
        },
        writeDoc: async () => undefined,
        listDocs: async () => [],
      },
      () => expect.unreachable(),
    );
    expect(await docs.readDoc('main/mira.talk')).toEqual(saved);
  });
});
