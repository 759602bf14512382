/** The lines of one character: one at a time, each in place of the one before. */
import type { UtteranceResult } from './api.js';
import { NEUTRAL } from './emotions.js';
import { tell } from './tell.js';
import { UtteranceStream } from './utterance.js';

/** Speaks a line into its stream; the signal says that enough of it was heard. */
export type SpeakLine = (stream: UtteranceStream, signal: AbortSignal) => Promise<UtteranceResult>;

interface SpokenLine {
  readonly stream: UtteranceStream;
  readonly ended: Promise<void>;
}

export class Speech {
  #line: SpokenLine | undefined;

  get speaking(): boolean {
    return this.#line !== undefined;
  }

  /** Resolves when the line that is being spoken ends; at once where there is none. */
  get ended(): Promise<void> {
    return this.#line?.ended ?? Promise.resolve();
  }

  /** Ends the line that is being spoken where it stands. */
  interrupt(): void {
    this.#line?.stream.interrupt();
  }

  /**
   * Interrupts the line that is being spoken; `speak` runs once that one has ended. A line that fails ends in silence.
   * @param signal the caller's own: rejects the utterance
   */
  begin(speak: SpeakLine, signal: AbortSignal | undefined): UtteranceStream {
    const before = this.#line;
    before?.stream.interrupt();
    const abort = new AbortController();
    const stream = new UtteranceStream(() => abort.abort());
    const interrupt = () => abort.abort();
    signal?.addEventListener('abort', interrupt, { once: true });
    if (signal?.aborted) abort.abort();
    const run = async () => {
      await before?.ended;
      const result = await speak(stream, abort.signal);
      if (signal?.aborted) stream.fail(signal.reason);
      else stream.finish(result);
    };
    const ended = run()
      .catch((error: unknown) => {
        tell('error', 'a line failed.', error);
        stream.finish({ text: '', emotion: NEUTRAL, source: 'fallback', finish: 'interrupted' });
      })
      .finally(() => {
        signal?.removeEventListener('abort', interrupt);
        if (this.#line === line) this.#line = undefined;
      });
    const line: SpokenLine = { stream, ended };
    this.#line = line;
    return stream;
  }
}
