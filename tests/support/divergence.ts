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
  let best = Number.NEGATIVE_INFINITY;
  for (const logit of logits) best = Math.max(best, logit);
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - best);
  return Math.log(sum) + best;
}
