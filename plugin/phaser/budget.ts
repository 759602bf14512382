import type { Grant } from '../../engine/index.js';
import type { Budget } from './options.js';

export const DEFAULT_BUDGET: Budget = {
  decodeTokens: Number.POSITIVE_INFINITY,
  prefillTokens: Number.POSITIVE_INFINITY,
  ms: 8,
};

/** The worker shares its core with the page on small machines: the rest of the step stays free. */
const LARGEST_SHARE = 0.6;
const USUAL_STEP_MS = 1000 / 60;

/**
 * Merges a change into a budget.
 * @throws RangeError when a value is not a number of at least 0
 */
export function withBudget(budget: Budget, change: Partial<Budget>): Budget {
  const merged = { ...budget, ...change };
  for (const key of ['decodeTokens', 'prefillTokens', 'ms'] as const) {
    const value = merged[key];
    if (typeof value !== 'number' || !(value >= 0)) {
      throw new RangeError(`budget.${key}: got ${value}, expected a number of at least 0`);
    }
  }
  return merged;
}

/**
 * The grant of one game step.
 * @param stepMs interval between steps; 0 (the first step) counts as 60 Hz
 */
export function grantFor(frame: number, budget: Budget, stepMs: number, runnable: readonly string[]): Grant {
  const interval = stepMs > 0 ? stepMs : USUAL_STEP_MS;
  return {
    frame,
    decodeTokens: budget.decodeTokens,
    prefillTokens: budget.prefillTokens,
    ms: Math.min(budget.ms, interval * LARGEST_SHARE),
    runnable,
  };
}

/** The grant that stops all spending. */
export function emptyGrant(frame: number): Grant {
  return { frame, decodeTokens: 0, prefillTokens: 0, ms: 0, runnable: [] };
}
