/** What the last answers of a character were and took: for tools beside the game; not saved. */
import type { UtteranceResult } from './api.js';
import type { ChosenFact } from './prompt/chosen-fact.js';

const MAX_REPORTS = 12;

export interface AnswerReport extends UtteranceResult {
  /** The line that was answered. */
  readonly said: string;
  /** What stood before it, and why; none where the model was not asked. */
  readonly facts: readonly ChosenFact[];
  /** Tokens that the model wrote. */
  readonly tokens: number;
  /** From the line to the first token and to the first word that was shown; absent where there was none. */
  readonly firstTokenMs?: number;
  readonly firstWordMs?: number;
  /** From the line to the end of the answer, typing left out. */
  readonly totalMs: number;
}

/** An answer on its way. */
export class OpenReport {
  facts: readonly ChosenFact[] = [];
  tokens = 0;
  readonly #startMs = performance.now();
  #firstTokenMs: number | undefined;
  #firstWordMs: number | undefined;

  firstToken(): void {
    this.#firstTokenMs ??= this.#elapsedMs;
  }

  firstWord(): void {
    this.#firstWordMs ??= this.#elapsedMs;
  }

  close(said: string, result: UtteranceResult): AnswerReport {
    return {
      ...result,
      said,
      facts: this.facts,
      tokens: this.tokens,
      ...(this.#firstTokenMs === undefined ? {} : { firstTokenMs: this.#firstTokenMs }),
      ...(this.#firstWordMs === undefined ? {} : { firstWordMs: this.#firstWordMs }),
      totalMs: this.#elapsedMs,
    };
  }

  get #elapsedMs(): number {
    return performance.now() - this.#startMs;
  }
}

export class AnswerLog {
  #reports: readonly AnswerReport[] = [];

  /** The oldest first. */
  get reports(): readonly AnswerReport[] {
    return this.#reports;
  }

  /** Keeps what comes of an answer; one that throws is not kept. */
  async record(
    said: string,
    answer: (report: OpenReport) => Promise<UtteranceResult>,
  ): Promise<UtteranceResult> {
    const report = new OpenReport();
    const result = await answer(report);
    this.#reports = [...this.#reports, report.close(said, result)].slice(-MAX_REPORTS);
    return result;
  }
}
