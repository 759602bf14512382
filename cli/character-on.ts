import { type Character, type CharacterOptions, createCharacter } from '../plugin/dialogue/index.js';
import type { EnginePort } from '../plugin/engine-port.js';
import { memoryDocs } from './memory-docs.js';

/** A character on an engine that is ready (or on none, which stays so); it leaves nothing behind. */
export function characterOn(
  port: EnginePort | undefined,
  options: Omit<CharacterOptions, 'engine' | 'engineReady' | 'docs'> &
    Partial<Pick<CharacterOptions, 'docs'>>,
): Character {
  return createCharacter({
    docs: memoryDocs(),
    ...options,
    engine: () => port,
    engineReady: async () => port,
  });
}
