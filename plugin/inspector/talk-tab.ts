import type { AnswerReport, ChosenFact, PromptPart, PromptSnapshot } from '../dialogue/index.js';
import type { ParleyPlugin } from '../phaser/parley-plugin.js';
import { element, facts, heading } from './dom.js';
import { milliseconds, percent } from './format.js';
import { NpcChoice } from './npc-choice.js';
import { type BarPart, promptBar } from './prompt-layout.js';
import type { Npc, Tab } from './tab.js';

const KIND_NAMES: Readonly<Record<BarPart['kind'], string>> = {
  system: 'system text',
  example: 'examples',
  exchange: 'exchanges',
  last: 'last turn',
  template: 'chat template, at most',
  answer: 'kept for the answer',
  free: 'free',
};
const WHY: Readonly<Record<ChosenFact['why'], string>> = {
  secret: 'a secret whose condition holds',
  constant: 'always said',
  key: 'a key of it was said',
  match: 'fits the line',
};

const LAST_ANSWER = 'answer-last';

/** One character: how it stands, what it answered and why, and its prompt, part by part. */
export class TalkTab implements Tab {
  readonly id = 'talk';
  readonly label = 'Talk';
  readonly periodMs = 300;
  readonly element = element('div');
  readonly #choice: NpcChoice;
  readonly #content = element('div');
  /** What is shown, so that nothing is made anew under the reader's eyes while it is true. */
  #shown = '';

  constructor(parley: ParleyPlugin) {
    this.#choice = new NpcChoice(parley);
    this.element.append(this.#choice.element, this.#content);
  }

  async refresh(): Promise<void> {
    const { npc } = this.#choice;
    if (!npc) {
      this.#show('', [element('p', { class: 'quiet' }, ['No character is alive in this game now.'])]);
      return;
    }
    const { character } = npc;
    const prompt = await character.prompt();
    // Another one was chosen meanwhile.
    if (npc !== this.#choice.npc) return;
    const { answers, mood, relations, memories, talking } = character;
    const state = JSON.stringify([npc.id, prompt, answers, mood, relations, memories, talking]);
    if (state === this.#shown) return;
    this.#show(state, [...stateOf(npc), ...answersOf(answers), ...promptOf(prompt)]);
  }

  /** Parts that were open stay open; the first answer comes open. */
  #show(state: string, children: readonly HTMLElement[]): void {
    const open = new Set([...this.#content.querySelectorAll('details[open]')].map(keyOf));
    if (!this.#content.querySelector(`[data-key="${LAST_ANSWER}"]`)) open.add(LAST_ANSWER);
    this.#content.replaceChildren(...children);
    for (const part of this.#content.querySelectorAll('details')) part.open = open.has(keyOf(part));
    this.#shown = state;
  }
}

function keyOf(part: Element): string | undefined {
  return (part as HTMLElement).dataset.key;
}

function stateOf({ persona, character }: Npc): HTMLElement[] {
  const relations = Object.entries(character.relations).map(
    ([who, values]) =>
      `${who}: ${Object.entries(values)
        .map(([name, value]) => `${name} ${value}`)
        .join(', ')}`,
  );
  return [
    heading('State'),
    facts([
      ['Name', persona.identity.name],
      ['Mood', character.mood === '' ? '–' : character.mood],
      ['Relations', relations.length === 0 ? '–' : relations.join('; ')],
      ['Talk', `${character.talking ? 'open' : 'closed'}, ${character.transcript.length} lines`],
      ['Memories', character.memories.length === 0 ? '–' : character.memories.join(' · ')],
    ]),
  ];
}

function answersOf(answers: readonly AnswerReport[]): HTMLElement[] {
  if (answers.length === 0) {
    return [heading('Last answers'), element('p', { class: 'quiet' }, ['None since the scene began.'])];
  }
  return [
    heading('Last answers'),
    ...[...answers]
      .reverse()
      .map((answer, i) => answerOf(answer, i === 0 ? LAST_ANSWER : `answer-${answers.length - i}`)),
  ];
}

function answerOf(answer: AnswerReport, key: string): HTMLElement {
  const { said, text, emotion, action, source, finish, tokens, firstTokenMs, firstWordMs, totalMs } = answer;
  return element('details', { 'data-key': key }, [
    element('summary', {}, [element('span', {}, [`“${said}”`]), element('span', {}, [source])]),
    element('pre', {}, [text]),
    facts(
      [
        ['Source', finish === 'done' ? source : `${source}, ${finish}`],
        ['Emotion', emotion],
        ['Action', action ? `${action.name} ${JSON.stringify(action.params)}` : undefined],
        ['Tokens', String(tokens)],
        ['First token', milliseconds(firstTokenMs)],
        ['First word', milliseconds(firstWordMs)],
        ['Whole answer', milliseconds(totalMs)],
        ...answer.facts.map((fact) => ['Fact', `${fact.text} — ${reasonOf(fact)}`] as const),
      ].filter((row): row is [string, string] => row[1] !== undefined),
    ),
  ]);
}

function reasonOf({ why, score, byWords, byMeaning }: ChosenFact): string {
  if (why === 'secret') return WHY.secret;
  return `${WHY[why]} (score ${score.toFixed(2)}: words ${percent(byWords)}, meaning ${percent(byMeaning)} of the best)`;
}

function promptOf(prompt: PromptSnapshot): HTMLElement[] {
  const { parts, tokens, nCtx, droppedExchanges } = prompt;
  const bar = promptBar(prompt);
  const known =
    tokens === undefined
      ? 'Tokens are counted when a model is ready.'
      : `${tokens} of ${nCtx} tokens, without the chat template.`;
  const dropped = droppedExchanges > 0 ? ` ${droppedExchanges} exchanges have left it.` : '';
  return [
    heading('Prompt'),
    element('p', { 'data-prompt-tokens': String(tokens ?? '') }, [known + dropped]),
    barOf(bar),
    element(
      'ul',
      { class: 'legend' },
      bar.map(({ kind, tokens: count }) =>
        element('li', {}, [element('i', { class: kind }), `${KIND_NAMES[kind]} ${count}`]),
      ),
    ),
    ...parts.map(partOf),
  ];
}

function barOf(bar: readonly BarPart[]): HTMLElement {
  const label = bar.map(({ kind, tokens }) => `${KIND_NAMES[kind]}: ${tokens}`).join(', ');
  const made = element('div', { class: 'bar', role: 'img', 'aria-label': `Context window. ${label}` });
  for (const { kind, share } of bar) {
    const part = element('span', { class: kind });
    part.style.width = `${share * 100}%`;
    made.append(part);
  }
  return made;
}

function partOf({ kind, role, text, tokens }: PromptPart, i: number): HTMLElement {
  const first = text.split('\n', 1)[0]!;
  const title = first.length > 46 ? `${first.slice(0, 45)}…` : first;
  return element('details', { 'data-key': `part-${i}` }, [
    element('summary', {}, [
      element('i', { class: kind }),
      element('span', {}, [`${role}: ${title}`]),
      element('span', {}, [tokens === undefined ? '–' : String(tokens)]),
    ]),
    element('pre', {}, [text]),
  ]);
}
