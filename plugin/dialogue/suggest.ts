/** Lines that the player could say next: the suggest task of the bundled model, checked. */
import type { EnginePort } from '../engine-port.js';
import { WordRelease } from './answer/word-release.js';
import { type Grounding, talkGrounding } from './grounding.js';
import { listLines, MAX_LINES } from './list-task.js';
import type { Persona } from './persona/types.js';
import { forbiddenPhrases, forbiddenWord } from './safety.js';
import type { TranscriptData } from './transcript.js';

/** Longer is no choice that fits on a button. */
const MAX_CHARS = 80;

/**
 * Up to three lines; none that was said already, and none about what nobody spoke of.
 * @param sequence of the talk; it is left as it is
 * @throws as `EnginePort.generate`
 */
export async function suggestLines(
  port: EnginePort,
  persona: Persona,
  data: TranscriptData,
  sequence: string,
  seed: number,
  signal?: AbortSignal,
): Promise<string[]> {
  const question = '(Suggest three short lines that the Player could say next.)';
  // Greedy ones are all alike; hotter ones leave the talk.
  const sampling = { temperature: 0.4, topP: 0.9 };
  const task = { question, sequence, sampling, seed, priority: 'npc' } as const;
  const lines = await listLines(port, persona, data, task, MAX_CHARS, signal);
  const said = new Set(data.exchanges.map((exchange) => plain(exchange.said)));
  const grounding = talkGrounding(persona, data.exchanges);
  const fresh = lines
    .map((line) => capitalized(line.replace(/^(?:Player|You):\s*/i, '')))
    .filter((line) => /^[^[\](){}@<>|]+$/.test(line))
    .filter((line) => !said.has(plain(line)) && isAllowed(line, persona, grounding));
  // A question moves a talk on; what the bundled model has the player claim seldom fits.
  const questionsFirst = fresh.sort((a, b) => Number(b.endsWith('?')) - Number(a.endsWith('?')));
  return [...new Map(questionsFirst.map((line) => [plain(line), line])).values()].slice(0, MAX_LINES);
}

function isAllowed(line: string, persona: Persona, grounding: Grounding): boolean {
  const release = new WordRelease({
    forbidden: forbiddenPhrases(persona),
    forbiddenWord: (words) => forbiddenWord(words, persona),
    grounding,
  });
  release.push(line);
  return release.end().violation === undefined;
}

function capitalized(line: string): string {
  return line.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

/** A line as a listener hears it. */
function plain(line: string): string {
  return line
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
