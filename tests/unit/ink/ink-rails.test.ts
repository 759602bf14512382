/** Real stories, compiled here, on a real character whose engine is a script. */
import { readFileSync } from 'node:fs';
import { Compiler } from 'inkjs/full';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { characterOn } from '../../../cli/character-on.js';
import { parsePersona, type StateChange, type Utterance } from '../../../plugin/dialogue/index.js';
import { type InkCharacter, InkRails } from '../../../plugin/ink/index.js';
import { scriptedPort } from '../../support/scripted-port.js';

const compile = (source: string): string => new Compiler(source).Compile().ToJson()!;
const GUIDE = /```ink\n([\s\S]*?)```/.exec(readFileSync('docs/ink.md', 'utf8'))![1]!;
const MIRA = parsePersona(JSON.parse(readFileSync('assets/personas/mira.json', 'utf8')), 'mira.json');

/** What `NpcDialogue` is to the rails, without Phaser: a character and a registry. */
function npc(answers: readonly string[] = [], prevented = false) {
  const registry = new Map<string, unknown>();
  const lines: string[] = [];
  const character = characterOn(scriptedPort([...answers, '[neutral] Aye.']), {
    persona: MIRA,
    slot: 'main',
  });
  const offs = new Map<unknown, () => void>();
  character.on('set', (change: StateChange) => {
    if (prevented) return;
    for (const [path, value] of Object.entries(change.assignments)) registry.set(path, value);
  });
  character.on('utterance', (utterance: Utterance) => {
    utterance.then(({ text, emotion }) => lines.push(`[${emotion}] ${text}`));
  });
  const host: InkCharacter & { ask(text: string): Utterance } = {
    persona: MIRA,
    rails: undefined,
    ask: (text) => character.ask(text),
    say: (line, options) => character.say(line, options),
    propose: (values) => character.propose(values),
    readState: (path) => registry.get(path),
    get transcript() {
      return character.transcript;
    },
    on: (event, listener) => offs.set(listener, character.on(event, listener)),
    off: (_event, listener) => offs.get(listener)?.(),
  };
  return { host, registry, lines, character };
}

describe('InkRails', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const settle = () => vi.advanceTimersByTimeAsync(20_000);
  const texts = (rails: InkRails) => rails.choices().map(({ text }) => text);

  it("plays the guide's story: lines, choices, functions, the end", async () => {
    const { host, lines, character } = npc();
    const given: unknown[] = [];
    const rails = new InkRails(host, compile(GUIDE), {
      bind: { clue_soup: 'clue.soup' },
      functions: { give: (item) => given.push(item) },
      cast: { mira: host },
    });
    expect(host.rails).toBe(rails);
    rails.begin();
    await settle();
    expect(lines).toEqual(['[amused] Evening, sailor. What do you want of me?']);
    expect(rails.freeText).toBe(true);
    expect(texts(rails)).toEqual(['Where is your brother?', 'Two bowls of soup, every evening?']);
    rails.choose('0');
    await settle();
    expect(lines.at(-1)).toBe(
      '[sad] He went to the lighthouse, and he did not come back. Will you look for him?',
    );
    expect(rails.freeText).toBe(false);
    rails.choose('0');
    await settle();
    expect(lines.at(-1)).toBe('[tender] Take this for the way. It is on me.');
    expect(given).toEqual(['herring']);
    expect([rails.freeText, rails.choices(), rails.begin()]).toEqual([true, [], undefined]);
    expect(character.transcript.map(({ text }) => text)).toEqual([
      'Evening, sailor. What do you want of me?',
      'Where is your brother?',
      'He went to the lighthouse, and he did not come back. Will you look for him?',
      'I will.',
      'Take this for the way. It is on me.',
    ]);
  });

  it('waits while the player talks, and goes on when what it waits for is said', async () => {
    const { host, lines, registry } = npc(['[proud] Five coins, sailor.', '[curious] Soup?']);
    const rails = new InkRails(host, compile(GUIDE), {
      bind: { clue_soup: 'clue.soup' },
      functions: { give: () => undefined },
    });
    rails.begin();
    await settle();
    host.ask('How much for an eel?');
    await settle();
    expect(lines.at(-1)).toBe('[proud] Five coins, sailor.');
    expect(texts(rails)).toHaveLength(2);
    host.ask('Why does Orrin want two bowls?');
    await settle();
    expect(lines.slice(-2)).toEqual([
      '[curious] Soup?',
      '[surprised] So Bess told you. Then you know who eats the second one. Will you look for him?',
    ]);
    expect(registry.get('clue.soup')).toBe(true);
  });

  it("reads the game's state, and leaves it alone where the game prevents a change", async () => {
    const { host, lines, registry } = npc([], true);
    registry.set('clue.soup', true);
    const rails = new InkRails(host, compile(GUIDE), {
      bind: { clue_soup: 'clue.soup' },
      functions: { give: () => undefined },
    });
    rails.begin();
    await settle();
    expect(lines[0]).toContain("somebody who has eaten at Bess's");
    registry.set('clue.soup', false);
    rails.choose('1');
    await settle();
    expect(registry.get('clue.soup')).toBe(false);
  });

  it('lets others of the cast speak, with a pause to read, and offers choices with the last line', async () => {
    const { host, lines } = npc();
    const bess = npc();
    const story = compile('Good evening.\nCome in, dear. # speaker: bess\n* [Thanks.]\n  Bye. -> END');
    const rails = new InkRails(host, story, { cast: { bess: bess.host } });
    rails.begin();
    await vi.advanceTimersByTimeAsync(10);
    expect([lines, bess.lines, rails.choices()]).toEqual([['[neutral] Good evening.'], [], []]);
    await settle();
    expect([bess.lines, texts(rails)]).toEqual([['[neutral] Come in, dear.'], ['Thanks.']]);
  });

  it('shows no hidden choice, and warns of a label that the persona has not', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { host } = npc();
    const persona = { ...MIRA, emotions: ['neutral', 'happy'] };
    const rails = new InkRails(
      { ...host, persona },
      compile('Hm. # emotion: smug\n* [No one. # hidden]\n  A. -> END\n* [All.]\n  B. -> END'),
    );
    rails.begin();
    expect(texts(rails)).toEqual(['All.']);
    expect(warn.mock.calls[0]![0]).toMatch(/"Hm\.".*"smug".*neutral, happy/);
    expect(() => rails.choose('0')).toThrow(RangeError);
    warn.mockRestore();
  });

  it('goes back to a save, and stays where it is when that is no save of it', async () => {
    const { host } = npc();
    const rails = new InkRails(host, compile('A.\n* [One.]\n  B.\n  ** [Two.]\n  C. -> END'));
    rails.begin();
    const saved = rails.save();
    rails.choose('0');
    expect(texts(rails)).toEqual(['Two.']);
    rails.load(saved);
    expect(texts(rails)).toEqual(['One.']);
    expect(rails.begin()).toBeUndefined();
    for (const broken of ['', '{}', '{"state":"{}"}', saved.slice(0, -9)]) {
      expect(() => rails.load(broken)).toThrow(expect.objectContaining({ code: 'story-invalid' }));
      expect(texts(rails)).toEqual(['One.']);
    }
  });

  it('refuses what is no story with one error, and leaves the character as it was', () => {
    const { host } = npc();
    for (const source of ['', 'not json', '{}', '{"inkVersion":3,"root":[]}', { a: 1 }]) {
      expect(() => new InkRails(host, source)).toThrow(
        expect.objectContaining({ name: 'DialogueError', code: 'story-invalid' }),
      );
      expect(host.rails).toBeUndefined();
    }
  });

  it('takes the character off the rails when the story breaks off', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { host } = npc();
    const rails = new InkRails(host, compile('Hello. # speaker: nobody\n* [Go.]\n  Bye. -> END'));
    expect(rails.begin()).toBeUndefined();
    expect(host.rails).toBeUndefined();
    expect(String(error.mock.calls[0]![0])).toMatch(/"nobody".*cast/);
    expect(error).toHaveBeenCalledTimes(1);
    error.mockRestore();
  });
});
