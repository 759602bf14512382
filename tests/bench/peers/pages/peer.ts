/** What a page of the comparison offers to `bench-peers.mjs`; native.mjs offers the same in Node. */

export interface LoadOptions {
  /** Address of the GGUF file. */
  readonly modelUrl: string;
  readonly threads: number;
  /** Positions of the KV cache. */
  readonly nCtx: number;
  /** Parley's kernels; left out: its own choice. */
  readonly build?: 'relaxed' | 'wide' | 'plain';
}

/** One talk: a prompt, then greedy decoding. */
export interface Sample {
  readonly promptTokens: number;
  /** Of these, computed now. */
  readonly prefilledTokens: number;
  /** From the first prompt token's computation to the first sampled token. */
  readonly prefillMs: number;
  /** Tokens behind the first sampled one. */
  readonly decodeSteps: number;
  /** From the first sampled token to the last. */
  readonly decodeMs: number;
}

export interface Peer {
  /** Loads the model; what it returns goes into the report. */
  load(options: LoadOptions): Promise<Record<string, unknown>>;
  run(text: string, tokens: number): Promise<Sample>;
}
