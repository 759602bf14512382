/** Servers that speak the OpenAI protocol, and what each of them takes beside it. */
import type { GenerateRequest } from '../engine-port.js';

export const SERVER_KINDS = ['llama.cpp', 'llama-cpp-python', 'vllm', 'ollama', 'openai'] as const;
export type ServerKind = (typeof SERVER_KINDS)[number];

/** How servers sign the models in their list. */
const OWNERS: Readonly<Record<string, ServerKind>> = {
  llamacpp: 'llama.cpp',
  me: 'llama-cpp-python',
  vllm: 'vllm',
  library: 'ollama',
};

type Sampled = Pick<GenerateRequest, 'sampling' | 'bias'>;

export interface Server {
  /** The fields of a chat request that the protocol does not have; those left undefined are not sent. */
  fields(request: Sampled, gbnf: string | undefined): Record<string, unknown>;
  /** Keeps to a grammar. */
  readonly grammar: boolean;
  /** Serves only the models of its list, under the names that stand there. */
  readonly strictNames: boolean;
}

const SERVERS: Readonly<Record<ServerKind, Server>> = {
  'llama.cpp': {
    fields: (request, grammar) => ({
      ...llamaSampling(request),
      grammar,
      cache_prompt: true,
      logit_bias: request.bias && [[request.bias.text, request.bias.logit]],
    }),
    grammar: true,
    strictNames: false,
  },
  'llama-cpp-python': {
    fields: (request, grammar) => ({
      ...llamaSampling(request),
      grammar,
      ...(request.bias && {
        logit_bias: { [request.bias.text]: request.bias.logit },
        logit_bias_type: 'tokens',
      }),
    }),
    grammar: true,
    strictNames: false,
  },
  vllm: {
    fields: ({ sampling }, grammar) => ({
      top_k: sampling.topK ?? 0,
      min_p: sampling.minP ?? 0,
      repetition_penalty: sampling.repeatPenalty ?? 1,
      structured_outputs: grammar === undefined ? undefined : { grammar },
    }),
    grammar: true,
    strictNames: true,
  },
  ollama: { fields: () => ({}), grammar: false, strictNames: true },
  openai: { fields: () => ({}), grammar: false, strictNames: false },
};

export function serverOf(kind: ServerKind): Server {
  return SERVERS[kind];
}

/** @param owner `owned_by` of a listed model */
export function kindOf(owner: string | undefined): ServerKind {
  return (owner !== undefined && Object.hasOwn(OWNERS, owner) && OWNERS[owner]) || 'openai';
}

/** Stages that are absent do nothing; the server's defaults would. */
function llamaSampling({ sampling }: Sampled): Record<string, unknown> {
  return {
    top_k: sampling.topK ?? 0,
    min_p: sampling.minP ?? 0,
    repeat_penalty: sampling.repeatPenalty ?? 1,
  };
}
