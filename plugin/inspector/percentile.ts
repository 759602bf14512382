/**
 * The nearest rank: the smallest value that at least a share of all do not exceed.
 * @param sorted ascending
 * @param share 0 to 1
 * @returns 0 where there are no values
 */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return 0;
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}
