import { describe, expect, it } from 'vitest';
import { EngineError, type LoadModelRequest, type ModelInfo } from '../../../engine/protocol.js';
import type { EnginePort } from '../../../plugin/engine-port.js';
import { ModelHolder } from '../../../plugin/phaser/model-holder.js';
import type { GameEngine, GameEngineEvents } from '../../../plugin/phaser/options.js';

const ENGINE_CALLS: Omit<EnginePort, 'model'> = {
  readDoc: async () => undefined,
  writeDoc: async () => undefined,
  countTokens: async () => [],
  generate: () => Promise.reject(new Error('not asked')),
  prefill: async () => undefined,
  drop: async () => undefined,
};

/** An engine whose loads end when the test says so. */
class ScriptedEngine implements GameEngine {
  readonly requests: LoadModelRequest[] = [];
  readonly #loads: { resolve: () => void; reject: (error: Error) => void }[] = [];
  readonly #listeners: Partial<GameEngineEvents> = {};

  async loadModel(request: LoadModelRequest): ReturnType<GameEngine['loadModel']> {
    this.requests.push(request);
    await new Promise<void>((resolve, reject) => this.#loads.push({ resolve, reject }));
    const info = { id: request.urls.join() } as ModelInfo;
    return { ...ENGINE_CALLS, model: { id: info.id, nCtx: 1536 }, info };
  }

  finish(load: number): void {
    this.#loads[load]!.resolve();
  }

  fail(load: number): void {
    this.#loads[load]!.reject(new EngineError('gguf-not-gguf', 'Got PNG, expected GGUF.'));
  }

  on<E extends keyof GameEngineEvents>(event: E, listener: GameEngineEvents[E]): () => void {
    this.#listeners[event] = listener;
    return () => undefined;
  }

  lose(final = false): void {
    this.#listeners.lost?.({ final, reason: 'silence' });
  }

  restore(): void {
    this.#listeners.restored?.();
  }

  grant(): void {}
  dispose(): void {}
  readDoc = ENGINE_CALLS.readDoc;
  writeDoc = ENGINE_CALLS.writeDoc;
  listDocs = async () => [];
}

function holder(engine: GameEngine | undefined) {
  const events: string[] = [];
  const models = new ModelHolder(
    engine,
    { nCtx: 1024 },
    {
      progress: () => events.push('progress'),
      ready: (info) => events.push(`ready ${info.id}`),
      failed: (error) => events.push(`failed ${error instanceof EngineError ? error.code : error.message}`),
      lost: () => events.push('lost'),
    },
  );
  return { models, events };
}

describe('ModelHolder', () => {
  it('has a port only while the model can answer', async () => {
    const engine = new ScriptedEngine();
    const { models, events } = holder(engine);
    expect(models.state).toBe('none');
    const loading = models.load(['a']);
    expect([models.state, models.port]).toEqual(['loading', undefined]);
    expect(engine.requests).toEqual([{ nCtx: 1024, urls: ['a'] }]);
    engine.finish(0);
    expect((await loading).id).toBe('a');
    expect((await models.settled)?.id).toBe('a');
    expect(models.port?.model.id).toBe('a');
    engine.lose();
    expect([models.state, models.port, models.info?.id]).toEqual(['lost', undefined, 'a']);
    engine.restore();
    expect(models.port?.model.id).toBe('a');
    expect(events).toEqual(['ready a', 'lost', 'ready a']);
  });

  it('has failed when the worker stays away, so that the game may load again', async () => {
    const engine = new ScriptedEngine();
    const { models } = holder(engine);
    const loading = models.load(['a']);
    engine.finish(0);
    await loading;
    engine.lose();
    engine.lose(true);
    expect([models.state, models.port]).toEqual(['failed', undefined]);
    const again = models.load(['a']);
    engine.finish(1);
    await again;
    expect(models.port?.model.id).toBe('a');
  });

  it('joins a load of the same addresses', async () => {
    const engine = new ScriptedEngine();
    const { models } = holder(engine);
    const loads = [models.load(['a']), models.load(['a'])];
    engine.finish(0);
    await Promise.all(loads);
    await models.load(['a']);
    expect(engine.requests).toHaveLength(1);
  });

  it('lets the later of two loads win, whichever ends first', async () => {
    const engine = new ScriptedEngine();
    const { models, events } = holder(engine);
    const first = models.load(['a']);
    const second = models.load(['b']);
    engine.finish(1);
    await second;
    engine.finish(0);
    await first;
    expect(models.port?.model.id).toBe('b');
    expect(events).toEqual(['ready b']);
  });

  it('reports a failure once, settles, and can try again', async () => {
    const engine = new ScriptedEngine();
    const { models, events } = holder(engine);
    const failing = models.load(['a']);
    const settled = models.settled;
    engine.fail(0);
    await expect(failing).rejects.toMatchObject({ code: 'gguf-not-gguf' });
    expect(await settled).toBeUndefined();
    expect([models.state, events]).toEqual(['failed', ['failed gguf-not-gguf']]);
    const again = models.load(['a']);
    engine.finish(1);
    await again;
    expect((await models.settled)?.id).toBe('a');
  });

  it('fails with unsupported-browser where there is no engine', async () => {
    const { models, events } = holder(undefined);
    await expect(models.load(['a'])).rejects.toMatchObject({ code: 'unsupported-browser' });
    expect(await models.settled).toBeUndefined();
    expect(events).toEqual(['failed unsupported-browser']);
  });

  it('settles with nothing when the game ends, and says nothing of a load that ends with it', async () => {
    const engine = new ScriptedEngine();
    const { models, events } = holder(engine);
    const { settled } = models;
    const loading = models.load(['a']);
    models.destroy();
    expect(await settled).toBeUndefined();
    engine.fail(0);
    await expect(loading).rejects.toThrow();
    expect(events).toEqual([]);
  });
});
