import { type ParseArgsConfig, parseArgs } from 'node:util';
import { MAX_THREADS } from '../engine/host.js';
import { UsageError } from './usage-error.js';

/** Options of commands that run a model. */
export const MODEL_OPTIONS = {
  model: { type: 'string', multiple: true },
  threads: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Options = NonNullable<ParseArgsConfig['options']>;

/** @throws UsageError an option that the command does not have */
export function parseArguments<const O extends Options>(
  args: readonly string[],
  options: O,
  usage: string,
): ReturnType<typeof parseArgs<{ args: string[]; allowPositionals: true; options: O }>> {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), usage);
  }
}

/** @throws UsageError not a whole number from 1 to 16 */
export function threadsOf(value: string | undefined, usage: string): number {
  const threads = Number(value ?? 1);
  if (Number.isInteger(threads) && threads >= 1 && threads <= MAX_THREADS) return threads;
  throw new UsageError(`Got --threads ${value}; expected a whole number from 1 to ${MAX_THREADS}.`, usage);
}

/** @throws UsageError not a whole number from 0 to 4294967295 */
export function seedOf(value: string | undefined, usage: string): number | undefined {
  if (value === undefined) return undefined;
  const seed = value === '' ? Number.NaN : Number(value);
  if (Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff) return seed;
  throw new UsageError(`Got --seed ${value}; expected a whole number from 0 to ${0xffffffff}.`, usage);
}
