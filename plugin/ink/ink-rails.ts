/** An Ink story that leads the talk: its lines and choices, with free talk where it says so. The game owns the state. */
import type { Story } from 'inkjs';
import type {
  Assignments,
  Choice,
  Line,
  Persona,
  SayOptions,
  Utterance,
  UtteranceResult,
} from '../dialogue/index.js';
import { hasHappened } from '../dialogue/state-rules.js';
import type { Rails } from '../phaser/rails.js';
import { readStory, storyError } from './story.js';
import { hasTag, tagValue } from './tags.js';

/** What the rails need of a character; `NpcDialogue` fits it. */
export interface InkCharacter {
  readonly persona: Persona;
  rails: Rails | undefined;
  say(line: Line, options?: SayOptions): Utterance;
  /** Proposes changes of the game's state, as a choice does. */
  propose(values: Assignments): void;
  readState(path: string): unknown;
  readonly transcript: readonly { readonly role: 'player' | 'npc'; readonly text: string }[];
  on(event: 'utterance', listener: (utterance: Utterance, kind: string) => void): unknown;
  off(event: 'utterance', listener: (utterance: Utterance, kind: string) => void): unknown;
}

type Value = string | number | boolean;

export interface InkOptions {
  /** Who says lines with the tag `speaker: NAME`, by that name. */
  readonly cast?: Readonly<Record<string, InkCharacter>>;
  /** Paths of the game's state, by the name of the story's variable that stands for each. */
  readonly bind?: Readonly<Record<string, string>>;
  /** The story's EXTERNAL functions. */
  readonly functions?: Readonly<Record<string, (...args: Value[]) => unknown>>;
}

/** Lines of one speaker, said at once. */
interface Block {
  readonly who: InkCharacter;
  readonly text: string;
  readonly emotion: string | undefined;
}

/** Waits between two speakers, for a reader. */
const PAUSE_MS = 1500;
const PAUSE_MS_PER_CHARACTER = 30;

export class InkRails implements Rails {
  readonly #npc: InkCharacter;
  readonly #story: Story;
  readonly #options: InkOptions;
  readonly #labels: ReadonlySet<string> | undefined;
  #freeText = false;
  /** Blocks are being said one after the other; nothing can be picked. */
  #speaking = false;
  #begun = false;

  /**
   * Puts a character on the rails of a story, until `destroy`.
   * @param source the compiled story, as text or as an object
   * @throws DialogueError story-invalid
   */
  constructor(npc: InkCharacter, source: string | object, options: InkOptions = {}) {
    this.#npc = npc;
    this.#options = options;
    this.#story = readStory(source);
    const { emotions } = npc.persona;
    this.#labels =
      emotions && new Set(emotions.map((item) => (typeof item === 'string' ? item : item.label)));
    for (const [name, run] of Object.entries(options.functions ?? {})) {
      this.#story.BindExternalFunction(name, (...args: Value[]) => run(...args));
    }
    for (const [name, path] of Object.entries(options.bind ?? {})) this.#bind(name, path);
    npc.on('utterance', this.#onUtterance);
    npc.rails = this;
  }

  get freeText(): boolean {
    return this.#freeText;
  }

  begin(): Utterance | undefined {
    // Left in the middle, it goes on with what can be picked.
    if (this.#begun && !this.#story.canContinue) return undefined;
    this.#begun = true;
    return this.#goOn();
  }

  choices(): readonly Choice[] {
    if (this.#speaking) return [];
    return this.#story.currentChoices
      .filter(({ tags }) => !hasTag(tags ?? [], 'hidden'))
      .map(({ index, text }) => ({ id: String(index), text }));
  }

  choose(id: string): Utterance | undefined {
    const choice = this.choices().find((open) => open.id === id);
    if (!choice) throw new RangeError(`Got the choice ${JSON.stringify(id)}; expected one of choices().`);
    return this.#take(Number(id), choice.text);
  }

  /** Where the story stands, for the game's save. */
  save(): string {
    return JSON.stringify({
      begun: this.#begun,
      freeText: this.#freeText,
      state: this.#story.state.toJson(),
    });
  }

  /** Goes back to where a save stood. @throws DialogueError story-invalid */
  load(saved: string): void {
    const before = this.#story.state.toJson();
    try {
      const { begun, freeText, state } = JSON.parse(saved);
      this.#story.state.LoadJson(state);
      this.#begun = begun === true;
      this.#freeText = freeText === true;
    } catch (cause) {
      this.#story.state.LoadJson(before);
      throw storyError('Got a save that this story cannot read', cause);
    }
  }

  /** Takes the character off the rails: the talk is free from now on. */
  destroy(): void {
    this.#npc.off('utterance', this.#onUtterance);
    if (this.#npc.rails === this) this.#npc.rails = undefined;
  }

  /** The game's value wins; what the story changes is proposed to the game. */
  #bind(name: string, path: string): void {
    this.#story.ObserveVariable(name, (_: string, value: Value) => {
      if (this.#npc.readState(path) !== value) this.#npc.propose({ [path]: value });
    });
  }

  #readState(): void {
    for (const [name, path] of Object.entries(this.#options.bind ?? {})) {
      const value = this.#npc.readState(path);
      if (value !== undefined && value !== null) this.#story.variablesState.$(name, value as Value);
    }
  }

  #take(index: number, said?: string): Utterance | undefined {
    this.#story.ChooseChoiceIndex(index);
    return this.#goOn(said);
  }

  /** Says what comes up to the next choice. */
  #goOn(said?: string): Utterance | undefined {
    let blocks: Block[];
    try {
      blocks = this.#read();
    } catch (cause) {
      // The talk goes on without the story, and nothing that was said is lost.
      console.error(storyError('The story broke off', cause));
      this.destroy();
      return undefined;
    }
    const [first, ...rest] = blocks;
    if (!first) return undefined;
    const utterance = say(first, said);
    if (rest.length > 0) {
      this.#speaking = true;
      void this.#sayRest(utterance, rest);
    }
    return utterance;
  }

  async #sayRest(first: Utterance, rest: readonly Block[]): Promise<void> {
    let result: UtteranceResult = await first;
    for (const [i, block] of rest.entries()) {
      await new Promise((resolve) =>
        setTimeout(resolve, PAUSE_MS + result.text.length * PAUSE_MS_PER_CHARACTER),
      );
      // Before the last line, so that what can be picked is known when it ends.
      if (i === rest.length - 1) this.#speaking = false;
      result = await say(block);
    }
  }

  /** @throws what inkjs does; Error: a speaker who is not in the cast */
  #read(): Block[] {
    const blocks: { who: InkCharacter; text: string; emotion: string | undefined }[] = [];
    const story = this.#story;
    this.#freeText = false;
    this.#readState();
    while (story.canContinue) {
      const text = (story.Continue() ?? '').trim();
      const tags = story.currentTags ?? [];
      if (hasTag(tags, 'talk')) this.#freeText = true;
      if (text === '') continue;
      const who = this.#speaker(tagValue(tags, 'speaker'));
      const emotion = this.#emotion(tags, text);
      const last = blocks.at(-1);
      // One line after the other would wipe the first away before it is read.
      if (last?.who === who && emotion === undefined) last.text += ` ${text}`;
      else blocks.push({ who, text, emotion });
    }
    // A story that is over leaves the talk to the player.
    if (story.currentChoices.length === 0) this.#freeText = true;
    return blocks;
  }

  #speaker(name: string | undefined): InkCharacter {
    if (name === undefined) return this.#npc;
    const who = this.#options.cast?.[name];
    if (who) return who;
    const known = Object.keys(this.#options.cast ?? {}).join(', ') || 'nobody';
    throw new Error(`Got the speaker ${JSON.stringify(name)}, expected one of the cast: ${known}.`);
  }

  #emotion(tags: readonly string[], text: string): string | undefined {
    const label = tagValue(tags, 'emotion');
    if (label === undefined || !this.#labels || this.#labels.has(label)) return label;
    console.warn(
      `Parley: the line ${JSON.stringify(text)} has the emotion ${JSON.stringify(label)}, expected one of ${[...this.#labels].join(', ')}.`,
    );
    return undefined;
  }

  /** What happens in free talk may move the story on. */
  readonly #onUtterance = (utterance: Utterance, kind: string): void => {
    if (kind !== 'answer') return;
    utterance.then(
      ({ emotion, action, text }) => this.#notice({ emotion, action: action?.name, text }),
      () => undefined,
    );
  };

  #notice({ text, ...answer }: { emotion: string; action: string | undefined; text: string }): void {
    const said = this.#npc.transcript.findLast(({ role }) => role === 'player')?.text ?? '';
    const choice = this.#story.currentChoices.find(({ tags }) => {
      const on = tagValue(tags ?? [], 'on');
      // Ink keeps | for itself.
      return on !== undefined && hasHappened(on.replaceAll(/\s*,\s*/g, '|'), { said, ...answer });
    });
    if (!choice || this.#speaking || this.#npc.rails !== this) return;
    this.#speaking = true;
    setTimeout(
      () => {
        this.#speaking = false;
        if (this.#npc.rails === this) this.#take(choice.index);
      },
      PAUSE_MS + text.length * PAUSE_MS_PER_CHARACTER,
    );
  }
}

function say({ who, text, emotion }: Block, said?: string): Utterance {
  return who.say(emotion === undefined ? text : { text, emotion }, said === undefined ? {} : { said });
}
