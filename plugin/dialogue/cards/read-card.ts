/** Which kind of card a JSON text is, and where its fields stand. */
import { DialogueError } from '../dialogue-error.js';
import { isRecord } from '../is-record.js';
import { findJsonFault, placeOf } from '../persona/json-fault.js';
import type { Fields } from './card-fields.js';
import { MAX_LEVELS } from './limits.js';

export type CardKind = 'v1' | 'v2' | 'v3' | 'lorebook' | 'world-info';

export interface Card {
  readonly kind: CardKind;
  /** The whole file, so that an export loses nothing. */
  readonly whole: Fields;
  /** Where name and description, or the entries, stand. */
  readonly data: Fields;
}

/** @throws DialogueError card-invalid: not JSON, or no kind of card that is known */
export function readCard(text: string): Card {
  const whole = parse(text);
  if (isRecord(whole)) {
    const { spec, data } = whole;
    if (isRecord(data)) {
      if (spec === 'chara_card_v3') return { kind: 'v3', whole, data };
      if (spec === 'chara_card_v2') return { kind: 'v2', whole, data };
      if (spec === 'lorebook_v3') return { kind: 'lorebook', whole, data };
    }
    if (isRecord(whole.entries)) return { kind: 'world-info', whole, data: whole };
    if (spec === undefined && typeof whole.name === 'string') return { kind: 'v1', whole, data: whole };
  }
  throw invalid('The card is of no known kind.');
}

function parse(text: string): unknown {
  const fault = findJsonFault(text, MAX_LEVELS);
  if (fault) {
    const { at, got, expected } = fault;
    throw invalid(`The card is not JSON: ${placeOf(text, at)}: got ${got}, expected ${expected}.`);
  }
  return JSON.parse(text);
}

function invalid(got: string): DialogueError {
  return new DialogueError('card-invalid', `${got} Expected a card V1 to V3, a V3 lorebook or world info.`, {
    hint: 'Export the character again as a V2 or V3 card.',
  });
}
