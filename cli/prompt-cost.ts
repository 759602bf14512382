/** What the stable beginning of a persona's prompt costs, part by part. */
import type { EngineHost } from '../engine/host.js';
import { messageText, type Persona, stableMessages } from '../plugin/dialogue/index.js';

export interface PartCost {
  readonly part: string;
  readonly tokens: number;
}

/** The rows add up to `total`, which is exact: line ends and the chat template's own tokens are a row as well. */
export async function promptCost(
  host: EngineHost,
  requestId: number,
  persona: Persona,
): Promise<{ readonly parts: readonly PartCost[]; readonly total: number }> {
  const parts = promptParts(persona);
  const counts = host.countTokens(parts.map(({ text }) => text));
  const { tokens: total } = await host.bakePrefix(requestId, stableMessages(persona));
  const rows = parts.map(({ part }, i) => ({ part, tokens: counts[i]! }));
  const rest = rows.reduce((left, { tokens }) => left - tokens, total);
  return { parts: [...rows, { part: 'chat template', tokens: rest }], total };
}

/** The text of the stable messages in the parts that an author writes. */
export function promptParts(persona: Persona): { readonly part: string; readonly text: string }[] {
  const [system, ...examples] = stableMessages(persona).map(messageText);
  const [first, ...lines] = system!.split('\n');
  const parts = [{ part: 'first line', text: first! }];
  for (const line of lines) {
    // Actions stand one a line below their heading.
    if (line.startsWith('@')) parts.at(-1)!.text += `\n${line}`;
    else parts.push({ part: partOf(line, persona), text: line });
  }
  for (let i = 0; i < examples.length; i += 2) {
    parts.push({ part: `example ${i / 2 + 1}`, text: `${examples[i]}\n${examples[i + 1]}` });
  }
  return parts;
}

function partOf(line: string, { identity }: Persona): string {
  if (line.startsWith('Voice:')) return 'voice';
  return line.startsWith(`${identity.name} knows:`) ? 'facts' : 'actions';
}
