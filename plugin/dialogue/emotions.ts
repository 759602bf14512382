import { EMOTIONS } from './api.js';
import type { Line, Persona } from './persona/types.js';

export const NEUTRAL = 'neutral';

/** A label of the persona and the label of the model that stands for it. */
export interface EmotionLabel {
  readonly label: string;
  readonly modelLabel: string;
}

/** The labels a character can show; all twelve where the persona names none. */
export function emotionLabels({ emotions }: Persona): EmotionLabel[] {
  return (emotions ?? EMOTIONS).map((emotion) =>
    typeof emotion === 'string'
      ? { label: emotion, modelLabel: emotion }
      : { label: emotion.label, modelLabel: emotion.as },
  );
}

/** An authored line with its emotion. */
export function lineParts(line: Line): { text: string; emotion: string } {
  return typeof line === 'string'
    ? { text: line, emotion: NEUTRAL }
    : { text: line.text, emotion: line.emotion ?? NEUTRAL };
}
