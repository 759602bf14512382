/** What a character remembers of exchanges that leave its prompt: the remember task of the bundled model, checked. */
import type { EnginePort } from '../../engine-port.js';
import { talkGrounding } from '../grounding.js';
import { listLines, MAX_LINES } from '../list-task.js';
import type { Persona } from '../persona/types.js';
import { ratedWord } from '../rated-words.js';
import type { TranscriptData } from '../transcript.js';

/** Longer is no short fact. */
export const MAX_LINE_CHARS = 160;
/** What a character can recall in all; the oldest goes first. */
export const MAX_MEMORIES = 24;

/**
 * Facts about a talk, each one sentence, that nothing in the talk or the persona speaks against.
 * @param sequence of the talk; it is left as it is
 * @throws as `EnginePort.generate`
 */
export async function rememberTalk(
  port: EnginePort,
  persona: Persona,
  data: TranscriptData,
  sequence: string,
  signal: AbortSignal,
): Promise<string[]> {
  const question = `(What does ${persona.identity.name} remember of this talk?)`;
  const task = { question, sequence, sampling: {}, seed: 1, priority: 'npc' } as const;
  const lines = await listLines(port, persona, data, task, MAX_LINE_CHARS, signal);
  const grounding = talkGrounding(persona, data.exchanges);
  return lines
    .filter((line) => (grounding.unknownWord(line, true) ?? ratedWord(line, persona)) === undefined)
    .slice(0, MAX_LINES);
}

/** Adds facts that are not there yet. */
export function withMemories(memories: readonly string[], facts: readonly string[]): string[] {
  const known = new Set(memories.map((fact) => fact.toLowerCase()));
  const fresh = facts.filter((fact) => !known.has(fact.toLowerCase()));
  return [...memories, ...fresh].slice(-MAX_MEMORIES);
}

/** What was said to the persona, as a fact; a long line is cut at a word. */
export function heardFact({ identity }: Persona, speaker: string, text: string): string {
  const fact = `${speaker} said to ${identity.name}: ${text}`;
  return fact.length <= MAX_LINE_CHARS
    ? fact
    : `${fact.slice(0, MAX_LINE_CHARS - 1).replace(/\s+\S*$/u, '')}…`;
}
