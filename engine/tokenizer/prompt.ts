/** A talk as prompt tokens. */
import type { Message, Segment } from '../protocol.js';
import type { ChatTemplate } from './chat-template.js';
import { joinEqual } from './special-pieces.js';
import type { Tokenizer } from './tokenizer.js';

/**
 * The ids of a talk up to the start of its next answer. The ids of a longer talk begin with those of a shorter one and
 * the answer that was sampled for it, so a KV cache stays valid.
 * @param messages an optional system message, then user and assistant in turn, a user message last
 * @param options.continueAnswer the last message is an answer to go on from
 * @throws RangeError the roles do not alternate like that
 */
export function promptTokens(
  template: ChatTemplate,
  tokenizer: Tokenizer,
  messages: readonly Message[],
  options: { readonly continueAnswer?: boolean } = {},
): number[] {
  checkRoles(messages, options.continueAnswer ?? false);
  const prompt = new PromptBuilder(tokenizer);
  messages.forEach((message, i) => {
    prompt.trusted(textBefore(template, messages[i - 1]?.role, message.role));
    if (message.role === 'assistant') prompt.answer(message.text, message.tokens ?? []);
    else {
      // Joined first, so that no marker stands across a border.
      for (const segment of joinEqual(message.segments)) {
        prompt.segment(breakMarkers(segment, template.roleMarkers));
      }
    }
  });
  if (!options.continueAnswer) prompt.trusted(template.userToAnswer);
  return prompt.finish();
}

function textBefore(
  template: ChatTemplate,
  last: Message['role'] | undefined,
  role: Message['role'],
): string {
  if (last === undefined) return role === 'system' ? template.beforeSystem : template.beforeUser;
  if (last === 'system') return template.systemToUser;
  return last === 'user' ? template.userToAnswer : template.answerToUser;
}

function checkRoles(messages: readonly Message[], continueAnswer: boolean): void {
  const talk = messages[0]?.role === 'system' ? messages.slice(1) : messages;
  const wrong = talk.findIndex(({ role }, i) => role !== (i % 2 === 0 ? 'user' : 'assistant'));
  if (wrong >= 0)
    throw new RangeError(`Message ${wrong} of the talk has role ${talk[wrong]!.role}; expected turns.`);
  const last = talk.at(-1)?.role;
  const expected = continueAnswer ? 'assistant' : 'user';
  if (last !== expected)
    throw new RangeError(`The talk ends with ${last ?? 'nothing'}; expected ${expected}.`);
}

/** A marker in untrusted text gets a space after its first character: readable, and no longer a marker. */
function breakMarkers(segment: Segment, markers: readonly string[]): Segment {
  if (segment.trusted) return segment;
  let text = segment.text;
  for (const marker of markers) text = text.replaceAll(marker, `${marker.slice(0, 1)} ${marker.slice(1)}`);
  return { text, trusted: false };
}

/** Gathers segments until ids interrupt them, so that text is tokenized in stretches as long as possible. */
class PromptBuilder {
  readonly #tokenizer: Tokenizer;
  readonly #encoder = new TextEncoder();
  readonly #tokens: number[] = [];
  #segments: Segment[] = [];

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
  }

  trusted(text: string): void {
    this.segment({ text, trusted: true });
  }

  segment(segment: Segment): void {
    this.#segments.push(segment);
  }

  /** The sampled ids, as far as they still spell the answer, and the rest of its text. */
  answer(text: string, tokens: readonly number[]): void {
    this.#flush();
    const bytes = this.#encoder.encode(text);
    let length = 0;
    let kept = 0;
    for (const token of tokens) {
      const piece = this.#tokenizer.pieceBytes(token);
      if (piece.length === 0 || !piece.every((byte, i) => bytes[length + i] === byte)) break;
      length += piece.length;
      kept++;
    }
    // An id that ends within a character that the text does not go on with cannot be kept.
    while (kept > 0 && length < bytes.length && (bytes[length]! & 0xc0) === 0x80) {
      kept--;
      length -= this.#tokenizer.pieceBytes(tokens[kept]!).length;
    }
    for (const token of tokens.slice(0, kept)) this.#tokens.push(token);
    this.segment({
      text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(length)),
      trusted: false,
    });
  }

  finish(): number[] {
    this.#flush();
    return this.#tokens;
  }

  #flush(): void {
    if (this.#segments.every(({ text }) => text === '')) {
      this.#segments = [];
      return;
    }
    const continues = this.#tokens.length > 0;
    for (const token of this.#tokenizer.tokenize(this.#segments, { continues })) this.#tokens.push(token);
    this.#segments = [];
  }
}
