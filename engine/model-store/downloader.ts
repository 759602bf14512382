/** Loads the parts of a model into its partial file, over cut connections and servers of all kinds. */
import { EngineError } from '../protocol.js';
import { mismatch, type PartialFile } from './partial-file.js';
import { checkRoom, type EstimateStorage } from './quota.js';
import { type Fetch, Interruption, type RestOfFile, requestRest } from './range-request.js';
import type { Report } from './transfer-report.js';

/** Tries in a row that brought nothing new. */
const MAX_VAIN_TRIES = 5;
/** Doubled after each of them. */
const FIRST_WAIT_MS = 500;
/** A file that changes on the server more often while it loads is given up. */
const MAX_RESTARTS = 3;

export interface DownloadTools {
  readonly fetch: Fetch;
  readonly estimate: EstimateStorage;
  /** Rejects with the signal's reason when that aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Loads what is missing of a file. After an error, what came stays in the file.
 * @throws EngineError model-fetch-failed, model-mismatch, quota-exceeded, gguf-*, unsupported-*
 * @throws DOMException AbortError
 */
export async function downloadInto(
  file: PartialFile,
  tools: DownloadTools,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  while (file.part < file.request.urls.length) {
    await new PartDownload(file, tools, report, signal).run();
    await file.endPart();
  }
}

class PartDownload {
  readonly #file: PartialFile;
  readonly #tools: DownloadTools;
  readonly #report: Report;
  readonly #signal: AbortSignal;
  readonly #url: string;
  readonly #isLast: boolean;
  #restarts = 0;
  /** The most that any try had: a server that begins again each time brings nothing new. */
  #furthest: number;

  constructor(file: PartialFile, tools: DownloadTools, report: Report, signal: AbortSignal) {
    this.#file = file;
    this.#tools = tools;
    this.#report = report;
    this.#signal = signal;
    this.#url = file.request.urls[file.part]!;
    this.#isLast = file.part === file.request.urls.length - 1;
    this.#furthest = file.partBytes;
  }

  async run(): Promise<void> {
    for (let vainTries = 0; ; ) {
      const before = this.#furthest;
      this.#tell('connecting');
      try {
        if (await this.#try()) return;
      } catch (error) {
        if (!(error instanceof Interruption)) throw error;
        this.#furthest = Math.max(this.#furthest, this.#file.partBytes);
        vainTries = this.#furthest > before ? 0 : vainTries + 1;
        if (vainTries >= MAX_VAIN_TRIES) throw this.#failed(error.message);
        this.#tell('connecting');
        await this.#tools.sleep(FIRST_WAIT_MS * 2 ** Math.max(vainTries - 1, 0), this.#signal);
      }
    }
  }

  /** @returns whether the part is whole; false where it has to begin again */
  async #try(): Promise<boolean> {
    const file = this.#file;
    // Nobody would notice that the rest is that of another file.
    if (file.partBytes > 0 && file.validator === undefined && !file.request.sha256) file.restartPart();
    const at = file.partBytes;
    const rest = await requestRest(this.#tools.fetch, this.#url, at, this.#signal);
    if (!rest) return this.#beginAgain();
    if (at > 0 && rest.at === 0) file.restartPart();
    const changed = file.validator !== undefined && rest.validator !== file.validator;
    if (rest.at !== file.partBytes || (file.partBytes > 0 && changed)) {
      rest.cancel();
      return this.#beginAgain();
    }
    file.validator = rest.validator;
    await this.#prepare(rest);
    for await (const chunk of rest.chunks) {
      await file.write(chunk);
      this.#tell('download');
      if (rest.totalBytes !== undefined && file.partBytes > rest.totalBytes) {
        throw mismatch(`at least ${file.partBytes} bytes from`, this.#url, rest.totalBytes);
      }
      // Not cut any more behind its last byte: a server has nothing there to go on from.
      if (file.partBytes === rest.totalBytes) return true;
    }
    if (rest.totalBytes === undefined) return true;
    throw new Interruption(`the server sent ${file.partBytes} of ${rest.totalBytes} bytes`);
  }

  /** Sizes are checked, and room is asked for, before anything is loaded. */
  async #prepare({ totalBytes, cancel }: RestOfFile): Promise<void> {
    const file = this.#file;
    const { bytes } = file.request;
    try {
      if (totalBytes === undefined) return;
      const whole = file.bytes - file.partBytes + totalBytes;
      if (bytes !== undefined && (this.#isLast ? whole !== bytes : whole > bytes)) {
        throw mismatch(`${whole} bytes from`, this.#url, `${bytes} bytes in all`);
      }
      if (this.#isLast) file.totalBytes = whole;
      await checkRoom((bytes ?? whole) - file.bytes, this.#tools.estimate);
    } catch (error) {
      cancel();
      throw error;
    }
  }

  #beginAgain(): false {
    if (++this.#restarts > MAX_RESTARTS) throw this.#failed('the file changes while it is loaded');
    this.#file.restartPart();
    return false;
  }

  #tell(stage: 'connecting' | 'download'): void {
    this.#report(stage, this.#file.bytes, this.#file.totalBytes);
  }

  #failed(why: string): EngineError {
    return new EngineError(
      'model-fetch-failed',
      `The model at ${this.#url} could not be loaded: ${why}; got ${this.#file.bytes} bytes, expected ${this.#file.totalBytes ?? 'more'}.`,
      {
        hint: 'Check the connection, the address and the CORS headers of the server, and load it again: what came is kept.',
      },
    );
  }
}
