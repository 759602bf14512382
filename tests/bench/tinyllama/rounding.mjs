/**
 * How far two right engines may stand apart on random weights, from what each of them rounds.
 *
 * All errors are shares of the deviation of what is rounded. Rounding to codes in ±127 of the largest of n values has
 * steps of largest / 127 and errors of step / sqrt(12). Errors of different places are independent, so squares add up,
 * and a matrix of random weights hands the relative error of its input on to its output.
 */
import { LOGIT_DEVIATION } from './tinyllama.mjs';

/** @param {number} largest value among those that share a scale, in deviations */
const eightBits = (largest) => largest / 127 / Math.sqrt(12);

/** Of activations that are roughly normal, in blocks of 32: the expected largest is 2.4 deviations. */
const ACTIVATIONS = eightBits(2.4);
/** Of silu(gate) * up, whose tails are heavier. */
const PRODUCTS = eightBits(4.2);
/** Of keys and values, by head: the expected largest of 64. */
const KEYS_AND_VALUES = eightBits(2.65);
/** Of uniform weights of the types that our engine repacks to 8 bits. */
const REPACKED_WEIGHTS = eightBits(Math.sqrt(3));

/** llama.cpp rounds activations to f16 or bf16 or 8 bits by the type of the weights; k-quants by blocks of 256. */
const THEIR_ACTIVATIONS = { F32: 0, F16: 2 ** -12, BF16: 2 ** -9.5, k: eightBits(3), block: ACTIVATIONS };
const THEIR_PRODUCTS = { F32: 0, F16: 2 ** -12, BF16: 2 ** -9.5, k: eightBits(6.5), block: PRODUCTS };

/** Square of what silu(g) * u of normal g and u adds to the residual, and how often it depends on its input: gate and up. */
const FEED_FORWARD_SHARE = 0.355;
const FEED_FORWARD_INPUTS = 2;

/** What the estimate leaves out (tails, softmax, scales of f16, one position unlike another) stays below these factors. */
const MEAN_MARGIN = 2;
const LARGEST_MARGIN = 6;

/**
 * Bounds of the KL divergence in nats.
 * @param {import('./random-blocks.mjs').TypeName} type of most matrices
 * @param {number} layers
 * @param {number} positions
 * @returns {{ expectedKl: number, meanKl: number, largestKl: number }} the mean that rounding gives, and bounds
 */
export function divergenceBounds(type, layers, positions) {
  const kind =
    type === 'F32' || type === 'F16' || type === 'BF16' ? type : type.endsWith('_K') ? 'k' : 'block';
  const weights = kind === 'k' || kind === 'block' ? 0 : REPACKED_WEIGHTS ** 2;
  const errors = {
    weights,
    input: ACTIVATIONS ** 2 + THEIR_ACTIVATIONS[kind] ** 2 + weights,
    product: PRODUCTS ** 2 + THEIR_PRODUCTS[kind] ** 2 + weights,
  };
  let sum = 0;
  for (let position = 0; position < positions; position++) sum += expectedAt(position, layers, errors);
  const expectedKl = sum / positions;
  return { expectedKl, meanKl: MEAN_MARGIN * expectedKl, largestKl: LARGEST_MARGIN * expectedKl };
}

/**
 * @param {number} position
 * @param {number} layers
 * @param {Record<'weights' | 'input' | 'product', number>} errors squares, of both engines together
 */
function expectedAt(position, layers, { weights, input, product }) {
  // Attention averages values; with softmax weights of normal scores their squares sum to e / positions.
  const share = Math.min(1, Math.E / (position + 1));
  // It depends on values, and the more positions there are to choose from on queries and keys.
  const choice = 1 - share;
  const inputs = 1 + 2 * choice;
  const attentionError = inputs * input + (1 + choice) * KEYS_AND_VALUES ** 2 + input;
  const feedForwardError = FEED_FORWARD_INPUTS * input + product;
  // Squares of the residual and of its error; the embedding is a matrix too.
  let size = 1;
  let error = weights;
  for (let layer = 0; layer < layers; layer++) {
    error += share * ((inputs * error) / size + attentionError);
    size += share;
    error += FEED_FORWARD_SHARE * ((FEED_FORWARD_INPUTS * error) / size + feedForwardError);
    size += FEED_FORWARD_SHARE;
  }
  // Logits that stand off by independent e have a divergence of half the square of e.
  return (LOGIT_DEVIATION ** 2 * (error / size + input)) / 2;
}
