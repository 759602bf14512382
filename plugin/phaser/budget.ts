import type { Grant } from '../../engine/index.js';
import type { Budget } from './options.js';

export const DEFAULT_BUDGET: Budget = {
  decodeTokens: Number.POSITIVE_INFINITY,
  prefillTokens: Number.POSITIVE_INFINITY,
  ms: 'adaptive',
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
    if (key === 'ms' && value === 'adaptive') continue;
    if (typeof value !== 'number' || !(value >= 0)) {
      const adaptive = key === 'ms' ? " or 'adaptive'" : '';
      throw new RangeError(`budget.${key}: got ${value}, expected a number of at least 0${adaptive}`);
    }
  }
  return merged;
}

/**
 * The most that one step may grant, in milliseconds.
 * @param stepMs interval between steps; 0 (the first step) counts as 60 Hz
 */
export function mostMs(stepMs: number): number {
  return (stepMs > 0 ? stepMs : USUAL_STEP_MS) * LARGEST_SHARE;
}

/**
 * The grant of one game step.
 * @param adaptiveMs what the `'adaptive'` mode grants now
 */
export function grantFor(
  frame: number,
  budget: Budget,
  stepMs: number,
  adaptiveMs: number,
  runnable: readonly string[],
): Grant {
  const { decodeTokens, prefillTokens, ms } = budget;
  const wanted = ms === 'adaptive' ? adaptiveMs : ms;
  return { frame, decodeTokens, prefillTokens, ms: Math.min(wanted, mostMs(stepMs)), runnable };
}

/** The grant that stops all spending. */
export function emptyGrant(frame: number): Grant {
  return { frame, decodeTokens: 0, prefillTokens: 0, ms: 0, runnable: [] };
}
