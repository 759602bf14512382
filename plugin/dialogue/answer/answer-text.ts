/** What of an answer may be shown, and when: sentence by sentence, then word by word. */
import { type GateRules, SentenceGate } from './sentence-gate.js';
import { type Release, type ReleaseRules, WordRelease } from './word-release.js';

export class AnswerText {
  readonly #gate: SentenceGate;
  readonly #release: WordRelease;

  constructor(rules: ReleaseRules & GateRules) {
    this.#gate = new SentenceGate(rules);
    this.#release = new WordRelease(rules);
  }

  /** No more text will be shown. */
  get closed(): boolean {
    return this.#gate.closed;
  }

  push(text: string): Release {
    const { text: passed, repeated } = this.#gate.push(text);
    if (repeated !== undefined) return { text: '', violation: repeated };
    const release = this.#release.push(passed);
    return this.closed ? joined(release, this.#release.end()) : release;
  }

  /** What is held, when no more comes. @param whole false: the answer was cut off */
  end(whole: boolean): Release {
    const { text: passed, repeated } = this.#gate.end();
    if (repeated !== undefined) return { text: '', violation: repeated };
    return joined(this.#release.push(passed), whole ? this.#release.end() : this.#release.cut());
  }
}

function joined(first: Release, second: Release): Release {
  return first.violation === undefined ? { ...second, text: first.text + second.text } : first;
}
