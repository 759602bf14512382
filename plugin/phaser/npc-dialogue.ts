import type * as Phaser from 'phaser';
import {
  type ActionCall,
  type AskOptions,
  type Assignments,
  type Character,
  type CharacterEvents,
  type CharacterOptions,
  type Choice,
  type ConverseOptions,
  converse,
  createCharacter,
  fillSilence,
  type Line,
  localizePersona,
  type Persona,
  type Rails,
  type Relations,
  readPath,
  type SayOptions,
  type StateChange,
  type TranscriptTurn,
  type Utterance,
  type UtteranceResult,
} from '../dialogue/index.js';
import type { LineView } from '../ui/line-view.js';
import { type Speaker, SpeechBubble } from '../ui/speech-bubble.js';
import type { BubbleStyle } from '../ui/theme.js';
import { TypedEmitter } from '../ui/typed-emitter.js';
import { checkedName } from './options.js';
import type { ParleyPlugin } from './parley-plugin.js';
import { parleyOf } from './plugin-key.js';
import type { PresenceOptions } from './presence.js';
import { relay } from './relay.js';

export interface NpcDialogueOptions {
  /** Names the character in saves; default the persona's id. Two live characters may not share one. */
  readonly id?: string;
  /** A bubble over the sprite: false for none, or its style. Default true. */
  readonly bubble?: boolean | BubbleStyle;
  /** False: the character also stops talking while its scene is paused. Default true. */
  readonly whilePaused?: boolean;
  /** What the character sees around it now, e.g. 'It is night and raining.' */
  readonly scene?: () => string | undefined;
  /** Reads the game's state for conditions and bound lines. Default: the game's registry, dots enter objects. */
  readonly readState?: (path: string) => unknown;
  /** Takes the overrides of the persona's `i18n` for this locale, such as `de` or `pt-BR`. Default: none. */
  readonly locale?: string;
  /** How it minds the player that `parley.watchPlayer` watches, before what is said there; false: not at all. */
  readonly presence?: PresenceOptions | false;
  /** First seed of the character's talks: the same seed and lines give the same answers. */
  readonly seed?: number;
}

export type NpcDialogueEvents = {
  /** A line begins; the utterance can be iterated. */
  utterance: [utterance: Utterance, kind: CharacterEvents['utterance'][1]];
  /** The model takes its time: what is said meanwhile, before the line itself. A moment for a thinking gesture. */
  filler: [text: string];
  /** Whole words of the line. */
  text: [text: string];
  emotion: [emotion: string];
  action: [action: ActionCall];
  /** The line ended. */
  done: [result: UtteranceResult];
  /** The model takes longer than 0.7 s: true when it does, false when words come or the line ends. */
  thinking: [thinking: boolean];
  /** A talk begins: the player spoke to it, or it greeted. */
  talk: [];
  /** The talk ends; a farewell may follow. */
  leave: [];
  /** The player whom `parley.watchPlayer` watches comes near, in pixels of the world. */
  notice: [distance: number];
  /** That player is out of sight again. */
  lose: [];
  /** That player is there now, seen from the character: a vector of length 1. While noticed or in a talk. */
  face: [dx: number, dy: number];
  /** That player is near enough to talk, or not any longer. */
  reach: [within: boolean];
  mood: [mood: string];
  /** The choices changed without a line of this character, or free talk did. */
  choices: [];
  /** A choice or goal would change the game's state; `preventDefault()` keeps it from the registry. */
  set: [change: StateChange];
  destroy: [];
};

/** Gives a sprite a voice: a character that is asked, greets and remembers, and dies with its sprite or scene. */
export class NpcDialogue extends TypedEmitter<NpcDialogueEvents> {
  readonly sprite: Speaker;
  readonly id: string;
  readonly persona: Persona;
  /** The bubble over the sprite, unless `bubble: false`. */
  readonly bubble: SpeechBubble | undefined;
  /** Where lines are shown: the bubble, a dialogue box while it is open, or a view of the game's own. */
  view: LineView | undefined;
  readonly #parley: ParleyPlugin;
  readonly #options: NpcDialogueOptions;
  readonly #mute: boolean;
  /** Of the lines, where the persona has them in the locale that was asked for. */
  readonly #lang: string | undefined;
  readonly #sceneSystems: Phaser.Scenes.Systems;
  readonly #leaveCast: () => void;
  #character: Character;
  #current: Utterance | undefined;
  #lastMood: string;
  #rails: Rails | undefined;
  #talked = false;
  #destroyed = false;

  /** @throws DialogueError duplicate-character; RangeError unknown persona key or unusable id */
  constructor(sprite: Speaker, persona: string | Persona, options: NpcDialogueOptions = {}) {
    super();
    const scene = sprite.scene;
    this.#parley = parleyOf(scene.sys.game);
    const found = typeof persona === 'string' ? this.#parley.personas.get(persona) : { persona, mute: false };
    this.sprite = sprite;
    this.persona =
      options.locale === undefined ? found.persona : localizePersona(found.persona, options.locale);
    this.id = checkedName('id', options.id ?? found.persona.id);
    this.#lang = this.persona === found.persona ? undefined : options.locale;
    this.#mute = found.mute;
    this.#options = options;
    this.#sceneSystems = scene.sys;
    this.#leaveCast = this.#parley.cast.add(this.id, this.#member());
    this.#character = this.#open();
    this.#lastMood = this.#character.mood;
    const { bubble = true } = options;
    if (bubble !== false) this.bubble = new SpeechBubble(scene, sprite, bubble === true ? undefined : bubble);
    this.view = this.bubble;
    sprite.once('destroy', this.destroy, this);
  }

  /** The talk's state: transcript, mood. Another one after `parley.load` or a change of the slot. */
  get character(): Character {
    return this.#character;
  }

  /** A script that leads the talk, such as a story of `phaser-parley/ink`. */
  get rails(): Rails | undefined {
    return this.#rails;
  }

  set rails(rails: Rails | undefined) {
    this.#rails = rails;
    this.emit('choices');
  }

  get mood(): string {
    return this.#character.mood;
  }

  /** How the character stands to others, by name: trust, respect and familiarity, -100 to 100. */
  get relations(): Relations {
    return this.#character.relations;
  }

  /** Sets `mood` and `relations.WHO.trust`, `respect` or `familiarity`; saved with the talk. */
  setFeelings(values: Assignments): void {
    this.#character.setFeelings(values);
    this.#noticeMood();
  }

  /** How it minds the player, as its options say. */
  get presence(): PresenceOptions | false | undefined {
    return this.#options.presence;
  }

  /** True while a line is spoken, or stands in the bubble to be read. */
  get speaking(): boolean {
    return this.#current !== undefined || (this.bubble !== undefined && this.bubble.state !== 'hidden');
  }

  /** True while a talk is open: from the first greeting or question to `leave`. */
  get talking(): boolean {
    return this.#character.talking;
  }

  /**
   * Says something to the character. Await the utterance for `{ text, emotion, action }`, or iterate it as it streams.
   * Without a model an authored line answers at once, unless `wait` is set.
   * @throws TypeError when `text` is not a string
   * @throws RangeError when `text` is empty or longer than 500 characters
   */
  ask(text: string, options?: AskOptions): Utterance {
    const answer = this.#character.ask(text, options);
    this.#script?.heard(text, answer);
    return answer;
  }

  /** Speaks an authored greeting, or the script's next line, and opens the talk; undefined where there is none. */
  greet(): Utterance | undefined {
    const line = this.#script?.begin();
    // A script that fails at its first line leaves the talk to the persona.
    return line ?? (this.#script ? undefined : this.#character.greet());
  }

  /** Ends the talk; speaks a farewell where the persona has one. */
  leave(): Utterance | undefined {
    this.rails?.pause();
    if (this.talking) {
      this.#talked = false;
      // Who shows the talk makes room for the farewell.
      this.emit('leave');
    }
    return this.#character.leave();
  }

  /** A short authored line; undefined when none fits now. */
  bark(): Utterance | undefined {
    return this.#character.bark();
  }

  /**
   * Begins a talk with another character, without the player: see `ConverseOptions`. It ends when all lines are said, or
   * when the player speaks to one of the two.
   * @returns whether it was said to the end; false at once where one of them is in a talk or there is no opening
   * @throws RangeError `lines` is no integer from 2 to 12
   */
  talkTo(other: NpcDialogue, options?: ConverseOptions): Promise<boolean> {
    return converse(this.#character, other.#character, options, async ({ id }) => {
      const { view } = id === this.id ? this : other;
      await view?.whenRead?.();
    });
  }

  /** What was said, the oldest first. */
  get transcript(): readonly TranscriptTurn[] {
    return this.#character.transcript;
  }

  /** The authored choices open to the player now. */
  choices(): readonly Choice[] {
    return (this.#script ?? this.#character).choices();
  }

  /** Whether the player may say anything now: a script may want one of its choices. `ask` is not kept from it. */
  get freeTalk(): boolean {
    return this.#script?.freeTalk ?? true;
  }

  /**
   * Up to three lines that the player could say next, from the model; say one with `ask`. None while no model is
   * ready, or when the player spoke meanwhile.
   * @throws AbortError from the caller's own signal
   */
  suggest(signal?: AbortSignal): Promise<readonly string[]> {
    return this.#character.suggest(signal);
  }

  /** Takes a choice. @throws RangeError when there is no such choice */
  choose(id: string, options?: AskOptions): Utterance {
    return (this.#script ?? this.#character).choose(id, options);
  }

  /**
   * Speaks a line of the game's as part of the talk: the model remembers it, and what the player said before it.
   * @param line the text, or `{ text, emotion }` with a label of the persona
   */
  say(line: Line, options?: SayOptions): Utterance {
    return this.#character.say(line, options);
  }

  /** Long-term facts of the persona, and what was remembered of talks. */
  get memories(): readonly string[] {
    return this.#character.memories;
  }

  /**
   * Replaces what was remembered; the persona's own facts stay.
   * @throws RangeError more than 24, or one that is empty or longer than 160 characters
   */
  setMemories(memories: readonly string[]): void {
    this.#character.setMemories(memories);
  }

  /** Reads `mood`, `relations.WHO.trust` and its like, else the game's state. */
  read(path: string): unknown {
    return this.#character.read(path);
  }

  /** Proposes new values by their paths: a `set` event, and made unless it is prevented. */
  propose(values: Assignments): void {
    this.#character.propose(values);
  }

  /** Forgets everything, in memory and on disk. */
  forget(): Promise<void> {
    return this.#character.forget();
  }

  /** Prepares the next answer; call it when the player comes near. */
  async prefetch(signal?: AbortSignal, said?: string): Promise<void> {
    // A script answers its choices itself.
    if (this.#script?.choices().some(({ text }) => text === said)) return;
    return this.#character.prefetch(signal, said);
  }

  /** Ends the character; what was said stays saved. */
  override destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.sprite.off('destroy', this.destroy, this);
    this.#leaveCast();
    this.rails?.pause();
    this.#character.destroy();
    this.view?.clear();
    this.bubble?.destroy();
    this.emit('destroy');
    this.removeAllListeners();
  }

  get #script(): Rails | undefined {
    return this.rails?.active ? this.rails : undefined;
  }

  #member() {
    const npc = this;
    return {
      npc,
      get sequencePrefix() {
        return npc.#character.sequencePrefix;
      },
      get talking() {
        return npc.#character.talking;
      },
      whilePaused: this.#options.whilePaused ?? true,
      get sceneStatus() {
        return npc.#sceneSystems.settings.status as number;
      },
      reopen: () => this.#reopen(),
    };
  }

  #reopen(): void {
    this.rails?.pause();
    this.#character.destroy();
    this.view?.clear();
    this.#current = undefined;
    this.#talked = false;
    this.#character = this.#open();
    this.#noticeMood();
  }

  #open(): Character {
    const { registry } = this.#sceneSystems;
    const { scene, seed, readState } = this.#options;
    const host = this.#parley.characterHost();
    const options: CharacterOptions = {
      persona: this.persona,
      id: this.id,
      ...host,
      ...(this.#mute ? { engine: () => undefined, engineReady: async () => undefined } : {}),
      readState: readState ?? ((path) => readPath(registry.values, path)),
      ...(scene ? { scene } : {}),
      ...(seed === undefined ? {} : { seed }),
    };
    const character = createCharacter(options);
    character.on('utterance', (utterance, kind) => this.#onUtterance(utterance, kind));
    character.on('turn', () => this.#noticeMood());
    character.on('set', (change) => this.#onSet(change));
    return character;
  }

  #onUtterance(utterance: Utterance, kind: CharacterEvents['utterance'][1]): void {
    this.#current = utterance;
    this.view?.begin(this.persona.identity.name);
    if (this.talking && !this.#talked) {
      this.#talked = true;
      this.emit('talk');
    }
    this.emit('utterance', utterance, kind);
    let thinks = false;
    const spoke = fillSilence(() => {
      thinks = true;
      this.emit('thinking', true);
    });
    const speaks = () => {
      spoke();
      if (thinks) this.emit('thinking', false);
      thinks = false;
    };
    // A line that was replaced still ends with its events, but no longer writes into the view.
    const view = () => (this.#current === utterance && !this.#destroyed ? this.view : undefined);
    void relay(utterance, {
      filler: (text, emotion) => {
        view()?.emotion(emotion);
        view()?.text(`${text} `);
        this.emit('filler', text);
      },
      text: (text) => {
        speaks();
        view()?.text(text);
        this.emit('text', text);
      },
      emotion: (emotion) => {
        view()?.emotion(emotion);
        this.emit('emotion', emotion);
      },
      action: (action) => this.emit('action', action),
      done: (result) => {
        speaks();
        view()?.end();
        if (this.#current === utterance) this.#current = undefined;
        if (!result || this.#destroyed) return;
        if (result.text !== '') this.#parley.announce(this.persona, result.text, this.#lang);
        this.emit('done', result);
      },
    });
  }

  #noticeMood(): void {
    const { mood } = this.#character;
    if (mood === this.#lastMood) return;
    this.#lastMood = mood;
    this.emit('mood', mood);
  }

  #onSet(change: StateChange): void {
    this.emit('set', change);
    if (!change.prevented) change.apply(this.#sceneSystems.registry);
  }
}

/** Adds `this.add.npcDialogue` to all scenes. */
export function registerNpcDialogue(pluginManager: Phaser.Plugins.PluginManager): void {
  pluginManager.registerGameObject(
    'npcDialogue',
    (sprite: Speaker, persona: string | Persona, options?: NpcDialogueOptions) => {
      const npc = new NpcDialogue(sprite, persona, options);
      sprite.scene.parley.adopt(npc);
      return npc;
    },
  );
}
