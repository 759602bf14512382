import type { EnginePort } from '../../engine-port.js';

/** A talk has far fewer texts at a time; beyond it all are asked for again. */
const MAX_TEXTS = 256;

/** Token counts of texts, each asked for once: the messages of a talk never change. */
export class TokenCounts {
  #counts = new Map<string, number>();
  #port: EnginePort | undefined;

  /** @throws EngineError as `EnginePort.countTokens` */
  async of(port: EnginePort, texts: readonly string[]): Promise<number[]> {
    // Counts of another model are of no use.
    if (port !== this.#port || this.#counts.size > MAX_TEXTS) this.#counts = new Map();
    this.#port = port;
    const counts = this.#counts;
    const unknown = [...new Set(texts)].filter((text) => !counts.has(text));
    const fresh = unknown.length > 0 ? await port.countTokens(unknown) : [];
    unknown.forEach((text, i) => {
      counts.set(text, fresh[i]!);
    });
    return texts.map((text) => counts.get(text)!);
  }
}
