/** How far our next-token distribution stands from that of llama.cpp. */

/** Tokens and their log-probabilities in nats. */
export type TopTokens = readonly (readonly [token: number, logProbability: number])[];

/** KL(llama.cpp || ours) in nats over the listed tokens, and the rest of the mass as one more outcome. */
export function divergence(top: TopTokens, logits: Float32Array): number {
  const logTotal = logSumOfExponents(logits);
  let kl = 0;
  let restTheirs = 1;
  let restOurs = 1;
  for (const [token, logP] of top) {
    const logQ = logits[token]! - logTotal;
    kl += Math.exp(logP) * (logP - logQ);
    restTheirs -= Math.exp(logP);
    restOurs -= Math.exp(logQ);
  }
  if (restTheirs > 1e-6) kl += restTheirs * Math.log(restTheirs / Math.max(restOurs, 1e-9));
  return kl;
}

/** What to subtract from logits to get log-probabilities in nats. */
export function logSumOfExponents(logits: Float32Array): number {
  const best = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - best), 0)) + best;
}
