import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../engine/protocol.js';
import { FallbackDocs } from '../../../plugin/phaser/fallback-docs.js';

const saved = new Uint8Array([1, 2]);

/** A store that fails as long as it is told to. */
class FailingStore {
  error: Error | undefined;
  readonly docs = new Map<string, Uint8Array>();

  async readDoc(key: string): Promise<Uint8Array | undefined> {
    if (this.error) throw this.error;
    return this.docs.get(key);
  }

  async writeDoc(key: string, bytes: Uint8Array): Promise<void> {
    if (this.error) throw this.error;
    this.docs.set(key, bytes);
  }

  async listDocs(): Promise<string[]> {
    if (this.error) throw this.error;
    return [...this.docs.keys()];
  }
}

describe('FallbackDocs', () => {
  it('goes on in memory when the store fails, with one warning', async () => {
    const warnings: string[] = [];
    const store = new FailingStore();
    store.error = new Error('Storage is blocked.');
    const docs = new FallbackDocs(store, (warning) => warnings.push(warning));
    await docs.writeDoc('main/mira.talk', saved);
    await docs.writeDoc('other/mira.talk', saved);
    expect(await docs.list('main')).toEqual({ keys: ['main/mira.talk'], whole: false });
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
    const { keys, whole } = await docs.list('main');
    expect([...keys].sort()).toEqual(['main/bo.talk', 'main/mira.talk', 'main/pip.talk']);
    expect(whole).toBe(true);
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

  it('leaves the telling of store-failed to the worker, which tells of its caches too', async () => {
    const store = new FailingStore();
    store.error = new EngineError('store-failed', 'Got no more room.');
    await new FallbackDocs(store, () => expect.unreachable()).writeDoc('main/mira.talk', saved);
  });

  it('saves what could not be saved with the next save that works, and until then reads the newer', async () => {
    const store = new FailingStore();
    store.docs.set('main/mira.talk', new Uint8Array([0]));
    const docs = new FallbackDocs(store, () => undefined);
    store.error = new EngineError('store-failed', 'Got no more room.');
    await docs.writeDoc('main/mira.talk', saved);
    store.error = undefined;
    expect(await docs.readDoc('main/mira.talk')).toEqual(saved);
    await docs.writeDoc('main/orrin.talk', new Uint8Array([3]));
    expect(store.docs.get('main/mira.talk')).toEqual(saved);
  });

  it('does not write over what it could not read', async () => {
    const store = new FailingStore();
    store.docs.set('main/mira.talk', saved);
    const docs = new FallbackDocs(store, () => undefined);
    store.error = new EngineError('store-failed', 'Another page holds it.');
    expect(await docs.readDoc('main/mira.talk')).toBeUndefined();
    store.error = undefined;
    const anew = new Uint8Array([7]);
    await docs.writeDoc('main/mira.talk', anew);
    expect(store.docs.get('main/mira.talk')).toEqual(saved);
  });
});
