/**
 * What the plugin costs the main thread, measured from outside: its listeners and message handlers are wrapped. By the
 * clock here; where the browser is traced, its marks tell processor time (`scripts/bench/work-time.mjs`).
 */
import type * as Phaser from 'phaser';
import { median } from '../samples.js';

/** Names of the marks; `scripts/bench/work-time.mjs` reads them. */
export const MARKS = {
  begin: 'work-begin',
  end: 'work-end',
  /** An end that waited for promises. */
  settled: 'work-settled',
  /** Two of these stand around nothing, and around the waiting for no promises. */
  nothing: 'work-nothing',
  waiting: 'work-waiting',
  frame: 'work-frame',
} as const;
/** Promises that follow one another behind a message are counted up to this depth. */
const LINKS = 100;
const CALIBRATIONS = 200;

type Listener = (this: unknown, ...args: never[]) => unknown;

export class MainThreadWork {
  #ms = 0;
  #depth = 0;
  /** What waiting for microtasks costs by itself. */
  #emptyMs = 0;

  /** Milliseconds since the last call. */
  take(): number {
    const ms = this.#ms;
    this.#ms = 0;
    return ms;
  }

  /** Counts handlers that are from now on set on message ports, and the promises that they set off. */
  async watchPorts(): Promise<void> {
    const samples: number[] = [];
    for (let i = 0; i < CALIBRATIONS; i++) {
      await new Promise((resolve) => setTimeout(resolve));
      performance.mark(MARKS.nothing);
      performance.mark(MARKS.nothing);
      performance.mark(MARKS.waiting);
      await settled();
      performance.mark(MARKS.waiting);
      const startMs = performance.now();
      await settled();
      samples.push(performance.now() - startMs);
    }
    this.#emptyMs = median(samples);
    const { prototype } = MessagePort;
    const { set } = Object.getOwnPropertyDescriptor(prototype, 'onmessage')!;
    const counted = (handler: Listener) => this.#withPromises(handler);
    Object.defineProperty(prototype, 'onmessage', {
      set(handler: Listener | null) {
        set!.call(this, handler && counted(handler));
      },
    });
    const { addEventListener } = prototype;
    prototype.addEventListener = function (type: string, handler: unknown, options?: unknown) {
      const listener = type === 'message' ? counted(handler as Listener) : handler;
      addEventListener.call(this, type, listener as EventListener, options as AddEventListenerOptions);
    };
  }

  /** Counts the listeners that `work` adds to these emitters. */
  watchListeners<T>(emitters: readonly Phaser.Events.EventEmitter[], work: () => T): T {
    for (const emitter of emitters) {
      const { on, once } = emitter;
      emitter.on = (event, listener, context) =>
        on.call(emitter, event, this.#counted(listener as Listener), context);
      emitter.once = (event, listener, context) =>
        once.call(emitter, event, this.#counted(listener as Listener), context);
    }
    try {
      return work();
    } finally {
      for (const emitter of emitters) {
        Reflect.deleteProperty(emitter, 'on');
        Reflect.deleteProperty(emitter, 'once');
      }
    }
  }

  #counted(listener: Listener): Listener {
    const work = this;
    return function (...args) {
      const end = work.#begin();
      try {
        return listener.apply(this, args);
      } finally {
        end(MARKS.end);
      }
    };
  }

  /** Counts what is called, and the promises that it sets off. */
  count<T>(call: () => T): T {
    const end = this.#begin();
    try {
      return call();
    } finally {
      void settled().then(() => end(MARKS.settled));
    }
  }

  #withPromises(handler: Listener): Listener {
    const work = this;
    return function (...args) {
      return work.count(() => handler.apply(this, args));
    };
  }

  /** One call may stand in another: only the outermost counts. */
  #begin(): (mark: string) => void {
    if (this.#depth === 0) performance.mark(MARKS.begin);
    const startMs = performance.now();
    this.#depth++;
    return (mark) => {
      if (--this.#depth > 0) return;
      const emptyMs = mark === MARKS.settled ? this.#emptyMs : 0;
      this.#ms += Math.max(0, performance.now() - startMs - emptyMs);
      performance.mark(mark);
    };
  }
}

/** Resolves behind what microtasks set off, each in turn, up to LINKS of them. */
async function settled(): Promise<void> {
  for (let i = 0; i < LINKS; i++) await undefined;
}
