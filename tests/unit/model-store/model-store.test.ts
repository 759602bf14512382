import { createHash } from 'node:crypto';
import { mkdtempSync, openAsBlob, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Locks, pageLocks } from '../../../engine/model-store/lock.js';
import { ModelStore, type ModelStoreOptions, readStored } from '../../../engine/model-store/model-store.js';
import { openModel } from '../../../engine/model-store/open-model.js';
import type { DownloadRequest, TransferStage } from '../../../engine/model-store/protocol.js';
import { MemoryFiles } from '../../../engine/store/memory-files.js';
import { CrashSafeStore, storeFailed } from '../../../engine/store/store.js';
import { type AwkwardServer, CUT_BYTES, startAwkwardServer } from '../../support/awkward-server.js';
import { DiskModelFiles } from '../../support/disk-model-files.js';
import { tinyGguf } from '../../support/tiny-gguf.js';

/** About 5 MB: several checkpoints and cuts. */
const TINY = tinyGguf(20_000, 1);
const HALF = Math.floor(TINY.bytes.length / 2);
const FALCON = tinyGguf(20_000, 1, 'falcon');
const never = new AbortController().signal;

let server: AwkwardServer;
beforeAll(async () => {
  server = await startAwkwardServer({
    'tiny.gguf': TINY.bytes,
    'falcon.gguf': FALCON.bytes,
    'tiny-1.gguf': TINY.bytes.subarray(0, HALF),
    'tiny-2.gguf': TINY.bytes.subarray(HALF),
  });
});
afterAll(() => server.close());

let folder: string;
let files: DiskModelFiles;
let docs: CrashSafeStore;
let locks: Locks;
let waits: number[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-models-'));
  files = new DiskModelFiles(folder);
  docs = new CrashSafeStore(new MemoryFiles());
  locks = pageLocks();
  waits = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The store as a page that was just opened sees it. */
function store(options: Partial<ModelStoreOptions> = {}): ModelStore {
  return new ModelStore({
    files,
    docs,
    locks,
    fetch: (url, init) => fetch(url, init),
    estimate: async () => ({ usage: 0, quota: 1e9 }),
    sleep: async (ms) => void waits.push(ms),
    ...options,
  });
}

let paths = 0;
/** A path of its own for each test. */
function request(
  manner: string,
  file = 'tiny.gguf',
  more: Partial<DownloadRequest> = {},
): DownloadRequest & { readonly path: string } {
  const path = `/${manner}/${++paths}/${file}`;
  return { urls: [new URL(path, server.url).href], ...more, path };
}

interface Told {
  readonly stages: TransferStage[];
  loadedBytes: number;
  totalBytes: number | undefined;
}

function download(
  wanted: DownloadRequest,
  { signal = never, on = store() }: { signal?: AbortSignal; on?: ModelStore } = {},
  told: Told = { stages: [], loadedBytes: 0, totalBytes: 0 },
) {
  const { path: _, ...plain } = wanted as DownloadRequest & { path?: string };
  return on.download(
    plain,
    (stage, loadedBytes, totalBytes) => {
      if (told.stages.at(-1) !== stage) told.stages.push(stage);
      Object.assign(told, { loadedBytes, totalBytes });
    },
    signal,
  );
}

/** Cancels once so many bytes are here. */
async function downloadUntil(bytes: number, wanted: DownloadRequest): Promise<void> {
  const controller = new AbortController();
  const { path: _, ...plain } = wanted as DownloadRequest & { path?: string };
  const report = (_stage: TransferStage, loaded: number) => {
    if (loaded >= bytes) controller.abort();
  };
  await expect(store().download(plain, report, controller.signal)).rejects.toThrow(
    expect.objectContaining({ name: 'AbortError' }),
  );
}

async function bytesOf(id: string): Promise<string> {
  const blob = await readStored(files, id);
  return createHash('sha256')
    .update(Buffer.from(await blob.arrayBuffer()))
    .digest('hex');
}

/** Nothing of it is left. */
async function expectEmpty(): Promise<void> {
  expect(await files.list()).toEqual([]);
  expect(await docs.list('models/')).toEqual([]);
}

const failure = (code: string) => expect.objectContaining({ name: 'EngineError', code });

describe('ModelStore', () => {
  it('stores a model under its hash, with its name and source, and says how far it is', async () => {
    const wanted = request('plain');
    const told: Told = { stages: [], loadedBytes: 0, totalBytes: 0 };
    const model = await download(wanted, {}, told);
    expect(model).toMatchObject({
      id: `sha256:${TINY.sha256}`,
      url: `stored:sha256:${TINY.sha256}`,
      name: 'Tiny',
      bytes: TINY.bytes.length,
      sources: wanted.urls,
    });
    expect(await files.list()).toEqual([`${TINY.sha256}.gguf`]);
    expect(await bytesOf(model.id)).toBe(TINY.sha256);
    expect(await store().list()).toEqual([model]);
    expect(await store().partials()).toEqual([]);
    expect(told.stages).toEqual(['connecting', 'download', 'check']);
    expect(told).toMatchObject({ loadedBytes: TINY.bytes.length, totalBytes: TINY.bytes.length });
  });

  it('asks the server nothing for a model that is here, by its address or by its hash', async () => {
    const wanted = request('plain');
    const model = await download(wanted);
    expect(await download(wanted)).toEqual(model);
    expect(await download(request('missing', 'tiny.gguf', { sha256: TINY.sha256 }))).toEqual(model);
    expect(server.asked(wanted.path)).toHaveLength(1);
  });

  it('goes on behind each cut connection, waiting before each try', async () => {
    const wanted = request('cut');
    expect((await download(wanted)).id).toBe(`sha256:${TINY.sha256}`);
    const asked = server.asked(wanted.path);
    expect(asked.map(({ range }) => range)).toEqual([
      'bytes=0-',
      ...Array.from({ length: Math.ceil(TINY.bytes.length / CUT_BYTES) - 1 }, () =>
        expect.stringMatching(/^bytes=[1-9]\d+-$/),
      ),
    ]);
    expect(asked.slice(1).every(({ status }) => status === 206)).toBe(true);
    expect(waits).toEqual(asked.slice(1).map(() => 500));
  });

  it('follows redirects, and tries again when the server is busy', async () => {
    expect((await download(request('moved'))).id).toBe(`sha256:${TINY.sha256}`);
    await store().remove(`sha256:${TINY.sha256}`);
    expect((await download(request('busy'))).id).toBe(`sha256:${TINY.sha256}`);
    expect(waits).toEqual([500, 1000]);
  });

  it('begins again where a server ignores ranges', async () => {
    const wanted = request('deaf');
    expect(await bytesOf((await download(wanted)).id)).toBe(TINY.sha256);
    expect(server.asked(wanted.path).map(({ status }) => status)).toEqual([200, 200]);
  });

  it('believes what a server says it sends: the whole, or a part of no use', async () => {
    expect(await bytesOf((await download(request('headstrong'))).id)).toBe(TINY.sha256);
    await store().remove(`sha256:${TINY.sha256}`);
    const astray = request('astray');
    await expect(download(astray)).rejects.toThrow(failure('model-fetch-failed'));
    expect(server.asked(astray.path)).toHaveLength(5);
    expect(await store().list()).toEqual([]);
  });

  it('gives up a server that breaks at the same byte again and again, with model-fetch-failed', async () => {
    const wanted = request('wall');
    await expect(download(wanted)).rejects.toThrow(failure('model-fetch-failed'));
    expect(waits).toEqual([500, 500, 1000, 2000, 4000]);
    expect((await store().list()).length).toBe(0);
  });

  it('begins again when the file changes in the middle', async () => {
    const model = await download(request('changing'));
    expect(model.id).not.toBe(`sha256:${TINY.sha256}`);
    expect(model.id).toBe(`sha256:${await bytesOf(model.id)}`);
  });

  it('goes on after a cancel, in another page', async () => {
    const wanted = request('plain');
    await downloadUntil(4_500_000, wanted);
    const [partial] = await store().partials();
    expect(partial).toMatchObject({ name: 'tiny', totalBytes: TINY.bytes.length });
    expect(partial!.loadedBytes).toBeGreaterThanOrEqual(4_500_000);
    expect(await store().list()).toEqual([]);
    const model = await download(partial!.request);
    expect(await bytesOf(model.id)).toBe(TINY.sha256);
    expect(server.asked(wanted.path).map(({ range }) => range)).toEqual([
      'bytes=0-',
      `bytes=${partial!.loadedBytes}-`,
    ]);
    expect(await store().partials()).toEqual([]);
  });

  it('goes on from the last checkpoint after a crash, whatever stands behind it in the file', async () => {
    const wanted = request('plain');
    await downloadUntil(4_500_000, wanted);
    const [partial] = await store().partials();
    truncateSync(join(folder, `${partial!.id}.part`), partial!.loadedBytes + 1000);
    expect(await bytesOf((await download(wanted)).id)).toBe(TINY.sha256);
    expect(server.asked(wanted.path).at(-1)!.status).toBe(206);
  });

  it('begins again when the file is shorter than what was saved of it', async () => {
    const wanted = request('plain');
    await downloadUntil(4_500_000, wanted);
    const [partial] = await store().partials();
    truncateSync(join(folder, `${partial!.id}.part`), partial!.loadedBytes - 1);
    expect(await bytesOf((await download(wanted)).id)).toBe(TINY.sha256);
    expect(server.asked(wanted.path).at(-1)!.range).toBe('bytes=0-');
  });

  it('goes on without a tag only where the hash would tell of a change', async () => {
    const hide = async (url: string, init: RequestInit) => {
      const response = await fetch(url, init);
      return Object.defineProperty(response, 'headers', {
        value: new Headers(
          [...response.headers].filter(([name]) => name !== 'etag' && name !== 'last-modified'),
        ),
      });
    };
    const on = store({ fetch: hide });
    const unsure = request('cut');
    await expect(download(unsure, { on })).rejects.toThrow(failure('model-fetch-failed'));
    expect(new Set(server.asked(unsure.path).map(({ range }) => range))).toEqual(new Set(['bytes=0-']));
    const sure = request('cut', 'tiny.gguf', { sha256: TINY.sha256 });
    expect((await download(sure, { on })).id).toBe(`sha256:${TINY.sha256}`);
  });

  it('loads a model in parts as one file, and goes on in the middle of a part', async () => {
    const urls = [1, 2].map((n) => request('plain', `tiny-${n}.gguf`).urls[0]!);
    await downloadUntil(HALF + 1_000_000, { urls });
    const [partial] = await store().partials();
    const second = new URL(urls[1]!).pathname;
    expect(await bytesOf((await download({ urls })).id)).toBe(TINY.sha256);
    expect(server.asked(second).at(-1)!.range).toBe(`bytes=${partial!.loadedBytes - HALF}-`);
    expect(server.asked(new URL(urls[0]!).pathname)).toHaveLength(1);
  });

  it.each([
    ['a web page', 'page', 'tiny.gguf', {}, 'gguf-not-gguf'],
    ['a missing file', 'missing', 'tiny.gguf', {}, 'model-fetch-failed'],
    ['wrong bytes', 'wrong', 'tiny.gguf', { sha256: TINY.sha256 }, 'model-mismatch'],
    ['a wrong length', 'plain', 'tiny.gguf', { bytes: 1_000_000 }, 'model-mismatch'],
    ['a wrong length that the server does not say', 'mute', 'tiny.gguf', { bytes: 9e7 }, 'model-mismatch'],
    ['a file cut short', 'short', 'tiny.gguf', {}, 'gguf-truncated'],
    ['a model of another kind', 'plain', 'falcon.gguf', {}, 'unsupported-architecture'],
  ])('refuses %s and keeps nothing of it', async (_what, manner, file, more, code) => {
    const wanted = request(manner, file, more);
    await expect(download(wanted)).rejects.toThrow(failure(code));
    expect(server.asked(wanted.path)).toHaveLength(1);
    await expectEmpty();
  });

  it('says what it needs when there is too little room, before it loads anything', async () => {
    const on = store({ estimate: async () => ({ usage: 98e6, quota: 100e6 }) });
    const told: Told = { stages: [], loadedBytes: 0, totalBytes: 0 };
    await expect(download(request('plain'), { on }, told)).rejects.toThrow(
      expect.objectContaining({
        code: 'quota-exceeded',
        message: expect.stringMatching(/6 MB more; 2 MB are free/),
      }),
    );
    expect(told.stages).toEqual(['connecting']);
    await expectEmpty();
  });

  it('keeps what came when the disk fills up, and goes on when there is room', async () => {
    files.room = 4_800_000;
    const wanted = request('plain');
    await expect(download(wanted)).rejects.toThrow(failure('quota-exceeded'));
    const [partial] = await store().partials();
    expect(partial!.loadedBytes).toBeGreaterThan(4_000_000);
    files.room = Number.POSITIVE_INFINITY;
    expect(await bytesOf((await download(wanted)).id)).toBe(TINY.sha256);
    expect(server.asked(wanted.path).at(-1)!.status).toBe(206);
  });

  it('tells of the full disk where not even the state can be written, and goes on from the last one', async () => {
    class FullFiles extends MemoryFiles {
      override async write(name: string, parts: readonly Uint8Array[]): Promise<void> {
        const full = new DOMException('no room', 'QuotaExceededError');
        if (files.room === 0) throw storeFailed('opfs', name, full);
        return super.write(name, parts);
      }
    }
    docs = new CrashSafeStore(new FullFiles());
    files.room = 4_800_000;
    const wanted = request('plain');
    await expect(download(wanted)).rejects.toThrow(failure('quota-exceeded'));
    const [partial] = await store().partials();
    expect(partial!.loadedBytes).toBeGreaterThan(0);
    files.room = Number.POSITIVE_INFINITY;
    expect(await bytesOf((await download(wanted)).id)).toBe(TINY.sha256);
    expect(server.asked(wanted.path).at(-1)!.range).toBe(`bytes=${partial!.loadedBytes}-`);
  });

  it('is whole with its last byte, also where it is cancelled then', async () => {
    const { path, ...wanted } = request('plain');
    const abort = new AbortController();
    const cancel = (stage: TransferStage, loaded: number) => {
      if (stage === 'download' && loaded === TINY.bytes.length) abort.abort();
    };
    const model = await store().download(wanted, cancel, abort.signal);
    expect(await bytesOf(model.id)).toBe(TINY.sha256);
    expect(server.asked(path)).toHaveLength(1);
  });

  it('tells of a file that goes away while it is copied or read', async () => {
    const path = join(folder, 'mine.gguf');
    writeFileSync(path, TINY.bytes);
    const blob = await openAsBlob(path);
    truncateSync(path, HALF);
    await expect(store().import(blob, 'Mine', () => undefined, never)).rejects.toThrow(
      failure('model-fetch-failed'),
    );
    rmSync(path);
    await expectEmpty();
    const { id, url } = await download(request('plain'));
    const { chunks, totalBytes } = await openModel([url], files);
    expect(totalBytes).toBe(TINY.bytes.length);
    await store().remove(id);
    await expect(
      (async () => {
        for await (const _ of chunks);
      })(),
    ).rejects.toThrow(failure('model-not-stored'));
  });

  it('copies a file, and keeps nothing of one that is no model or is given up', async () => {
    const copy = (bytes: Buffer, signal = never) =>
      store().import(new Blob([new Uint8Array(bytes)]), 'Mine', () => undefined, signal);
    await expect(copy(Buffer.from('a photograph'))).rejects.toThrow(failure('gguf-not-gguf'));
    await expectEmpty();
    await expect(copy(TINY.bytes, AbortSignal.abort())).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
    await expectEmpty();
    const model = await copy(TINY.bytes);
    expect(model).toMatchObject({ name: 'Mine', sources: [], bytes: TINY.bytes.length });
    expect(await copy(TINY.bytes)).toEqual(model);
    expect(await bytesOf(model.id)).toBe(TINY.sha256);
  });

  it('removes models, and partial downloads, also one that is running', async () => {
    const model = await download(request('plain'));
    await store().remove(model.id);
    await expect(readStored(files, model.id)).rejects.toThrow(failure('model-not-stored'));
    await expectEmpty();
    await downloadUntil(4_500_000, request('plain'));
    const [partial] = await store().partials();
    await store().remove(partial!.id);
    await expectEmpty();
    const on = store();
    const wanted = request('held');
    const running = expect(download(wanted, { on })).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
    await expect.poll(async () => (await on.partials())[0]?.loadedBytes ?? 0).toBeGreaterThan(0);
    await on.remove((await on.partials())[0]!.id);
    await running;
    server.release();
    await expectEmpty();
  });

  it('lets a second page wait for the first one, and load nothing itself; it may not remove what is loading', async () => {
    const wanted = request('held');
    const told: Told = { stages: [], loadedBytes: 0, totalBytes: 0 };
    const first = download(wanted);
    const second = download(wanted, {}, told);
    await expect.poll(async () => (await store().partials())[0]?.loadedBytes ?? 0).toBeGreaterThan(0);
    const [partial] = await store().partials();
    await expect(store().remove(partial!.id)).rejects.toThrow(failure('model-busy'));
    server.release();
    expect(await second).toEqual(await first);
    expect(told.stages).toEqual(['waiting']);
    expect(server.asked(wanted.path)).toHaveLength(1);
  });

  it('lets a page give up while it waits for another one', async () => {
    const wanted = request('held');
    const first = download(wanted);
    const abort = new AbortController();
    const told: Told = { stages: [], loadedBytes: 0, totalBytes: 0 };
    const second = download(wanted, { signal: abort.signal }, told);
    await expect.poll(async () => (await store().partials())[0]?.loadedBytes ?? 0).toBeGreaterThan(0);
    expect(told.stages).toEqual(['waiting']);
    abort.abort();
    await expect(second).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    server.release();
    await first;
  });

  it('lists a model whose record is lost, and clears away what a crash left behind', async () => {
    const model = await download(request('plain'));
    await docs.remove(`models/${TINY.sha256}.model`);
    expect(await store().list()).toEqual([
      { ...model, name: TINY.sha256.slice(0, 8), sources: [], storedAt: 0 },
    ]);
    (await files.open('import-abc.part')).close();
    expect(await store().partials()).toEqual([]);
    expect(await files.list()).toEqual([`${TINY.sha256}.gguf`]);
  });
});
