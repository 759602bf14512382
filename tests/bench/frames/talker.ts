/** A character that is asked again as soon as it has answered. */
import type { NpcDialogue } from '../../../plugin/index.js';

export class Talker {
  /** Lines of the model so far. */
  answers = 0;
  readonly #npc: NpcDialogue;
  readonly #questions: readonly string[];
  #asked = 0;

  constructor(npc: NpcDialogue) {
    this.#npc = npc;
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
    const { source } = await this.#npc.ask(this.#questions[this.#asked++ % this.#questions.length]!);
    if (source === 'model') this.answers++;
  }
}
