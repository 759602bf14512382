/** From rounds to medians, spreads and ratios. */

/**
 * @param {import('./measure.mjs').Entrant} entrant
 * @param {(values: readonly number[]) => number} median
 */
export function summary({ rounds, promptTokens }, median) {
  const prefill = rounds.map((round) => round.prefill);
  const decode = rounds.map((round) => round.decode);
  return {
    prefill: rounded(median(prefill)),
    decode: rounded(median(decode)),
    /** Slowest and fastest round. */
    spread: { prefill: range(prefill), decode: range(decode) },
    promptTokens: range(promptTokens),
  };
}

/** @typedef {ReturnType<typeof summary> | { error: string }} Result */

/**
 * How many times as fast as each peer Parley is.
 * @param {Record<string, Result>} engines
 */
export function ratios(engines) {
  const { parley, ...peers } = engines;
  /** @type {Record<string, { prefill: number, decode: number }>} */
  const out = {};
  if (!parley || 'error' in parley) return out;
  for (const [name, peer] of Object.entries(peers)) {
    if ('error' in peer) continue;
    out[name] = {
      prefill: rounded(parley.prefill / peer.prefill),
      decode: rounded(parley.decode / peer.decode),
    };
  }
  return out;
}

/**
 * One row an engine, for the terminal.
 * @param {Record<string, Result>} engines
 * @param {ReturnType<typeof ratios>} times
 */
export function rows(engines, times) {
  return Object.fromEntries(
    Object.entries(engines).map(([name, result]) => {
      if ('error' in result) return [name, { error: result.error }];
      const { prefill, decode, spread } = result;
      return [
        name,
        {
          'prefill tok/s': prefill,
          'prefill spread': spread.prefill.join('–'),
          'decode tok/s': decode,
          'decode spread': spread.decode.join('–'),
          ...(times[name]
            ? { 'Parley prefill': `${times[name].prefill} ×`, 'Parley decode': `${times[name].decode} ×` }
            : {}),
        },
      ];
    }),
  );
}

/** @param {readonly number[]} values */
function range(values) {
  return [rounded(Math.min(...values)), rounded(Math.max(...values))];
}

/**
 * Three digits, so that a ratio and a slow engine keep theirs.
 * @param {number} value
 */
function rounded(value) {
  return Number(value.toPrecision(3));
}
