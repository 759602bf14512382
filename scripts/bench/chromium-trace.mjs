/** What a page marked (`performance.mark`), with the processor time of its thread: no page can read that itself. */
const CATEGORY = 'blink.user_timing';
const END = '\0';

/**
 * @typedef {object} TracedMark
 * @property {string} name
 * @property {number} atMs
 * @property {number} cpuMs processor time of the thread until then
 */

/** Chromium's tracing, over the pipes of `--remote-debugging-pipe`: file descriptors 3 and 4 of the process. */
export class ChromiumTrace {
  /** @type {import('node:stream').Writable} */
  #out;
  #buffer = '';
  #nextId = 1;
  /** @type {TracedMark[]} */
  #marks = [];
  /** @type {() => void} */
  #onComplete = () => undefined;

  /** @param {import('node:child_process').ChildProcess} child */
  constructor(child) {
    const [, , , out, input] = child.stdio;
    this.#out = /** @type {import('node:stream').Writable} */ (out);
    /** @type {import('node:stream').Readable} */ (input).setEncoding('utf8').on('data', (text) => {
      this.#buffer += text;
      const messages = this.#buffer.split(END);
      this.#buffer = messages.pop() ?? '';
      for (const message of messages) this.#receive(JSON.parse(message));
    });
    this.#send('Tracing.start', { traceConfig: { includedCategories: [CATEGORY] } });
  }

  /** @returns {Promise<TracedMark[]>} in the order of the page */
  async end() {
    const complete = new Promise((resolve) => {
      this.#onComplete = () => resolve(undefined);
    });
    this.#send('Tracing.end');
    await complete;
    return this.#marks.sort((a, b) => a.atMs - b.atMs);
  }

  /** @param {string} method @param {object} [params] */
  #send(method, params = {}) {
    this.#out.write(JSON.stringify({ id: this.#nextId++, method, params }) + END);
  }

  /** @param {{ method?: string, params?: any }} message */
  #receive({ method, params }) {
    if (method === 'Tracing.tracingComplete') this.#onComplete();
    if (method !== 'Tracing.dataCollected') return;
    for (const { cat, name, ts, tts } of params.value) {
      if (cat === CATEGORY && tts !== undefined) {
        this.#marks.push({ name, atMs: ts / 1000, cpuMs: tts / 1000 });
      }
    }
  }
}
