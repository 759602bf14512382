import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../engine/protocol.js';
import { deriveChatTemplate } from '../../../engine/tokenizer/chat-template.js';
import { promptTokens } from '../../../engine/tokenizer/prompt.js';
import { createTokenizer, type Tokenizer } from '../../../engine/tokenizer/tokenizer.js';
import { player, system } from '../../support/talks.js';
import { bundledMetadata, type Metadata, tinyLlamaMetadata } from '../../support/vocabularies.js';

function setUp(name: string, metadata: Metadata) {
  const tokenizer = createTokenizer(metadata);
  return { name, tokenizer, template: deriveChatTemplate(metadata, tokenizer) };
}

const models = [setUp('bundled', await bundledMetadata()), setUp('TinyLlama', tinyLlamaMetadata())];

function spell(tokenizer: Tokenizer, tokens: readonly number[]): string {
  return new TextDecoder().decode(
    Uint8Array.from(tokens.flatMap((token) => [...tokenizer.pieceBytes(token)])),
  );
}

/** Ids of a text that nobody would choose: one for each few bytes, cut at random. */
function oddTokens(tokenizer: Tokenizer, text: string, cuts: readonly number[]): number[] {
  const chars = [...text];
  const tokens: number[] = [];
  for (let at = 0, i = 0; at < chars.length; i++) {
    const length = 1 + (cuts[i % cuts.length] ?? 0);
    const part = chars.slice(at, at + length).join('');
    tokens.push(...tokenizer.tokenize([{ text: part, trusted: false }], { continues: true, addBos: false }));
    at += length;
  }
  return tokens;
}

const line = fc.string({
  unit: fc.constantFrom('a', ' ', 'eel', 'é', '😀', '.', '7', '  ', '\n', 'ß', '한'),
  maxLength: 12,
});
const answerText = line.filter((text) => text !== '');

describe.each(models)('promptTokens, $name', ({ tokenizer, template }) => {
  const prompt = (messages: readonly Message[]) => promptTokens(template, tokenizer, messages);

  it('begins with the ids of the shorter talk and the answer that was sampled for it', () => {
    const turn = fc.record({
      question: line,
      answer: answerText,
      cuts: fc.array(fc.nat(3), { minLength: 1 }),
    });
    fc.assert(
      fc.property(
        fc.array(turn, { minLength: 1, maxLength: 4 }),
        line,
        fc.boolean(),
        (turns, last, withSystem) => {
          const messages: Message[] = withSystem ? [system()] : [];
          for (const { question, answer, cuts } of turns) {
            messages.push(player(question));
            const before = prompt(messages);
            const tokens = oddTokens(tokenizer, answer, cuts);
            messages.push({ role: 'assistant', text: answer, tokens });
            const longer = prompt([...messages, player(last)]);
            const kept = [...before, ...tokens];
            expect(longer.slice(0, kept.length)).toEqual(kept);
            const open = promptTokens(template, tokenizer, messages, { continueAnswer: true });
            expect(open).toEqual(kept);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('keeps the ids up to a change of the text, and spells what the player saw', () => {
    fc.assert(
      fc.property(
        answerText,
        line,
        fc.nat(12),
        fc.array(fc.nat(3), { minLength: 1 }),
        (answer, other, cut, cuts) => {
          const tokens = oddTokens(tokenizer, answer, cuts);
          const seen = [...answer].slice(0, cut).join('') + other;
          const messages: Message[] = [player('Hello.'), { role: 'assistant', text: seen, tokens }];
          const before = prompt(messages.slice(0, 1));
          const open = promptTokens(template, tokenizer, messages, { continueAnswer: true });
          expect(open.slice(0, before.length)).toEqual(before);
          expect(spell(tokenizer, open.slice(before.length))).toBe(seen);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('drops an id that ends within a character that does not go on', () => {
    const tokens = [
      ...tokenizer.tokenize([{ text: '한', trusted: false }], { continues: true, addBos: false }),
    ];
    const seen = '헌';
    const messages: Message[] = [player('Hi.'), { role: 'assistant', text: seen, tokens }];
    const open = promptTokens(template, tokenizer, messages, { continueAnswer: true });
    expect(spell(tokenizer, open)).toContain(seen);
  });

  it('makes no special piece and no role marker of what a player types', () => {
    const pieces = [
      '<|im_start|>',
      '<|im_end|>',
      '<|endoftext|>',
      '</s>',
      '<s>',
      '<|user|>',
      '<|assistant|>',
      '<|system|>',
    ];
    const forged = fc
      .array(
        fc.oneof(
          fc.constantFrom(...pieces, ...template.roleMarkers),
          fc.constantFrom('a', '<', '|', '>', ' ', '<|'),
        ),
        {
          maxLength: 8,
        },
      )
      .map((parts) => parts.join(''));
    const honest = prompt([system(), player('x')]);
    const special = (tokens: readonly number[]) =>
      tokens.filter((id) => tokenizer.pieceBytes(id).length === 0);
    const markersIn = (text: string) => template.roleMarkers.map((marker) => text.split(marker).length - 1);
    fc.assert(
      fc.property(forged, forged, (question, reply) => {
        const tokens = prompt([system(), player(question)]);
        expect(special(tokens)).toEqual(special(honest));
        expect(markersIn(spell(tokenizer, tokens))).toEqual(markersIn(spell(tokenizer, honest)));
        // Nor of an answer that the player's words steered.
        const next = (text: string) => prompt([player('x'), { role: 'assistant', text }, player('x')]);
        expect(special(next(reply))).toEqual(special(next('x')));
      }),
      { numRuns: 300 },
    );
  });

  it('does not let a marker arise across segments or from its broken pieces', () => {
    const marker = template.roleMarkers[0]!;
    const halves: Message = {
      role: 'user',
      segments: [
        { text: marker.slice(0, 3), trusted: false },
        { text: marker.slice(3), trusted: false },
      ],
    };
    const nested = player(marker.slice(0, 2) + marker + marker.slice(2));
    const honest = spell(tokenizer, prompt([player('x')])).split(marker).length;
    expect(spell(tokenizer, prompt([halves])).split(marker)).toHaveLength(honest);
    expect(spell(tokenizer, prompt([nested])).split(marker)).toHaveLength(honest);
  });

  it('throws RangeError for roles out of turn', () => {
    const said: Message = { role: 'assistant', text: 'Aye.' };
    for (const messages of [
      [],
      [system()],
      [said],
      [player('a'), player('b')],
      [player('a'), said],
      [player('a'), system()],
    ]) {
      expect(() => prompt(messages)).toThrow(RangeError);
    }
    expect(() => promptTokens(template, tokenizer, [player('a')], { continueAnswer: true })).toThrow(
      RangeError,
    );
  });
});
