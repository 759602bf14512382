import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../engine/protocol.js';
import { FallbackDocs } from '../../../plugin/phaser/fallback-docs.js';

const saved = new Uint8Array([1, 2]);

describe('FallbackDocs', () => {
  it('goes on in memory when the store fails, with one warning', async () => {
    const warnings: string[] = [];
    const fail = () => Promise.reject(new EngineError('store-failed', 'Storage is blocked.'));
    const docs = new FallbackDocs({ readDoc: fail, writeDoc: fail }, (warning) => warnings.push(warning));
    await docs.writeDoc('main/mira.talk', saved);
    expect(await docs.readDoc('main/mira.talk')).toEqual(saved);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('Storage is blocked.');
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
      },
      () => expect.unreachable(),
    );
    expect(await docs.readDoc('main/mira.talk')).toEqual(saved);
  });
});
