import type { Story } from 'inkjs';
import { DialogueError } from '../dialogue/dialogue-error.js';
import { emotionLabels } from '../dialogue/emotions.js';
import type {
  AskOptions,
  Character,
  Choice,
  Rails,
  SayOptions,
  Utterance,
  UtteranceResult,
} from '../dialogue/index.js';
import { hasHappened } from '../dialogue/state-rules.js';
import type { LineView } from '../ui/line-view.js';
import { BoundVariables } from './bound-state.js';
import { type CompiledStory, openStory } from './open-story.js';
import { messageOf, scriptError } from './script-error.js';
import { tagValue, tagValues } from './tags.js';

/** Who speaks lines of the story: a component. */
export interface InkSpeaker extends Pick<Character, 'persona' | 'say'> {
  readonly view?: LineView | undefined;
}

/** Whose talk the story leads. */
export interface InkHost extends InkSpeaker, Pick<Character, 'ask' | 'read' | 'propose'> {
  /** The choices changed without a line of this character. */
  emit?(event: 'choices'): unknown;
}

export interface InkRailsOptions {
  /** Variables of the story that the game owns, and where in its registry: `{ clue_soup: 'clue.soup' }`. */
  readonly bind?: Readonly<Record<string, string>>;
  /** The story's EXTERNAL functions. */
  readonly functions?: Readonly<Record<string, (...args: never[]) => unknown>>;
  /** Others who speak, by the name in `# speaker: NAME`. */
  readonly cast?: Readonly<Record<string, InkSpeaker>>;
}

/** `story.onError` tells errors from warnings by number: inkjs does not export the names. */
const INK_ERROR = 2;

/** As the rules of a persona have it. */
const EVENT = /^(?:action|keyword|emotion):[^\s:]/;

/**
 * Leads a character's talk by an Ink story: its lines and choices, with free talk where the story waits for it. A
 * story that cannot be used says so once in the console and in `error`; the character talks without it.
 */
export class InkRails implements Rails {
  readonly #host: InkHost;
  readonly #cast: Readonly<Record<string, InkSpeaker>>;
  readonly #warned = new Set<string>();
  readonly #script: { readonly story: Story; readonly bound: BoundVariables } | undefined;
  #error: DialogueError | undefined;
  /** The save from before the step that failed. */
  #kept = '';
  /** Lines are being spoken, and the story has not come to its choices. */
  #busy = false;
  /** The story waits with the field open. */
  #talk = false;
  /** What the player chose last; a story may have it as its own next line. */
  #chosen: string | undefined;
  /** Counts what moves the talk: whoever waited for the last one gives up. */
  #run = 0;

  constructor(host: InkHost, compiled: CompiledStory, options: InkRailsOptions = {}) {
    const { bind = {}, functions = {}, cast = {} } = options;
    this.#host = host;
    this.#cast = cast;
    try {
      const story = openStory(compiled);
      const bound = new BoundVariables(story, bind, host);
      for (const [name, run] of Object.entries(functions)) story.BindExternalFunction(name, run);
      story.onError = (message, type) => {
        if (type === INK_ERROR) throw new Error(message);
        this.#warn(message);
      };
      this.#script = { story, bound };
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Why the story is not used, or not any further. */
  get error(): DialogueError | undefined {
    return this.#error;
  }

  get active(): boolean {
    if (!this.#script || this.#error) return false;
    const { story } = this.#script;
    return this.#busy || story.canContinue || story.currentChoices.length > 0;
  }

  get freeTalk(): boolean {
    return !this.active || (!this.#busy && (this.#talk || this.choices().length === 0));
  }

  begin(): Utterance | undefined {
    this.#run++;
    const said = this.#script?.story.currentText?.trim() ?? '';
    return this.#attempt(() => (said === '' || said === this.#chosen ? this.#goOn() : this.#speak(said)));
  }

  choices(): readonly Choice[] {
    if (!this.#script || this.#busy || !this.active) return [];
    return this.#script.story.currentChoices
      .filter(({ tags }) => tagValue(tags, 'hidden') === undefined)
      .map(({ index, text }) => ({ id: String(index), text }));
  }

  choose(id: string, options: AskOptions = {}): Utterance {
    const choice = this.choices().find((candidate) => candidate.id === id);
    if (!choice) throw new RangeError(`Got the choice ${JSON.stringify(id)}; expected one of choices().`);
    this.#run++;
    const { speaker, signal } = options;
    const said = {
      said: choice.text,
      ...(speaker === undefined ? {} : { speaker }),
      ...(signal ? { signal } : {}),
    };
    // Where the story has no line for it, the character finds its own.
    return this.#attempt(() => this.#take(Number(id), said)) ?? this.#host.ask(choice.text, options);
  }

  heard(text: string, answer: Utterance): void {
    this.#run++;
    void this.#after(answer, this.#host, (result) => {
      if (this.#busy) return () => this.#goOn();
      const choice =
        result &&
        this.#script?.story.currentChoices.find(({ tags }) =>
          tagValues(tags, 'on').some((on) => this.#happened(on, text, result)),
        );
      return choice && (() => this.#take(choice.index));
    });
  }

  pause(): void {
    this.#run++;
  }

  /** Where the story stands, for the game's save. */
  save(): string {
    return this.#script && !this.#error ? this.#script.story.state.ToJson() : this.#kept;
  }

  /**
   * Goes on from a save; `begin` says its last line again.
   * @throws DialogueError save-invalid: no save of this story, which stays where it was
   */
  load(save: string): void {
    if (!this.#script) {
      // For a version of the game whose story is whole again.
      this.#kept = save;
      return;
    }
    const { story } = this.#script;
    const before = story.state.ToJson();
    try {
      story.state.LoadJson(save);
    } catch (cause) {
      story.state.LoadJson(before);
      throw new DialogueError(
        'save-invalid',
        `Got ${JSON.stringify(String(save).slice(0, 40))}; expected what save() gave for this story: ${messageOf(cause)}`,
        { hint: 'The story stays where it was. Begin it anew, or load an older save.', cause },
      );
    }
    this.#run++;
    this.#error = undefined;
    this.#chosen = undefined;
    this.#busy = false;
    this.#talk = tagValue(story.currentTags, 'talk') !== undefined;
    this.#host.emit?.('choices');
  }

  /** Takes a choice of the story and speaks the line behind it, if there is one. */
  #take(index: number, options?: SayOptions): Utterance | undefined {
    const { story } = this.#script!;
    this.#chosen = story.currentChoices[index]?.text.trim();
    this.#step((story) => story.ChooseChoiceIndex(index));
    return this.#goOn(options);
  }

  /** Speaks the next line; undefined where the story has come to its choices or its end. */
  #goOn(options?: SayOptions): Utterance | undefined {
    const { story } = this.#script!;
    while (story.canContinue) {
      const text = this.#step((story) => story.Continue())?.trim() ?? '';
      if (text !== '' && text !== this.#chosen) return this.#speak(text, options);
      // A tag that stands alone; else it is as after the last line.
      this.#talk ||= tagValue(story.currentTags, 'talk') !== undefined;
    }
    this.#busy = false;
    return undefined;
  }

  #speak(text: string, options?: SayOptions): Utterance {
    const { story } = this.#script!;
    const { currentTags } = story;
    const speaker = this.#speaker(tagValue(currentTags, 'speaker'), text);
    const emotion = this.#emotion(tagValue(currentTags, 'emotion'), speaker, text);
    this.#talk = tagValue(currentTags, 'talk') !== undefined;
    this.#busy = story.canContinue;
    this.#chosen = undefined;
    const line = speaker.say(emotion === undefined ? text : { text, emotion }, options);
    if (this.#busy) void this.#after(line, speaker, () => () => this.#goOn());
    else if (speaker !== this.#host) this.#host.emit?.('choices');
    return line;
  }

  /** Waits until a line was spoken, and goes on where `next` says how, once it was read. */
  async #after(
    line: Utterance,
    speaker: InkSpeaker,
    next: (result: UtteranceResult | undefined) => (() => Utterance | undefined) | undefined,
  ): Promise<void> {
    const run = this.#run;
    // It rejects with the caller's own signal, which the caller sees.
    const result = await line.result.catch(() => undefined);
    if (run !== this.#run) return;
    const goOn = next(result);
    if (!goOn) return;
    this.#busy = true;
    this.#host.emit?.('choices');
    await speaker.view?.whenRead?.();
    if (run === this.#run && !this.#attempt(goOn)) this.#host.emit?.('choices');
  }

  /** One step of the story, with the game's values. */
  #step<T>(move: (story: Story) => T): T {
    const { story, bound } = this.#script!;
    this.#kept = story.state.ToJson();
    return bound.around(() => move(story));
  }

  #speaker(name: string | undefined, text: string): InkSpeaker {
    if (name === undefined) return this.#host;
    if (Object.hasOwn(this.#cast, name)) return this.#cast[name]!;
    const known = Object.keys(this.#cast).join(', ') || 'nobody';
    throw scriptError(
      `Got the speaker ${JSON.stringify(name)} at the line ${JSON.stringify(text)}; expected one of cast, which has ${known}.`,
      `Give the character in the option cast: { ${name}: npc }.`,
    );
  }

  #emotion(label: string | undefined, { persona }: InkSpeaker, text: string): string | undefined {
    if (label === undefined) return undefined;
    const labels = emotionLabels(persona).map((known) => known.label);
    if (labels.includes(label)) return label;
    this.#warn(
      `Got the emotion ${JSON.stringify(label)} at the line ${JSON.stringify(text)}; expected one of ${labels.join(', ')}.`,
    );
    return undefined;
  }

  #happened(on: string, said: string, { emotion, action }: UtteranceResult): boolean {
    if (!EVENT.test(on)) {
      this.#warn(
        `Got the tag ${JSON.stringify(`on: ${on}`)} at a choice; expected action:, keyword: or emotion: and what.`,
      );
      return false;
    }
    return hasHappened(on, { said, emotion, ...(action ? { action: action.name } : {}) });
  }

  #warn(message: string): void {
    if (this.#warned.has(message)) return;
    this.#warned.add(message);
    console.warn(`Parley: the story of ${this.#host.persona.id}: ${message}`);
  }

  #attempt<T>(move: () => T): T | undefined {
    try {
      return move();
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  #fail(error: unknown): void {
    this.#error =
      error instanceof DialogueError
        ? error
        : scriptError(
            `The story stopped: ${messageOf(error)}; expected one that runs.`,
            'Play it in an Ink editor up to this place. The character talks without it.',
            error,
          );
    this.#run++;
    this.#busy = false;
    console.error(`Parley: ${this.#host.persona.id} goes on without its story.`, this.#error);
  }
}
