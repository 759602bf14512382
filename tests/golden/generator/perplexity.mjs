/** Writes what llama.cpp makes of the held-out texts; see README.md. */
import { HELD_OUT } from './held-out.mjs';
import { model, sequence, write } from './llama.mjs';

/** Positions of a window at most, as in tests/golden/bundled-llama.ts. */
const N_CTX = 1024;

const windows = [];
for (const { name, text } of HELD_OUT) {
  const ids = [...model.tokenize(text, true)].slice(0, N_CTX);
  windows.push({ name, text, ids, negativeLogLikelihoods: await negativeLogLikelihoods(ids) });
}
await write('perplexity.mjs', 'perplexity-parley.json', { windows });
process.exit(0);

/** -log p in nats of ids 1.., each behind all before it. */
async function negativeLogLikelihoods(ids) {
  await sequence.clearHistory();
  const outputs = await sequence.controlledEvaluate(
    ids.slice(0, -1).map((id, i) => [
      id,
      {
        generateNext: {
          logits: { filter: { tokens: [ids[i + 1]], includeTop: 1, includeMax: true } },
          totalLogitWeight: true,
        },
      },
    ]),
  );
  return outputs.map(({ next }, i) => {
    const best = Math.max(...next.logits.values());
    const logTotal = Math.log(next.totalLogitWeight) + best;
    return Number((logTotal - next.logits.get(ids[i + 1])).toFixed(5));
  });
}
