/** Mixes 32 bits so that each input bit changes about half of the output. @source MurmurHash3, fmix32 */
function mix(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * Draw `n` of the sequence of `seed`, uniform in [0, 1) in steps of 2^-32; it depends on nothing else, so a replay may
 * begin anywhere. Both are unsigned 32-bit.
 * @source Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", for a hash of a counter in place of a state
 */
export function randomAt(seed: number, n: number): number {
  return mix(seed ^ mix((n + 0x9e3779b9) >>> 0)) / 2 ** 32;
}
