/** A live character: owns its transcript, speaks authored lines or the model's, and resolves whatever happens. */
import type { EnginePort, Segment } from '../engine-port.js';
import { actionText } from './answer/action-check.js';
import { ACTION_START } from './answer/answer-grammar.js';
import { answerTurn } from './answer/answer-turn.js';
import type { Answer } from './answer/generate-answer.js';
import { AnswerLog, type AnswerReport, type OpenReport } from './answer-log.js';
import type {
  ActionCall,
  AskOptions,
  Character,
  CharacterEvents,
  CharacterOptions,
  Choice,
  SayOptions,
  TranscriptTurn,
  Utterance,
  UtteranceResult,
} from './api.js';
import { AuthoredChoices } from './authored-choices.js';
import { AuthoredLines } from './authored-lines.js';
import { readPath } from './conditions.js';
import { lineParts } from './emotions.js';
import { feelingText, firstRelations, isFeelingPath, type Relations, withRelations } from './feeling.js';
import { fillSilence } from './filler.js';
import { Listeners } from './listeners.js';
import { heardFact, withMemories } from './memory/remember.js';
import { checkedMemories, TalkMemory } from './memory/talk-memory.js';
import type { Assignments, Line, Persona, PersonaChoice } from './persona/types.js';
import { MAX_PLAYER_TEXT } from './prompt/player-text.js';
import { type PromptSnapshot, promptSnapshot } from './prompt/prompt-snapshot.js';
import { sceneText } from './prompt/scene-text.js';
import { modelLabel, talkMessages } from './prompt/talk.js';
import { TokenCounts } from './prompt/token-counts.js';
import { TurnFacts } from './prompt/turn-facts.js';
import { turnSegments } from './prompt/turn-text.js';
import { maskRated } from './rated-words.js';
import { deniedTopic } from './safety.js';
import { SavedTalk } from './saved-talk.js';
import { deriveSeed } from './seed.js';
import { type SpeakLine, Speech } from './speech.js';
import { StateChange } from './state-change.js';
import { applyRules, type Happened } from './state-rules.js';
import { suggestLines } from './suggest.js';
import { tell } from './tell.js';
import { type AnswerRecord, type Exchange, emptyTranscript, type TranscriptData } from './transcript.js';
import type { UtteranceStream } from './utterance.js';
import { isWorkerLost } from './worker-lost.js';

const DEFAULT_MOOD = '';
const DEFAULT_SEED = 1;
/** What stands for the player's side of a greeting: no talk that the model knows begins with the character. */
const GREETING_CUE = 'Hello.';

/** What is said to the character. */
interface Turn {
  readonly speaker: string;
  readonly said: string;
  /** What was typed, where not all of it is kept. */
  readonly typed?: string;
  /** The player is no part of it. */
  readonly overheard?: boolean;
  /** What was picked, or what the line is taken for. */
  readonly choice?: PersonaChoice | undefined;
}

/** Creates a character; its saved transcript is read at once. */
export function createCharacter(options: CharacterOptions): Character {
  return new LiveCharacter(options);
}

class LiveCharacter implements Character {
  readonly id: string;
  readonly persona: Persona;
  readonly sequencePrefix: string;
  readonly ready: Promise<void>;
  readonly #options: CharacterOptions;
  readonly #facts: TurnFacts;
  readonly #lines: AuthoredLines;
  readonly #choices: AuthoredChoices;
  readonly #memory: TalkMemory;
  readonly #saved: SavedTalk;
  readonly #answers = new AnswerLog();
  readonly #counts = new TokenCounts();
  readonly #listeners = new Listeners<CharacterEvents>();
  readonly #speech = new Speech();
  #data: TranscriptData;
  /** Makes room for the next turn, which waits for it. */
  #preparing: Promise<void> = Promise.resolve();
  #restored = false;
  #talking = false;
  /** Turns that had been taken when the talk began. */
  #turnsBefore = 0;
  /** Ends the suggestions that are being made; the player's next line does. */
  #suggesting: AbortController | undefined;
  #destroyed = false;

  readonly read = (path: string): unknown => {
    if (path === 'mood') return this.#data.mood;
    if (path.startsWith('relations.')) return readPath(this.#data, path);
    return this.#options.readState?.(path);
  };

  constructor(options: CharacterOptions) {
    const { persona, slot } = options;
    this.#options = options;
    this.persona = persona;
    this.id = options.id ?? persona.id;
    this.sequencePrefix = `${slot}/${encodeURIComponent(this.id)}/`;
    this.#facts = new TurnFacts(persona, this.read);
    this.#lines = new AuthoredLines(persona, this.read);
    this.#choices = new AuthoredChoices(persona, this.read);
    this.#memory = new TalkMemory(persona, this.id, this.#counts);
    this.#data = emptyTranscript(persona.state?.mood ?? DEFAULT_MOOD, firstRelations(persona));
    this.#saved = new SavedTalk(options.docs, slot, this.id);
    this.ready = this.#restore();
  }

  get mood(): string {
    return this.#data.mood;
  }

  get relations(): Relations {
    return this.#data.relations;
  }

  get talking(): boolean {
    return this.#talking;
  }

  get memories(): readonly string[] {
    return [...(this.persona.memory?.facts ?? []), ...this.#data.memories];
  }

  get transcript(): readonly TranscriptTurn[] {
    return this.#data.exchanges.flatMap(({ speaker, said, shown }): TranscriptTurn[] => [
      ...(said === '' ? [] : [{ role: 'player' as const, speaker, text: said }]),
      {
        role: 'npc',
        speaker: this.persona.identity.name,
        text: shown.text,
        emotion: shown.emotion,
        ...(shown.action ? { action: shown.action } : {}),
      },
    ]);
  }

  get answers(): readonly AnswerReport[] {
    return this.#answers.reports;
  }

  prompt(): Promise<PromptSnapshot> {
    return promptSnapshot(this.persona, this.#data, this.#counts, this.#options.engine());
  }

  on<E extends keyof CharacterEvents>(event: E, listener: (...args: CharacterEvents[E]) => void): () => void {
    return this.#listeners.on(event, listener);
  }

  ask(text: string, options: AskOptions = {}): Utterance {
    if (typeof text !== 'string') throw new TypeError(`Got ${typeof text} to ask; expected a string.`);
    const typed = text.trim();
    if (typed === '' || text.length > MAX_PLAYER_TEXT) {
      throw new RangeError(`Got ${text.length} characters to ask; expected 1 to ${MAX_PLAYER_TEXT}.`);
    }
    return this.#answer(typed, options);
  }

  greet(): Utterance | undefined {
    const { greetings = [] } = this.persona.dialogue ?? {};
    if (greetings.length === 0) return undefined;
    this.#openTalk();
    return this.#speak('greeting', undefined, async (stream) => {
      // Which one fits depends on what was saved.
      await this.ready;
      const line = this.#lines.nextFitting(greetings);
      if (line === undefined) return this.#say(stream, '', 'authored');
      const user = this.#plainMessage('Player', GREETING_CUE);
      const result = this.#authored(stream, line, 'authored', { speaker: 'Player', said: '' }, user);
      void this.prefetch();
      return result;
    });
  }

  bark(): Utterance | undefined {
    if (this.#speech.speaking) return undefined;
    const bark = this.#lines.nextFree(this.persona.dialogue?.barks);
    if (!bark) return undefined;
    return this.#speak('bark', undefined, async (stream) => this.#say(stream, bark, 'authored'));
  }

  opener(to: string): Line | undefined {
    return this.#lines.nextFree(this.persona.dialogue?.openers, (opener) => (opener.to ?? to) === to);
  }

  choices(): readonly Choice[] {
    return this.#choices.offered();
  }

  async suggest(signal?: AbortSignal): Promise<readonly string[]> {
    signal?.throwIfAborted();
    const own = new AbortController();
    const abort = () => own.abort();
    this.#suggesting?.abort();
    this.#suggesting = own;
    signal?.addEventListener('abort', abort, { once: true });
    try {
      await this.ready;
      await this.#speech.ended;
      await this.#preparing;
      const engine = this.#options.engine();
      if (!engine || this.#destroyed || own.signal.aborted) return [];
      const data = this.#data;
      const seed = deriveSeed(this.#options.seed ?? DEFAULT_SEED, data.talk, data.turn);
      return await suggestLines(engine, this.persona, data, this.#sequence, seed, own.signal);
    } catch (error) {
      if (!own.signal.aborted && !isWorkerLost(error)) {
        tell('warning', 'no lines were suggested.', error);
      }
      return [];
    } finally {
      signal?.removeEventListener('abort', abort);
      signal?.throwIfAborted();
    }
  }

  choose(id: string, options: AskOptions = {}): Utterance {
    const choice = this.#choices.byId(id);
    return this.#answer(choice.text, options, choice);
  }

  say(line: Line, options: SayOptions = {}): Utterance {
    const { said = '', speaker = 'Player', overheard, signal } = options;
    if (!overheard) this.#openTalk();
    return this.#speak('line', signal, async (stream) => {
      await this.ready;
      const user = this.#plainMessage(speaker, said || GREETING_CUE);
      return this.#authored(stream, line, 'authored', { speaker, said }, user);
    });
  }

  setMemories(memories: readonly string[]): void {
    if (!this.#restored) {
      void this.ready.then(() => this.setMemories(memories));
      return;
    }
    this.#data.memories = checkedMemories(memories);
    void this.#save();
  }

  overhear(speaker: string, text: string): void {
    if (!this.#restored) {
      void this.ready.then(() => this.overhear(speaker, text));
      return;
    }
    this.#data.memories = withMemories(this.#data.memories, [heardFact(this.persona, speaker, text)]);
    void this.#save();
  }

  setFeelings(values: Assignments): void {
    if (!this.#restored) {
      // What was saved comes first, and must not be written over.
      void this.ready.then(() => this.setFeelings(values));
      return;
    }
    const { mood } = values;
    if (typeof mood === 'string') this.#data.mood = mood;
    this.#data.relations = withRelations(this.#data.relations, values);
    void this.#save();
  }

  propose(values: Assignments): void {
    const change = new StateChange(values);
    this.#listeners.emit('set', change);
    if (!change.prevented && Object.keys(values).some(isFeelingPath)) this.setFeelings(values);
  }

  leave(): Utterance | undefined {
    if (!this.#talking) return undefined;
    this.#talking = false;
    const line = this.#lines.nextFitting(this.persona.dialogue?.farewell);
    const farewell =
      line === undefined
        ? undefined
        : this.#speak('farewell', undefined, async (stream) => this.#say(stream, line, 'authored'));
    if (!farewell) this.#speech.interrupt();
    void this.#rememberTalk();
    return farewell;
  }

  async forget(): Promise<void> {
    this.#speech.interrupt();
    this.#suggesting?.abort();
    this.#memory.stop();
    await this.#speech.ended;
    const sequence = this.#sequence;
    this.#data = emptyTranscript(this.persona.state?.mood ?? DEFAULT_MOOD, firstRelations(this.persona));
    this.#talking = false;
    await Promise.all([this.#save(), this.#options.engine()?.drop(sequence)]);
  }

  async prefetch(signal?: AbortSignal, said = ''): Promise<void> {
    await Promise.all([this.ready, this.#preparing]);
    const engine = this.#options.engine();
    if (!engine || this.#speech.speaking || this.#destroyed) return;
    const line = said.trim();
    if (line !== '' && this.#isAuthored(line)) return;
    const user = line === '' ? this.#anyMessage() : (await this.#userMessage(engine, 'Player', line)).user;
    if (signal?.aborted || this.#speech.speaking) return;
    const messages = talkMessages(this.persona, this.#data, user);
    const request = { sequence: this.#sequence, messages, priority: 'background' } as const;
    await engine.prefill(request, signal).catch(() => undefined);
  }

  destroy(): void {
    this.#destroyed = true;
    this.#speech.interrupt();
    this.#suggesting?.abort();
    this.#memory.stop();
    this.#listeners.clear();
  }

  #openTalk(): void {
    // What the last talk leaves behind must not keep this one waiting.
    if (!this.#talking) {
      this.#memory.stop();
      this.#turnsBefore = this.#data.turn;
    }
    this.#talking = true;
  }

  get #sequence(): string {
    return `${this.sequencePrefix}${this.#data.talk}`;
  }

  #speak(
    kind: CharacterEvents['utterance'][1],
    signal: AbortSignal | undefined,
    speak: SpeakLine,
  ): Utterance {
    const stream = this.#speech.begin(speak, signal);
    this.#suggesting?.abort();
    this.#listeners.emit('utterance', stream, kind);
    return stream;
  }

  /** Answers a line, or a choice: one that the player picked, or that the line is taken for. */
  #answer(typed: string, options: AskOptions, picked?: PersonaChoice): Utterance {
    const { speaker = 'Player', overheard = false, signal: own, wait } = options;
    const line = picked ? typed : maskRated(typed, this.persona);
    if (!overheard) this.#openTalk();
    const answer = async (stream: UtteranceStream, signal: AbortSignal, report: OpenReport) => {
      await this.ready;
      let turn: Turn = { speaker, said: line, typed, overheard, choice: picked };
      if (!picked && this.#isRefused(typed, line)) {
        return this.#authored(stream, this.#lines.refusal(), 'authored', turn);
      }
      const choice = picked ?? (overheard ? undefined : this.#choices.heard(line));
      turn = { ...turn, choice };
      if (choice?.set) this.propose(choice.set);
      if (choice?.reply !== undefined) {
        return this.#authored(stream, choice.reply, 'authored', turn, this.#plainMessage(speaker, line));
      }
      const engine = this.#options.engine() ?? (wait ? await this.#options.engineReady() : undefined);
      // Among themselves, characters without a model have nothing to say.
      if (!engine && overheard) return this.#say(stream, '', 'authored');
      if (!engine) return this.#authored(stream, this.#lines.fallback(), 'authored', turn);
      return this.#generated(stream, signal, engine, turn, report);
    };
    return this.#speak('answer', own, (stream, signal) =>
      this.#answers.record(line, (report) => answer(stream, signal, report)),
    );
  }

  /** A line from the model; falls back to an authored one when the engine fails. */
  async #generated(
    stream: UtteranceStream,
    signal: AbortSignal,
    port: EnginePort,
    turn: Turn,
    report: OpenReport,
  ): Promise<UtteranceResult> {
    const { persona } = this;
    const { speaker, said, overheard = false, choice } = turn;
    await this.#preparing;
    const data = this.#data;
    data.turn++;
    const { chosen, user } = await this.#userMessage(port, speaker, said);
    report.facts = chosen;
    const facts = chosen.map(({ text }) => text);
    // What characters say to each other does nothing to the player.
    const actions = overheard ? [] : (persona.actions ?? []).filter((action) => this.#lines.isFree(action));
    const seed = deriveSeed(
      this.#options.seed ?? persona.generation?.seed ?? DEFAULT_SEED,
      data.talk,
      data.turn,
    );
    let answer: Answer;
    const speaks = fillSilence(() => {
      const filler = this.#lines.next(persona.dialogue?.fillers);
      if (filler !== undefined) stream.emit({ type: 'filler', ...lineParts(filler) });
    });
    try {
      await this.#makeRoom(port, user);
      answer = await answerTurn({
        port,
        persona,
        sequence: this.#sequence,
        priority: overheard ? 'npc' : (persona.budget?.priority ?? 'player'),
        talk: data,
        said,
        user,
        facts,
        actions,
        seed,
        signal,
        onFirstToken: () => report.firstToken(),
        onEmotion: (emotion) => stream.emit({ type: 'emotion', emotion }),
        onText: (text) => {
          report.firstWord();
          speaks();
          stream.emit({ type: 'text', text });
        },
      });
    } catch (error) {
      if (!isWorkerLost(error)) tell('warning', 'the engine failed; an authored line stands in.', error);
      return this.#authored(stream, this.#lines.fallback(), 'fallback', turn);
    } finally {
      speaks();
    }
    report.tokens = answer.pieces;
    if (answer.end === 'void') {
      const line = this.#lines.inPlaceOfVoid(answer.violation);
      return this.#authored(stream, line, 'fallback', turn, user);
    }
    const record: AnswerRecord = {
      model: port.model.id,
      seed,
      dropped: data.dropped,
      actions: actions.map(({ name }) => name),
      ...(answer.end === 'cut' ? { cut: answer.pieces } : {}),
    };
    const result = this.#finish(stream, answer, { speaker, said, facts, user, record }, choice);
    if (!overheard) this.#applyRules(happened(turn, result));
    this.#listeners.emit('turn', result);
    this.#preparing = this.#prepare(port);
    return result;
  }

  /** Behind a turn: makes room for the next one, and computes what that will begin with. */
  async #prepare(port: EnginePort): Promise<void> {
    // What failed here is tried again by the turn itself.
    const dropped = await this.#makeRoom(port).catch(() => false);
    if (dropped) void this.prefetch();
  }

  /** @throws EngineError as `EnginePort.countTokens` */
  async #makeRoom(port: EnginePort, user?: readonly Segment[]): Promise<boolean> {
    const data = this.#data;
    const dropped = await this.#memory.makeRoom(port, data, this.#sequence, user);
    if (!dropped || data !== this.#data) return false;
    await this.#save();
    return true;
  }

  /** Behind a talk: what was said becomes memories, unless the player speaks again first. */
  async #rememberTalk(): Promise<void> {
    await this.#speech.ended;
    await this.#preparing;
    const engine = this.#options.engine();
    const data = this.#data;
    if (!engine || this.#talking || this.#destroyed || data.turn === this.#turnsBefore) return;
    if ((await this.#memory.rememberAll(engine, data, this.#sequence)) && data === this.#data)
      await this.#save();
  }

  #finish(
    stream: UtteranceStream,
    answer: Answer,
    turn: Pick<Exchange, 'speaker' | 'said' | 'facts' | 'user' | 'record'>,
    choice: PersonaChoice | undefined,
  ): UtteranceResult {
    const { text, emotion, action, end, raw, tokens } = answer;
    if (action) {
      this.#noteUse(action);
      stream.emit({ type: 'action', action });
    }
    const result: UtteranceResult = {
      text,
      emotion,
      ...(action ? { action } : {}),
      ...(choice ? { choice: choice.id } : {}),
      source: 'model',
      finish: end === 'cut' ? 'interrupted' : 'done',
    };
    // A line that was cut before its first word never was.
    if (text !== '') {
      this.#record({
        ...turn,
        answer: { raw, tokens },
        shown: { text, emotion, ...(action ? { action } : {}), source: 'model' },
      });
    }
    return result;
  }

  /**
   * Speaks an authored line as a turn.
   * @param user what the model is to remember of the turn; null: nothing
   */
  #authored(
    stream: UtteranceStream,
    line: Line,
    source: 'authored' | 'fallback',
    turn: Turn,
    user: readonly Segment[] | null = null,
  ): UtteranceResult {
    const { speaker, said, choice } = turn;
    const spoken = this.#say(stream, line, source);
    const { text, emotion } = spoken;
    const action = choice?.reply === line ? this.#act(stream, choice) : undefined;
    const result: UtteranceResult = {
      ...spoken,
      ...(action ? { action } : {}),
      ...(choice ? { choice: choice.id } : {}),
    };
    const call = action ? `${ACTION_START}@${actionText(action)}` : '';
    this.#record({
      speaker,
      said,
      facts: [],
      user,
      answer: { raw: `[${modelLabel(this.persona, emotion)}] ${text}${call}`, tokens: [] },
      shown: { text, emotion, ...(action ? { action } : {}), source },
    });
    this.#applyRules(happened(turn, result));
    this.#listeners.emit('turn', result);
    return result;
  }

  #say(stream: UtteranceStream, line: Line, source: 'authored' | 'fallback'): UtteranceResult {
    const { text, emotion } = lineParts(line);
    stream.emit({ type: 'emotion', emotion });
    stream.emit({ type: 'text', text });
    return { text, emotion, source, finish: 'done' };
  }

  /** The action that comes with a choice's reply. */
  #act(stream: UtteranceStream, { action: written }: PersonaChoice): ActionCall | undefined {
    if (!written) return undefined;
    const action = { name: written.name, params: written.params ?? {} };
    this.#noteUse(action);
    stream.emit({ type: 'action', action });
    return action;
  }

  /** Its cooldown begins. */
  #noteUse({ name }: ActionCall): void {
    const used = this.persona.actions?.find((action) => action.name === name);
    if (used) this.#lines.use(used);
  }

  /** What the persona's rules make of an exchange. */
  #applyRules(happened: Happened): void {
    const values = applyRules(this.persona.state?.rules ?? [], happened, this.read);
    if (Object.keys(values).length > 0) this.propose(values);
  }

  /** The line does not wait for the disk; the store keeps writes of one key in order. */
  #record(exchange: Exchange): void {
    this.#data.exchanges.push(exchange);
    void this.#save();
  }

  #save(): Promise<void> {
    return this.#saved.write(this.#data);
  }

  async #restore(): Promise<void> {
    const data = await this.#saved.read(firstRelations(this.persona));
    if (data) this.#data = data;
    this.#restored = true;
  }

  /** What the model sees of a line, and the facts in it. @throws EngineError as `EnginePort.countTokens` */
  async #userMessage(port: EnginePort, speaker: string, text: string) {
    const chosen = await this.#facts.choose(port, text, this.#data, this.memories);
    const { mood, relations } = this.#data;
    const user = turnSegments({
      name: this.persona.identity.name,
      scene: this.#scene(),
      facts: chosen.map((fact) => fact.text),
      feeling: feelingText(mood, relations),
      speaker,
      text,
    });
    return { chosen, user };
  }

  /** In place of a line that is not known: all that stands before it is the same. */
  #anyMessage(): Segment[] {
    const { name } = this.persona.identity;
    return turnSegments({ name, facts: [], speaker: 'Player', text: GREETING_CUE });
  }

  /** Whether a typed line is refused without a word of the model. @param masked the same without forbidden words */
  #isRefused(typed: string, masked = maskRated(typed, this.persona)): boolean {
    return masked !== typed || deniedTopic(typed, this.persona) !== undefined;
  }

  /** Whether a typed line gets an answer that is written already. */
  #isAuthored(typed: string): boolean {
    return this.#isRefused(typed) || this.#choices.heard(typed)?.reply !== undefined;
  }

  /** The user message before an authored line: no facts. */
  #plainMessage(speaker: string, text: string): Segment[] {
    return turnSegments({ name: this.persona.identity.name, scene: this.#scene(), facts: [], speaker, text });
  }

  #scene(): string | undefined {
    return sceneText(this.persona, this.read, this.#options.scene?.(), this.#data.exchanges);
  }
}

/** An exchange as the persona's rules see it; they may be about words that are not kept. */
function happened({ said, typed = said, choice }: Turn, { emotion, action }: UtteranceResult): Happened {
  return { said: typed, emotion, action: action?.name, choice: choice?.id };
}
