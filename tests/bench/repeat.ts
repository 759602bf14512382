/** Repeats of one measurement, after it has warmed up. */
import { type Figure, figureOf } from './samples.js';

const WARM_UPS = 2;
const REPEATS = 5;
/** A model that needs longer for a round has warmed up in one, and shows its spread in three. */
const SLOW_MS = 4000;

/** @param measure takes the number of the round: each one needs a prompt of its own */
export async function repeat<K extends string>(
  measure: (round: number) => Promise<Record<K, number>>,
): Promise<Record<K, Figure>> {
  const startMs = performance.now();
  await measure(0);
  const slow = performance.now() - startMs > SLOW_MS;
  for (let round = 1; round < (slow ? 1 : WARM_UPS); round++) await measure(round);
  const rounds: Record<K, number>[] = [];
  for (let round = 0; round < (slow ? 3 : REPEATS); round++) rounds.push(await measure(WARM_UPS + round));
  const keys = Object.keys(rounds[0]!) as K[];
  const figures = keys.map((key) => [key, figureOf(rounds.map((values) => values[key]))]);
  return Object.fromEntries(figures) as Record<K, Figure>;
}
