/** A talk in the terminal: takes lines, writes what the character says as it comes. */

import { actionText } from '../../plugin/dialogue/answer/action-check.js';
import { isFeelingPath } from '../../plugin/dialogue/feeling.js';
import type { Character, Choice, Utterance } from '../../plugin/dialogue/index.js';
import type { Scalar } from '../../plugin/dialogue/persona/types.js';
import { parseAssignment } from './state-values.js';

const HELP = `/choices          what you could say; a number picks one
/memory           what the character remembers
/set path value   a value of the game's state, for conditions
/again            forget everything and begin anew
/quit             leave`;

export interface TerminalTalkOptions {
  readonly character: Character;
  /** The character's conditions read it. */
  readonly state: Map<string, Scalar>;
  readonly write: (text: string) => void;
  /** For what is not said. */
  readonly dim: (text: string) => string;
}

export class TerminalTalk {
  readonly #options: TerminalTalkOptions;
  /** As they were last shown: a number means one of these. */
  #choices: readonly Choice[] = [];
  #speaking: Utterance | undefined;

  /** What the line being spoken changed. */
  readonly #changes: string[] = [];

  constructor(options: TerminalTalkOptions) {
    this.#options = options;
    const { character, state } = options;
    character.on('set', ({ assignments }) => {
      for (const [path, value] of Object.entries(assignments)) {
        if (!isFeelingPath(path)) state.set(path, value);
        // In the middle of the line there is no place for it.
        this.#changes.push(`${path} = ${JSON.stringify(value)}`);
      }
    });
  }

  async begin(): Promise<void> {
    await this.#speak(this.#options.character.greet());
    this.#showChoices();
  }

  /** Takes one line of the player. @returns false when the talk is over */
  async take(input: string): Promise<boolean> {
    const line = input.trim();
    if (line === '') return true;
    if (line.startsWith('/')) return this.#command(line);
    const { character } = this.#options;
    const choice = /^\d+$/.test(line) ? this.#choices[Number(line) - 1] : undefined;
    try {
      await this.#speak(choice ? character.choose(choice.id) : character.ask(line));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#note(error.message);
    }
    return true;
  }

  async end(): Promise<void> {
    await this.#speak(this.#options.character.leave());
  }

  /** Ends the line that is spoken. @returns false when none is, or it ends already */
  interrupt(): boolean {
    const speaking = this.#speaking;
    this.#speaking = undefined;
    speaking?.interrupt();
    return speaking !== undefined;
  }

  async #command(line: string): Promise<boolean> {
    const { character, state } = this.#options;
    const [, name, rest = ''] = /^(\/\S*)\s*(.*)$/s.exec(line) ?? [];
    switch (name) {
      case '/quit':
        return false;
      case '/again':
        await character.forget();
        await this.begin();
        break;
      case '/choices':
        this.#showChoices('There is nothing to choose from.');
        break;
      case '/memory':
        this.#note(character.memories.join('\n') || 'Nothing yet.');
        break;
      case '/set': {
        const assignment = parseAssignment(rest);
        if (assignment && isFeelingPath(assignment[0]))
          character.setFeelings(Object.fromEntries([assignment]));
        else if (assignment) state.set(...assignment);
        this.#note(assignment ? `${assignment[0]} = ${JSON.stringify(assignment[1])}` : '/set path value');
        break;
      }
      default:
        this.#note(HELP);
    }
    return true;
  }

  #showChoices(none?: string): void {
    this.#choices = this.#options.character.choices();
    const lines = this.#choices.map(({ text }, i) => `${i + 1}  ${text}`);
    if (lines.length > 0) this.#note(lines.join('\n'));
    else if (none !== undefined) this.#note(none);
  }

  async #speak(utterance: Utterance | undefined): Promise<void> {
    if (!utterance) return;
    const { write, dim } = this.#options;
    this.#speaking = utterance;
    const actions: string[] = [];
    for await (const event of utterance) {
      if (event.type === 'emotion') write(`${dim(`[${event.emotion}]`)} `);
      else if (event.type === 'text') write(event.text);
      else if (event.type === 'filler') write(`${dim(event.text)}\n`);
      else actions.push(actionText(event.action));
    }
    this.#speaking = undefined;
    const { finish, source } = await utterance;
    if (finish === 'interrupted') write(dim(' (interrupted)'));
    if (source === 'fallback') write(dim(' (an authored line stands in)'));
    write('\n');
    for (const action of actions) this.#note(`@${action}`);
    for (const change of this.#changes.splice(0)) this.#note(change);
  }

  #note(text: string): void {
    const { write, dim } = this.#options;
    write(`${text.split('\n').map(dim).join('\n')}\n`);
  }
}
