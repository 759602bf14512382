/** Rounds of one talk with each engine in turn; only one engine computes at a time. */

const PROMPT_TOKENS = 128;
const DECODE_TOKENS = 64;
/** Short talks that warm up the engine and tell how many tokens a word has. */
const SHORT_WORDS = [8, 40];
const SHORT_TOKENS = 4;
/** An engine that needs longer for a talk has warmed up in the short ones. */
const WARM_UP_MS = 15_000;
/** A fast engine has several talks in a round, so that its round is not over in a blink. */
const ROUND_MS = 2000;

/**
 * @typedef {object} Figures tokens a second
 * @property {number} prefill
 * @property {number} decode
 */

/**
 * @typedef {object} Entrant
 * @property {string} name
 * @property {import('./peers.mjs').RunningPeer} peer
 * @property {number} words of a prompt of about PROMPT_TOKENS tokens
 * @property {Figures[]} rounds
 * @property {number[]} promptTokens
 */

/**
 * @param {string} name
 * @param {import('./peers.mjs').RunningPeer} peer with its model loaded
 * @param {(count: number, seed: number) => string} words
 * @returns {Promise<Entrant>}
 */
export async function warmUp(name, peer, words) {
  const [few, some] = SHORT_WORDS;
  const first = await peer.run(prompt(words(few, 1)), SHORT_TOKENS);
  const second = await peer.run(prompt(words(some, 2)), SHORT_TOKENS);
  const tokensPerWord = (second.promptTokens - first.promptTokens) / (some - few);
  const count = some + Math.round((PROMPT_TOKENS - second.promptTokens) / tokensPerWord);
  const entrant = { name, peer, words: count, rounds: [], promptTokens: [] };
  const { prefill, decode } = figures(second);
  if ((PROMPT_TOKENS / prefill + DECODE_TOKENS / decode) * 1000 < WARM_UP_MS) {
    await peer.run(prompt(words(count, 3)), DECODE_TOKENS);
  }
  return entrant;
}

/**
 * Adds one round to each entrant.
 * @param {readonly Entrant[]} entrants
 * @param {(count: number, seed: number) => string} words
 * @param {number} round
 */
export async function runRound(entrants, words, round) {
  for (const entrant of entrants) {
    const total = { prefilledTokens: 0, prefillMs: 0, decodeSteps: 0, decodeMs: 0 };
    for (let talk = 0; total.prefillMs + total.decodeMs < ROUND_MS; talk++) {
      const seed = (round + 1) * 1000 + talk;
      const sample = await entrant.peer.run(prompt(words(entrant.words, seed)), DECODE_TOKENS);
      total.prefilledTokens += sample.prefilledTokens;
      total.prefillMs += sample.prefillMs;
      total.decodeSteps += sample.decodeSteps;
      total.decodeMs += sample.decodeMs;
      entrant.promptTokens.push(sample.promptTokens);
    }
    entrant.rounds.push(figures(total));
  }
}

/** @param {string} words */
function prompt(words) {
  return `${words}. Tell me a long story about all of these.`;
}

/**
 * @param {Omit<import('./pages/peer.js').Sample, 'promptTokens'>} sample
 * @returns {Figures}
 */
function figures({ prefilledTokens, prefillMs, decodeSteps, decodeMs }) {
  return {
    prefill: (prefilledTokens / prefillMs) * 1000,
    decode: (decodeSteps / decodeMs) * 1000,
  };
}
