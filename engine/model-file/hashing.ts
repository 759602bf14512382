import { createSHA256 } from 'hash-wasm';

/** Passes chunks through and computes their SHA-256 on the way; `digest` (hex) is complete once all were read. */
export async function hashing(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ chunks: AsyncIterable<Uint8Array>; digest: () => string }> {
  const hash = await createSHA256();
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return { chunks: pass(), digest: () => hash.digest('hex') };
}
