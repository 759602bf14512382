/** The shape of a Llama model, from a GGUF file's metadata, checked against its tensors. */
import { EngineError } from '../protocol.js';
import type { GgufHeader, GgufValue } from './gguf-reader.js';

export interface ModelConfig {
  readonly architecture: string;
  readonly name: string;
  readonly dim: number;
  readonly hiddenDim: number;
  readonly nLayers: number;
  readonly nHeads: number;
  readonly nKvHeads: number;
  readonly headSize: number;
  readonly vocabSize: number;
  /** Longest context that the model was trained on, in tokens. */
  readonly nCtxTrain: number;
  readonly ropeBase: number;
  readonly normEpsilon: number;
  /** The output matrix is the embedding. */
  readonly tiedOutput: boolean;
}

const MAX_LAYERS = 512;
const MAX_DIM = 1 << 17;
const MAX_VOCAB = 1 << 20;
const MAX_HEAD_SIZE = 256;

/**
 * @throws EngineError unsupported-architecture: not `llama`, or a variant of it that this engine does not compute
 * @throws EngineError gguf-invalid: a value or tensor is missing or does not fit the rest
 */
export function readModelConfig(header: GgufHeader): ModelConfig {
  const { metadata } = header;
  const architecture = metadata.get('general.architecture');
  if (architecture !== 'llama') throw unsupported(`architecture ${String(architecture)}`, 'llama');
  const number = (key: string, max: number, fallback?: number) => readNumber(metadata, key, max, fallback);
  const size = (key: string, max: number, fallback?: number) => {
    const value = number(key, max, fallback);
    if (!Number.isInteger(value)) throw invalid(`${key} is ${value}; expected a whole number.`);
    return value;
  };
  const dim = size('llama.embedding_length', MAX_DIM);
  const nHeads = size('llama.attention.head_count', 1024);
  const nKvHeads = size('llama.attention.head_count_kv', nHeads, nHeads);
  const headSize = size('llama.attention.key_length', MAX_HEAD_SIZE, dim / nHeads);
  const tensors = new Map(header.tensors.map((tensor) => [tensor.name, tensor.dims]));
  const config: ModelConfig = {
    architecture,
    name: String(metadata.get('general.name') ?? 'unnamed'),
    dim,
    hiddenDim: size('llama.feed_forward_length', MAX_DIM),
    nLayers: size('llama.block_count', MAX_LAYERS),
    nHeads,
    nKvHeads,
    headSize,
    vocabSize: tensors.get('token_embd.weight')?.[1] ?? 0,
    nCtxTrain: size('llama.context_length', Number.MAX_SAFE_INTEGER),
    ropeBase: number('llama.rope.freq_base', Number.MAX_VALUE, 10_000),
    normEpsilon: number('llama.attention.layer_norm_rms_epsilon', 1),
    tiedOutput: !tensors.has('output.weight'),
  };
  checkVariant(metadata, config, tensors);
  if (nHeads % nKvHeads !== 0)
    throw invalid(`Got ${nHeads} heads over ${nKvHeads} KV heads; expected a multiple.`);
  if (headSize % 8 !== 0) throw unsupported(`head size ${headSize}`, 'a multiple of 8');
  checkShapes(config, tensors);
  return config;
}

function readNumber(
  metadata: ReadonlyMap<string, GgufValue>,
  key: string,
  max: number,
  fallback: number | undefined,
): number {
  const value = metadata.get(key) ?? fallback;
  if (typeof value === 'number' && value > 0 && value <= max) return value;
  throw invalid(`${key} is ${String(value ?? 'missing')}; expected a number above 0, at most ${max}.`);
}

/** Variants of `llama` that need other arithmetic are refused, not computed wrongly. */
function checkVariant(
  metadata: ReadonlyMap<string, GgufValue>,
  config: ModelConfig,
  tensors: ReadonlyMap<string, readonly number[]>,
): void {
  const experts = metadata.get('llama.expert_count') ?? 0;
  if (experts !== 0) throw unsupported(`${String(experts)} experts`, 'a dense model');
  const scaling = metadata.get('llama.rope.scaling.type') ?? 'none';
  const factor = metadata.get('llama.rope.scaling.factor') ?? metadata.get('llama.rope.scale_linear') ?? 1;
  if (scaling !== 'none' && factor !== 1) throw unsupported(`rope scaling ${String(scaling)}`, 'none');
  if (tensors.has('rope_freqs.weight')) throw unsupported('rope frequency factors (Llama 3)', 'none');
  const ropeDim = metadata.get('llama.rope.dimension_count') ?? config.headSize;
  if (ropeDim !== config.headSize) {
    throw unsupported(`rotary columns ${String(ropeDim)}`, `the head size, ${config.headSize}`);
  }
  const valueLength = metadata.get('llama.attention.value_length') ?? config.headSize;
  if (valueLength !== config.headSize) {
    throw unsupported(`value length ${String(valueLength)}`, `the head size, ${config.headSize}`);
  }
}

function checkShapes(config: ModelConfig, tensors: ReadonlyMap<string, readonly number[]>): void {
  const { dim, hiddenDim, vocabSize, headSize } = config;
  const queryDim = config.nHeads * headSize;
  const kvDim = config.nKvHeads * headSize;
  if (vocabSize < 1 || vocabSize > MAX_VOCAB) {
    throw invalid(`token_embd.weight has ${vocabSize} rows; expected 1 to ${MAX_VOCAB}.`);
  }
  const expect = (name: string, ...dims: number[]) => {
    const got = tensors.get(name);
    if (got?.length === dims.length && got.every((n, i) => n === dims[i])) return;
    throw invalid(
      `Tensor ${name} is ${got ? `[${got.join(', ')}]` : 'missing'}; expected [${dims.join(', ')}].`,
    );
  };
  expect('token_embd.weight', dim, vocabSize);
  expect('output_norm.weight', dim);
  if (!config.tiedOutput) expect('output.weight', dim, vocabSize);
  for (let i = 0; i < config.nLayers; i++) {
    const block = `blk.${i}.`;
    expect(`${block}attn_norm.weight`, dim);
    expect(`${block}attn_q.weight`, dim, queryDim);
    expect(`${block}attn_k.weight`, dim, kvDim);
    expect(`${block}attn_v.weight`, dim, kvDim);
    expect(`${block}attn_output.weight`, queryDim, dim);
    expect(`${block}ffn_norm.weight`, dim);
    expect(`${block}ffn_gate.weight`, dim, hiddenDim);
    expect(`${block}ffn_up.weight`, dim, hiddenDim);
    expect(`${block}ffn_down.weight`, hiddenDim, dim);
  }
}

function unsupported(got: string, expected: string): EngineError {
  return new EngineError('unsupported-architecture', `Got ${got}; expected ${expected}.`, {
    hint: 'This engine runs Llama models such as the bundled parley-135m and TinyLlama 1.1B.',
  });
}

function invalid(message: string): EngineError {
  return new EngineError('gguf-invalid', message, { hint: 'The file is damaged or made by a broken tool.' });
}
