/** The stable part of a prompt: one system text for the whole life of a character, so that its cache is kept. */

import type { Persona, PersonaAction } from '../persona/types.js';
import { endsLikeSentence } from '../sentences.js';

/** Up to this many facts stand in the system text; more are retrieved for each turn. */
export const MAX_SYSTEM_FACTS = 12;

/** Whether a persona's facts are few enough to stand in the system text. */
export function factsAreStable({ knowledge = {} }: Persona): boolean {
  return (knowledge.facts ?? []).length <= MAX_SYSTEM_FACTS && (knowledge.book ?? []).length === 0;
}

/** The system text, in the layout that the bundled model was trained on (docs/prompt.md). */
export function systemText(persona: Persona): string {
  const { identity, core, voice = {}, knowledge = {}, actions = [] } = persona;
  const { name, role } = identity;
  const style = [voice.style, ...(voice.catchphrases ?? []).map((phrase) => `Says "${phrase}".`)];
  const facts = factsAreStable(persona) ? (knowledge.facts ?? []) : [];
  return [
    joinSentences([`You are ${role ? `${name}, ${role}` : name}.`, core.compact ?? core.description]),
    label('Voice:', joinSentences(style)),
    label(`${name} knows:`, joinSentences(facts)),
    actions.length > 0 ? ['Actions:', ...actions.map(actionLine)].join('\n') : '',
  ]
    .filter(Boolean)
    .join('\n');
}

/** Sentences on one line, each ending like one. */
export function joinSentences(sentences: readonly (string | undefined)[]): string {
  return sentences
    .map((sentence) => sentence?.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== undefined && sentence !== '')
    .map((sentence) => (endsLikeSentence(sentence!) ? sentence : `${sentence}.`))
    .join(' ');
}

function label(name: string, text: string): string {
  return text === '' ? '' : `${name} ${text}`;
}

/** `@give {"item"} to hand over what was paid for` */
function actionLine({ name, description, params = {} }: PersonaAction): string {
  const names = Object.keys(params).map((param) => `"${param}"`);
  return [`@${name}`, names.length > 0 ? `{${names.join(', ')}}` : '', description].filter(Boolean).join(' ');
}
