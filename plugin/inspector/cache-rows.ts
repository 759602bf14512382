/** KV caches by character: those in memory, those that are saved, and what belongs to nobody who is alive. */
import type { EngineStatistics } from '../../engine/index.js';

export interface CacheRow {
  /** Id of the character, or the sequence's name where none is alive. */
  readonly name: string;
  readonly tokens: number;
  readonly bytes: number;
  /** Of these, held together with others. */
  readonly sharedBytes: number;
  readonly saved: boolean;
}

export function cacheRows(
  characters: readonly { readonly id: string; readonly sequencePrefix: string }[],
  { caches, savedSequences }: Pick<EngineStatistics, 'caches' | 'savedSequences'>,
): CacheRow[] {
  const { sequences, pageBytes } = caches;
  const row = (name: string, isOne: (sequence: string) => boolean): CacheRow => {
    const own = sequences.filter(({ sequence }) => isOne(sequence));
    const sum = (of: (cache: (typeof own)[number]) => number) =>
      own.reduce((total, one) => total + of(one), 0);
    return {
      name,
      tokens: sum(({ tokens }) => tokens),
      bytes: sum(({ pages }) => pages) * pageBytes,
      sharedBytes: sum(({ sharedPages }) => sharedPages) * pageBytes,
      saved: savedSequences.some(isOne),
    };
  };
  const isOfNone = ({ sequence }: (typeof sequences)[number]) =>
    !characters.some(({ sequencePrefix }) => sequence.startsWith(sequencePrefix));
  return [
    ...characters.map(({ id, sequencePrefix }) => row(id, (sequence) => sequence.startsWith(sequencePrefix))),
    ...sequences.filter(isOfNone).map(({ sequence }) => row(sequence, (other) => other === sequence)),
  ];
}
