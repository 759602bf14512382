/** A character that is asked again a moment after it has answered: nobody speaks in the frame that an answer ends in. */
import type { NpcDialogue } from '../../../plugin/index.js';
import type { MainThreadWork } from './main-thread-work.js';

const PAUSE_MS = 100;

export class Talker {
  /** Lines of the model so far. */
  answers = 0;
  readonly #npc: NpcDialogue;
  readonly #work: MainThreadWork;
  readonly #questions: readonly string[];
  #asked = 0;

  constructor(npc: NpcDialogue, work: MainThreadWork) {
    this.#npc = npc;
    this.#work = work;
    this.#questions = npc.choices().map(({ text }) => text);
  }

  /** Begins to talk. The function returned ends it behind the answer in hand, and takes the bubble away. */
  talk(): () => Promise<void> {
    let stopped = false;
    const ended = (async () => {
      while (!stopped) await this.#ask();
    })();
    return async () => {
      stopped = true;
      await ended;
      this.#npc.view?.clear();
    };
  }

  async #ask(): Promise<void> {
    const question = this.#questions[this.#asked++ % this.#questions.length]!;
    const { source } = await this.#work.count(() => this.#npc.ask(question));
    if (source === 'model') this.answers++;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
