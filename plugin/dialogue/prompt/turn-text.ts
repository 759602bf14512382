/** One user message: stage lines, then who says what. Rendered once and kept, so that the cache stays valid. */
import type { Segment } from '../../engine-port.js';
import { cleanSpeaker, cleanText } from './player-text.js';
import { joinSentences } from './system-text.js';

export interface TurnText {
  readonly name: string;
  readonly scene?: string | undefined;
  /** Sentences for this turn, four at most. */
  readonly facts: readonly string[];
  readonly feeling?: string | undefined;
  readonly speaker: string;
  readonly text: string;
}

/** Only the speaker's name and line are untrusted: the rest is authored. */
export function turnSegments({ name, scene, facts, feeling, speaker, text }: TurnText): Segment[] {
  const stage = [
    scene ? `(Scene: ${joinSentences([scene])})` : '',
    facts.length > 0 ? `(${name} knows: ${joinSentences(facts)})` : '',
    feeling ? `(${name} feels: ${feeling})` : '',
  ].filter(Boolean);
  return [
    ...(stage.length > 0 ? [{ text: `${stage.join('\n')}\n`, trusted: true }] : []),
    { text: cleanSpeaker(speaker), trusted: false },
    { text: ': ', trusted: true },
    { text: cleanText(text), trusted: false },
  ];
}
