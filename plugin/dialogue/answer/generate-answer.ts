/** One answer from the engine: streams released words, mends what must not be shown, and says what the talk keeps. */
import type { EnginePort, Grammar, Message, Piece, Priority } from '../../engine-port.js';
import type { ActionCall } from '../api.js';
import { type EmotionLabel, lineParts, NEUTRAL } from '../emotions.js';
import type { Grounding } from '../grounding.js';
import type { Persona } from '../persona/types.js';
import { forbiddenPhrases, forbiddenWord } from '../safety.js';
import { deriveSeed } from '../seed.js';
import { endsLikeSentence } from '../sentences.js';
import { tell } from '../tell.js';
import { isWorkerLost } from '../worker-lost.js';
import { parseAction } from './action-check.js';
import type { ActionIntent } from './action-intent.js';
import { ACTION_START, answerGrammar, continuationGrammar } from './answer-grammar.js';
import { AnswerParser, type AnswerPart } from './answer-parser.js';
import { AnswerText } from './answer-text.js';
import type { Release } from './word-release.js';

/** Sampling that the bundled model was measured with; facts come out best when it is nearly greedy. */
const DEFAULTS = { topP: 0.9, topK: 40, repeatPenalty: 1.05, maxTokens: 60 };
const TEMPERATURE_WITH_FACTS = 0.3;
const TEMPERATURE = 0.6;

/** Turns of phrase that the bundled model learned too well: they came in every tenth answer, of any character. */
const HABITS = ['been called'];

/** Tokens of an answer at most. */
export function maxAnswerTokens({ generation = {} }: Persona): number {
  return generation.maxTokens ?? DEFAULTS.maxTokens;
}

export interface AnswerRequest {
  readonly port: EnginePort;
  readonly persona: Persona;
  readonly sequence: string;
  readonly priority: Priority;
  readonly messages: readonly Message[];
  readonly labels: readonly EmotionLabel[];
  readonly intent: ActionIntent;
  /** Facts stand before the player's line. */
  readonly hasFacts: boolean;
  /** The numbers and names that may be said; absent: all. */
  readonly grounding?: Grounding | undefined;
  /** Sentences that may not be said again: see `spokenBefore`. */
  readonly spoken?: readonly string[];
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Interrupts the answer after so many pieces: a replay of one that was interrupted. */
  readonly cutAfter?: number;
  readonly onFirstToken?: () => void;
  readonly onEmotion: (label: string) => void;
  /** Whole words; never taken back. */
  readonly onText: (text: string) => void;
}

export interface Answer {
  readonly text: string;
  readonly emotion: string;
  readonly action?: ActionCall;
  /**
   * `cut`: the signal ended it, or the engine failed after a part of it was shown; `void`: it was refused before
   * anything was shown.
   */
  readonly end: 'done' | 'cut' | 'void';
  /** What refused it, where it is void. */
  readonly violation?: string;
  /** Pieces taken until it ended. */
  readonly pieces: number;
  /** What the talk keeps: label, shown text, action line; ids as far as they spell it. */
  readonly raw: string;
  readonly tokens: readonly number[];
}

/** @throws EngineError the engine failed before anything was shown */
export async function generateAnswer(request: AnswerRequest): Promise<Answer> {
  return new AnswerRun(request).run();
}

class AnswerRun {
  readonly #request: AnswerRequest;
  /** Of the first attempt. */
  readonly #pieces: Piece[] = [];
  /** Of all attempts. */
  #taken = 0;
  #emotion: EmotionLabel = { label: NEUTRAL, modelLabel: NEUTRAL };
  #shown = '';
  #actionSource: string | undefined;
  #violation: string | undefined;

  constructor(request: AnswerRequest) {
    this.#request = request;
  }

  async run(): Promise<Answer> {
    const { labels, intent } = this.#request;
    const grammar = answerGrammar(
      labels.map(({ modelLabel }) => modelLabel),
      intent.actions,
    );
    const first = await this.#attempt(0, grammar);
    if (first === 'cut') return this.#answer('cut');
    // What may not be said: once more from what stands, without it. A second failure ends the line there.
    const banned = this.#violation;
    if (banned !== undefined) {
      this.#violation = undefined;
      const again = await this.#attempt(
        1,
        this.#shown === '' ? grammar : continuationGrammar(intent.actions),
        banned,
      );
      if (again === 'cut') return this.#answer('cut');
    }
    if (this.#shown.trim() === '') return this.#answer('void');
    if (!endsLikeSentence(this.#shown)) this.#breakOff(this.#violation !== undefined);
    return this.#answer('done');
  }

  /** Streams one generation until it ends, is cut by the signal, or violates. */
  async #attempt(attempt: number, grammar: Grammar, banned?: string): Promise<'done' | 'cut'> {
    const { port, persona, sequence, priority, messages, intent, seed, signal, hasFacts, cutAfter } =
      this.#request;
    const { generation = {} } = persona;
    const parser = new AnswerParser();
    const text = new AnswerText({
      forbidden: forbiddenPhrases(persona),
      forbiddenWord: (words) => forbiddenWord(words, persona),
      grounding: this.#request.grounding,
      spoken: this.#request.spoken ?? [],
      maxSentences: persona.voice?.maxSentences,
      after: this.#shown,
    });
    const own = new AbortController();
    let interrupted = false;
    const cut = () => {
      interrupted = true;
      own.abort();
    };
    signal.addEventListener('abort', cut, { once: true });
    if (signal.aborted) cut();
    const continues = this.#shown !== '';
    if (continues) parser.push(`[${this.#emotion.label}] x`);
    const take = (parts: readonly AnswerPart[]) => {
      for (const part of parts) this.#takePart(part, text, own);
    };
    try {
      const { finish } = await port.generate(
        {
          sequence,
          messages: continues ? [...messages, { role: 'assistant', text: this.#raw(false) }] : messages,
          continueAnswer: continues,
          priority,
          sampling: {
            temperature: generation.temperature ?? (hasFacts ? TEMPERATURE_WITH_FACTS : TEMPERATURE),
            topP: generation.topP ?? DEFAULTS.topP,
            topK: DEFAULTS.topK,
            repeatPenalty: generation.repeatPenalty ?? DEFAULTS.repeatPenalty,
            ...(generation.minP === undefined ? {} : { minP: generation.minP }),
          },
          seed: deriveSeed(seed, attempt),
          maxTokens: maxAnswerTokens(persona),
          stop: generation.stop ?? [],
          grammar,
          ban: banned === undefined ? HABITS : [...HABITS, banned],
          ...(intent.bias === 0 ? {} : { bias: { text: ACTION_START, logit: intent.bias } }),
        },
        ({ pieces }) => {
          for (const piece of pieces) {
            if (own.signal.aborted) return;
            if (this.#taken++ === 0) this.#request.onFirstToken?.();
            if (attempt === 0) this.#pieces.push(piece);
            take(parser.push(piece.text));
            if (this.#taken === cutAfter) cut();
          }
        },
        own.signal,
      );
      if (own.signal.aborted) return interrupted ? 'cut' : 'done';
      take(parser.end());
      this.#release(text.end(finish === 'stop'), own);
      // Complete, also where it is interrupted at this very moment.
      return 'done';
    } catch (error) {
      if (own.signal.aborted) return interrupted ? 'cut' : 'done';
      if (this.#shown === '') throw error;
      if (!isWorkerLost(error)) {
        tell('warning', 'the engine failed in the middle of a line; it ends there.', error);
      }
      return 'cut';
    } finally {
      signal.removeEventListener('abort', cut);
    }
  }

  #takePart(part: AnswerPart, text: AnswerText, own: AbortController): void {
    if (own.signal.aborted) return;
    if (part.type === 'label') this.#takeLabel(part.label);
    else if (part.type === 'action') this.#actionSource = part.source;
    else {
      this.#release(text.push(part.text), own);
      // Only an action may still come, and none behind a sentence that was left in its middle.
      const over = this.#request.intent.actions.length === 0 || !endsLikeSentence(this.#shown);
      if (text.closed && over) own.abort();
    }
  }

  #takeLabel(modelLabel: string): void {
    const { labels, onEmotion } = this.#request;
    const emotion = labels.find((label) => label.modelLabel === modelLabel);
    if (!emotion || this.#shown !== '') return;
    this.#emotion = emotion;
    onEmotion(emotion.label);
  }

  #release({ text, violation }: Release, own: AbortController): void {
    if (text !== '') this.#show(text);
    if (violation === undefined) return;
    this.#violation = violation;
    own.abort();
  }

  #show(text: string): void {
    this.#shown += text;
    this.#request.onText(text);
  }

  /** What was shown is never taken back: in the middle of a sentence the character thinks better of it. */
  #breakOff(refused: boolean): void {
    const { persona, seed } = this.#request;
    const lines = refused ? (persona.knowledge?.unknownReply ?? []) : [];
    const line = lines[seed % lines.length];
    this.#show(line === undefined ? '…' : `… ${lineParts(line).text}`);
  }

  #raw(withAction: boolean): string {
    const action = withAction && this.#actionSource !== undefined ? `\n@${this.#actionSource}` : '';
    return `[${this.#emotion.modelLabel}] ${this.#shown.trimEnd()}${action}`;
  }

  #answer(end: Answer['end']): Answer {
    const { actions } = this.#request.intent;
    const action =
      end === 'done' && this.#actionSource !== undefined
        ? parseAction(this.#actionSource, actions)
        : undefined;
    const raw = this.#raw(action !== undefined);
    return {
      text: this.#shown.trim(),
      emotion: this.#emotion.label,
      ...(action ? { action } : {}),
      end,
      ...(end === 'void' && this.#violation !== undefined ? { violation: this.#violation } : {}),
      pieces: this.#taken,
      raw,
      tokens: tokensOf(raw, this.#pieces),
    };
  }
}

/** The ids whose text is a prefix of `raw`: up to the first change, where the answer was cut or mended. */
function tokensOf(raw: string, pieces: readonly Piece[]): number[] {
  const tokens: number[] = [];
  let text = '';
  for (const piece of pieces) {
    text += piece.text;
    if (piece.token === null || !raw.startsWith(text)) break;
    tokens.push(piece.token);
  }
  return tokens;
}
