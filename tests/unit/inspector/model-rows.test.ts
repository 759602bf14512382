import { describe, expect, it } from 'vitest';
import type { ModelInfo } from '../../../engine/index.js';
import { modelRows } from '../../../plugin/inspector/model-rows.js';

const LOCAL: ModelInfo = {
  id: `sha256:${'0f'.repeat(32)}`,
  name: 'Tiny',
  architecture: 'llama',
  nCtx: 2048,
  vocabSize: 49152,
  parameterCount: 135e6,
  weightBytes: 90 * 2 ** 20,
  kvBytesPerToken: 11520,
  memoryBytes: 200 * 2 ** 20,
  build: 'relaxed',
  readAhead: false,
  threads: 1,
  loadMs: 1340,
};

describe('modelRows', () => {
  it('tells size, kernels and memory of a model on this machine', () => {
    expect(Object.fromEntries(modelRows(LOCAL, undefined))).toEqual({
      Name: 'Tiny',
      Id: 'sha256:0f0f0f0f0f0f…',
      Size: '135 M parameters, 90 MiB',
      Kernels: 'relaxed, 1 thread',
      Memory: '200 MiB',
      Window: '2048 tokens',
      'Loaded in': '1.3 s',
    });
  });

  it('tells of a server only what it says', () => {
    const remote = { ...LOCAL, id: 'remote:llm.example:8080/big', architecture: 'vllm', parameterCount: 0 };
    expect(Object.fromEntries(modelRows(remote, 'llm.example:8080'))).toEqual({
      Name: 'Tiny',
      Id: 'remote:llm.example:8080/big',
      'Answers from': 'llm.example:8080',
      Server: 'vllm',
      Window: '2048 tokens',
      'Loaded in': '1.3 s',
    });
  });
});
