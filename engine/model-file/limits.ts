/** What a GGUF header may claim. A file is untrusted: each cap is far above real models and far below harm. */
export const GGUF_LIMITS = {
  /** TinyLlama has 201 tensors, a 70 B model about 750. */
  tensors: 10_000,
  metadataEntries: 10_000,
  /** Chat templates are the longest strings of real files, a few kB. */
  stringBytes: 1 << 20,
  keyBytes: 4096,
  /** Vocabularies have at most about 300 000 entries, merges as many. */
  arrayLength: 2_000_000,
  /** All strings and arrays together: a header is held in memory. */
  headerBytes: 256 << 20,
  dimensions: 4,
  /** Elements of one tensor: 2^40 is a thousand times what WebAssembly can hold. */
  tensorElements: 2 ** 40,
  alignment: 1 << 20,
  arrayDepth: 2,
} as const;
