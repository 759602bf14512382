import type { DocStore } from '../plugin/engine-port.js';

/** Documents in memory: talks that leave nothing behind. */
export function memoryDocs(): DocStore & { readonly docs: Map<string, Uint8Array> } {
  const docs = new Map<string, Uint8Array>();
  return {
    docs,
    readDoc: async (key) => docs.get(key),
    writeDoc: async (key, bytes) => {
      docs.set(key, bytes);
    },
  };
}
