import type { Told } from '../dialogue/index.js';
import type { ParleyEvents } from './parley-events.js';

const MAX_PROBLEMS = 50;

/** Something that went wrong while the game went on. */
export interface Problem {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly level: 'warning' | 'error';
  /** The code of an `EngineError` or `DialogueError`, else what failed: `storage`, `internal`. */
  readonly code: string;
  /** With what was got and expected. */
  readonly message: string;
  /** The remedy, where one is known. */
  readonly hint?: string;
}

/** Keeps the last problems of a game, for tools that are opened behind them. */
export class ProblemLog {
  #problems: readonly Problem[] = [];

  /** The oldest first. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  add(problem: Omit<Problem, 'time'>): void {
    this.#problems = [...this.#problems, { ...problem, time: Date.now() }].slice(-MAX_PROBLEMS);
  }

  /** What a talk went on without. */
  told({ level, message, error }: Told): void {
    if (error === undefined) {
      this.add({ level, code: 'internal', message });
      return;
    }
    const problem = problemOf(error);
    this.add({ ...problem, level, message: `${message} ${problem.message}` });
  }

  modelFailed(error: Error): void {
    this.add({ level: 'error', ...problemOf(error) });
  }

  workerLost({ final, reason }: ParleyEvents['worker-lost'][0]): void {
    this.add({
      level: final ? 'error' : 'warning',
      code: 'worker-lost',
      message: `The engine worker died: ${reason}.`,
      hint: final
        ? 'Characters go on with authored lines; reload the page.'
        : 'It is started again by itself.',
    });
  }

  personaFailed({ url, error }: ParleyEvents['persona-error'][0]): void {
    const problem = problemOf(error);
    this.add({ level: 'error', ...problem, message: `${url}: ${problem.message}` });
  }

  storageIs({ kind, writable }: ParleyEvents['storage'][0]): void {
    if (!writable) {
      this.add({
        level: 'warning',
        code: 'storage',
        message: 'Another tab of the game writes; what is said here stays in memory.',
        hint: 'Close the other tab: this one then saves.',
      });
    } else if (kind === 'memory') {
      this.add({
        level: 'warning',
        code: 'storage',
        message: 'Got no storage of the browser, expected the origin private file system or IndexedDB.',
        hint: 'What is said lasts as long as the page; offer saves as files (parley.save).',
      });
    }
  }
}

function problemOf(error: unknown): Pick<Problem, 'code' | 'message' | 'hint'> {
  if (!(error instanceof Error)) return { code: 'internal', message: String(error) };
  const { code, hint } = error as { readonly code?: unknown; readonly hint?: unknown };
  return {
    code: typeof code === 'string' ? code : 'internal',
    message: error.message,
    ...(typeof hint === 'string' ? { hint } : {}),
  };
}
