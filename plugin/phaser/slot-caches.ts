/** The KV caches of a slot's talks, for saves that hold them. */
import { savedSequence, tell } from '../dialogue/index.js';
import type { GameEngine } from './options.js';
import type { SaveContent } from './save-file.js';

/** By the name of the talk's document. */
export async function readCaches(
  engine: GameEngine | undefined,
  slot: string,
  docs: SaveContent['docs'],
): Promise<Map<string, Uint8Array>> {
  const caches = new Map<string, Uint8Array>();
  for (const [name, doc] of docs) {
    const sequence = savedSequence(slot, name, doc);
    const bytes = sequence === undefined ? undefined : await engine?.readCache?.(sequence);
    if (bytes) caches.set(name, bytes);
  }
  return caches;
}

/** A cache that cannot be kept costs a line in the console, and the time to read the talk again. */
export async function writeCaches(
  engine: GameEngine | undefined,
  slot: string,
  { docs, caches }: SaveContent,
): Promise<void> {
  for (const [name, bytes] of caches) {
    const doc = docs.get(name);
    const sequence = doc && savedSequence(slot, name, doc);
    if (sequence === undefined) continue;
    try {
      await engine?.writeCache?.(sequence, bytes);
    } catch (error) {
      tell('warning', `the cache of ${name} was not taken from the save.`, error);
      return;
    }
  }
}
