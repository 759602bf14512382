/** The model store as the page calls it: progress and cancelling by the number of a call. */
import { OpfsFiles } from '../store/opfs-files.js';
import { CrashSafeStore } from '../store/store.js';
import { pageLocks, webLocks } from './lock.js';
import { OpfsModelFiles } from './model-files.js';
import { ModelStore } from './model-store.js';
import type { DownloadRequest, PartialDownload, ProgressMessage, StoredModel } from './protocol.js';
import { type Report, transferReport } from './transfer-report.js';

/** The folder of all that Parley keeps. */
const PLACE = 'parley';
/** Of progress, while nothing comes. */
const REPEAT_MS = 500;

export class ModelService {
  readonly #store: ModelStore;
  readonly #post: (message: ProgressMessage) => void;
  readonly #running = new Map<number, AbortController>();

  constructor(post: (message: ProgressMessage) => void) {
    this.#post = post;
    this.#store = new ModelStore({
      files: new OpfsModelFiles(),
      docs: new CrashSafeStore(new OpfsFiles(PLACE)),
      locks: 'locks' in navigator ? webLocks : pageLocks(),
      fetch: (url, init) => fetch(url, init),
      // Async, or a browser without it would throw before there is a promise to catch.
      estimate: async () => navigator.storage.estimate(),
      sleep,
    });
  }

  list(): Promise<StoredModel[]> {
    return this.#store.list();
  }

  partials(): Promise<PartialDownload[]> {
    return this.#store.partials();
  }

  download(id: number, request: DownloadRequest): Promise<StoredModel> {
    return this.#transfer(id, (report, signal) => this.#store.download(request, report, signal));
  }

  import(id: number, blob: Blob, name: string): Promise<StoredModel> {
    return this.#transfer(id, (report, signal) => this.#store.import(blob, name, report, signal));
  }

  cancel(id: number): void {
    this.#running.get(id)?.abort(new DOMException('The download was cancelled.', 'AbortError'));
  }

  remove(id: string): Promise<void> {
    return this.#store.remove(id);
  }

  async #transfer<T>(id: number, work: (report: Report, signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    const { report, repeat } = transferReport(
      (progress) => this.#post({ id, progress }),
      () => performance.now(),
    );
    const timer = setInterval(repeat, REPEAT_MS);
    try {
      return await work(report, controller.signal);
    } finally {
      clearInterval(timer);
      this.#running.delete(id);
    }
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    function done() {
      signal.removeEventListener('abort', done);
      clearTimeout(timer);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    }
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}
