/** The prompt as a bar of the context window: shares of parts, in the order in which they stand. */
import type { PromptPart, PromptSnapshot } from '../dialogue/index.js';

export interface BarPart {
  readonly kind: PromptPart['kind'] | 'template' | 'answer' | 'free';
  readonly tokens: number;
  /** Of the context window, 0 to 1. */
  readonly share: number;
}

const KINDS = ['system', 'example', 'exchange', 'last'] as const;

/**
 * @returns parts that fill the window, those without tokens left out; none while the counts are not known. A prompt that
 * is larger than the window, which the next turn makes room in, fills it alone.
 */
export function promptBar({ parts, tokens, nCtx, templateTokens, answerTokens }: PromptSnapshot): BarPart[] {
  if (tokens === undefined || nCtx === undefined) return [];
  const taken: Omit<BarPart, 'share'>[] = [
    ...KINDS.map((kind) => ({
      kind,
      tokens: parts.reduce((sum, part) => sum + (part.kind === kind ? (part.tokens ?? 0) : 0), 0),
    })),
    { kind: 'template', tokens: templateTokens },
    { kind: 'answer', tokens: answerTokens },
  ];
  const all = taken.reduce((sum, part) => sum + part.tokens, 0);
  const whole = Math.max(nCtx, all);
  return [...taken, { kind: 'free' as const, tokens: whole - all }]
    .filter((part) => part.tokens > 0)
    .map((part) => ({ ...part, share: part.tokens / whole }));
}

/** The prompt as text, for a file: parts between headings. */
export function promptText({ parts, tokens, nCtx, droppedExchanges }: PromptSnapshot): string {
  const head = [
    `Tokens: ${tokens ?? 'not known'} of ${nCtx ?? 'an unknown window'}, without the chat template.`,
    `Exchanges that have left the prompt: ${droppedExchanges}.`,
  ];
  const blocks = parts.map(
    ({ kind, role, text, tokens: count }) => `--- ${kind}, ${role}, ${count ?? '?'} tokens ---\n${text}`,
  );
  return `${[head.join('\n'), ...blocks].join('\n\n')}\n`;
}
