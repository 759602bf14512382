/** Writes the golden files with llama.cpp; see README.md. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load_vocab } from '@lenml/llama2-tokenizer-vocab-llama2';
import { llama, model, sequence, write as writeGolden } from './llama.mjs';
import { llama2Gguf } from './llama2-gguf.mjs';
import { PROMPTS, PROSE, TEXTS } from './texts.mjs';

const GREEDY_TOKENS = 64;
const TOP = 64;

await write('token-ids-parley.json', {
  texts: TEXTS,
  ids: TEXTS.map((text) => [...model.tokenize(text, false)]),
});

const greedy = [];
for (const prompt of PROMPTS) greedy.push(await continueGreedily(prompt));
await write('greedy-parley.json', { talks: greedy });

const ids = [...model.tokenize(PROSE, false)];
await sequence.clearHistory();
const outputs = await sequence.controlledEvaluate(
  ids.map((id) => [
    id,
    {
      generateNext: {
        logits: { filter: { tokens: [], includeTop: TOP, includeMax: true } },
        totalLogitWeight: true,
      },
    },
  ]),
);
await write('next-token-parley.json', { ids, top: outputs.map((output) => logProbabilities(output)) });

const file = join(await mkdtemp(join(tmpdir(), 'golden-')), 'llama2.gguf');
await writeFile(file, llama2Gguf(load_vocab()));
const vocabulary = await llama.loadModel({ modelPath: file, vocabOnly: true });
await write('token-ids-llama2.json', {
  texts: TEXTS,
  ids: TEXTS.map((text) => [...vocabulary.tokenize(text, false)]),
});
process.exit(0);

async function continueGreedily(prompt) {
  const promptIds = [...model.tokenize(prompt, true)];
  await sequence.clearHistory();
  const margins = [];
  const tokens = [];
  let input = promptIds;
  for (let step = 0; step < GREEDY_TOKENS; step++) {
    const last = input.length - 1;
    const outputs = await sequence.controlledEvaluate(
      input.map((id, i) =>
        i < last
          ? id
          : [id, { generateNext: { logits: { filter: { tokens: [], includeTop: 2, includeMax: true } } } }],
      ),
    );
    const [best, second] = [...outputs[last].next.logits].sort((a, b) => b[1] - a[1]);
    tokens.push(best[0]);
    margins.push(Number((best[1] - second[1]).toFixed(4)));
    input = [best[0]];
  }
  return { prompt, ids: promptIds, greedy: tokens, margin: margins };
}

/** [token, log-probability] of the most likely tokens. */
function logProbabilities({ next }) {
  const top = [...next.logits].sort((a, b) => b[1] - a[1]).slice(0, TOP);
  const logTotal = Math.log(next.totalLogitWeight) + top[0][1];
  return top.map(([token, logit]) => [token, Number((logit - logTotal).toFixed(4))]);
}

function write(name, content) {
  return writeGolden('generate.mjs', name, content);
}
