/** A village of characters that share nothing, and what they say in turn. */
import type { GenerateResult, Message } from '../../engine/protocol.js';
import type { EngineFixture } from './engine-fixture.js';
import { seeded } from './seeded.js';
import { answer, player, system } from './talks.js';

const NAMES =
  'Mira Bess Orrin Pip Tom Ada Finn Greta Hugo Ida Jon Kit Lena Max Nell Otto Pia Quin Rosa Sam'.split(' ');
const TRADES = 'fishmonger innkeeper keeper baker smith sailor weaver clerk miller piper'.split(' ');
const WORDS =
  'rain rope tide lamp boat net salt coin bread stone gull wind door key bell road hill fire soup cart'.split(
    ' ',
  );
const LINES = ['Good day. What do you sell?', 'And who lives next door?', 'What was my first question?'];

/** A system text of about `tokens` tokens. */
function personaOf(index: number, tokens: number): string {
  const random = seeded(index + 1);
  const word = () => WORDS[random.below(WORDS.length)]!;
  const name = NAMES[index % NAMES.length]!;
  const facts = Array.from({ length: Math.max(1, Math.round((tokens - 25) / 9)) }, () => {
    return `The ${word()} is near the ${word()} and the ${word()}.`;
  });
  return `You are ${name}, the ${TRADES[index % TRADES.length]} of Saltmere. ${name} knows: ${facts.join(' ')}`;
}

/** Each of `count` characters answers in turn, `rounds` times. */
export async function villageTalks(
  engine: EngineFixture,
  options: { readonly count: number; readonly personaTokens: number; readonly rounds: number },
): Promise<GenerateResult[][]> {
  const { count, personaTokens, rounds } = options;
  const talks = Array.from({ length: count }, (_, i): Message[] => [system(personaOf(i, personaTokens))]);
  const results: GenerateResult[][] = [];
  for (let round = 0; round < rounds; round++) {
    const said: GenerateResult[] = [];
    for (const [i, messages] of talks.entries()) {
      messages.push(player(LINES[round % LINES.length]!));
      const result = await engine.generate({
        sequence: `slot/villager${i}/1`,
        messages: [...messages],
        sampling: { temperature: 0.7, topP: 0.9 },
        seed: i,
        maxTokens: 12,
      });
      messages.push(answer(result));
      said.push(result);
    }
    results.push(said);
  }
  return results;
}
