import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ModelLibrary, StoredModel } from '../../../engine/index.js';
import { type DownloadQuestion, ModelManager } from '../../../plugin/phaser/model-manager.js';

// Its script is in bundles alone, and nothing here starts one.
vi.mock('../../../engine/start-worker.js', () => ({}));

describe('what is asked before a download', () => {
  /** It takes requests and never answers. */
  const silent = createServer();
  let url: string;
  let asked: DownloadQuestion[];
  let models: ModelManager;
  const stored = { id: 'sha256:1', bytes: 1 } as StoredModel;

  beforeEach(async () => {
    await new Promise<void>((listening) => {
      silent.listen(0, '127.0.0.1', listening);
    });
    url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/big.gguf`;
    vi.stubGlobal('document', { baseURI: url });
    asked = [];
    models = new ModelManager(
      {
        list: async () => [],
        partials: async () => [],
        download: async () => stored,
      } as unknown as ModelLibrary,
      (question) => asked.push(question) > 0,
    );
  });
  afterEach(async () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    silent.closeAllConnections();
    await new Promise((closed) => {
      silent.close(closed);
    });
  });

  it('leaves the size open where the server does not say it in time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const requested = new Promise((resolve) => {
      silent.once('request', resolve);
    });
    const download = models.download({ urls: [url] });
    await requested;
    expect(asked).toEqual([]);
    vi.advanceTimersByTime(10_000);
    expect(await download).toBe(stored);
    expect(asked).toEqual([{ name: 'big.gguf', bytes: undefined }]);
  });

  it('is not asked any more when the download is cancelled while the server is silent', async () => {
    const abort = new AbortController();
    silent.once('request', () => abort.abort());
    await expect(models.download({ urls: [url] }, { signal: abort.signal })).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
    expect(asked).toEqual([]);
  });
});
