import { readFileSync } from 'node:fs';
import { Compiler } from 'inkjs/full';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { characterOn } from '../../../cli/character-on.js';
import { type Character, type Persona, readPath } from '../../../plugin/dialogue/index.js';
import { InkRails, type InkRailsOptions } from '../../../plugin/ink/index.js';
import type { LineView } from '../../../plugin/ui/line-view.js';
import { scriptedPort } from '../../support/scripted-port.js';

const MIRA: Persona = {
  schema: '1',
  id: 'mira',
  identity: { name: 'Mira' },
  core: { compact: 'Mira sells fish.' },
  emotions: ['neutral', 'happy', 'sad'],
  actions: [{ name: 'give', description: 'to hand over what was paid for' }],
};
const BESS: Persona = { ...MIRA, id: 'bess', identity: { name: 'Bess' } };

function compile(ink: string): string {
  return new Compiler(ink).Compile().ToJson() as string;
}

/** A component without a screen: what it says to its rails, and a registry. */
class Npc {
  readonly character: Character;
  readonly registry = new Map<string, unknown>();
  readonly emit = vi.fn();
  readonly persona: Persona;
  view: LineView | undefined;
  rails!: InkRails;
  prevents = false;

  constructor(persona = MIRA, answers: readonly string[] = []) {
    this.persona = persona;
    this.character = characterOn(scriptedPort(answers), {
      persona,
      slot: 'main',
      readState: (path) => readPath(Object.fromEntries(this.registry), path),
    });
    this.character.on('set', (change) => {
      if (this.prevents) change.preventDefault();
      else change.apply(this.registry);
    });
  }

  readonly say: Character['say'] = (line, options) => this.character.say(line, options);
  readonly read: Character['read'] = (path) => this.character.read(path);
  readonly propose: Character['propose'] = (values) => this.character.propose(values);
  readonly ask: Character['ask'] = (text, options) => {
    const answer = this.character.ask(text, options);
    if (this.rails.active) this.rails.heard(text, answer);
    return answer;
  };

  get lines(): string[] {
    return this.character.transcript.map(({ role, text }) => (role === 'npc' ? text : `> ${text}`));
  }
}

interface Setup extends InkRailsOptions {
  readonly answers?: readonly string[];
}

function onRails(ink: string, { answers, ...options }: Setup = {}): Npc {
  const npc = new Npc(MIRA, answers);
  npc.rails = new InkRails(npc, compile(ink), options);
  return npc;
}

/** Until lines that follow each other by themselves have been spoken. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 5));
}

const texts = (npc: Npc) => npc.rails.choices().map(({ text }) => text);
function pick(npc: Npc, text: string) {
  return npc.rails.choose(npc.rails.choices().find((choice) => choice.text === text)!.id);
}

let warn: ReturnType<typeof vi.spyOn>;
let error: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

describe('lines of a story', () => {
  it('are spoken one after the other, with their emotions, and choices come after the last', async () => {
    const npc = onRails(
      'Evening. # emotion: happy\nTomas is gone. # emotion: sad\n* [Where?] By the sea.\n-> END',
    );
    expect(npc.rails.active).toBe(true);
    expect(await npc.rails.begin()).toMatchObject({ text: 'Evening.', emotion: 'happy', source: 'authored' });
    await settle();
    expect(npc.character.transcript.map(({ emotion }) => emotion)).toEqual(['happy', 'sad']);
    expect(texts(npc)).toEqual(['Where?']);
    expect(npc.rails.freeTalk).toBe(false);
  });

  it('wait until the one before was read, with no choices and no free talk', async () => {
    const npc = onRails('Evening.\nFish? # talk\n* [Eel.] Five coins.\n-> END');
    let read = () => {};
    const whenRead = () =>
      new Promise<void>((resolve) => {
        read = resolve;
      });
    npc.view = { whenRead } as LineView;
    await npc.rails.begin();
    await settle();
    expect(npc.lines).toEqual(['Evening.']);
    expect([texts(npc), npc.rails.freeTalk]).toEqual([[], false]);
    read();
    await settle();
    expect(npc.lines).toEqual(['Evening.', 'Fish?']);
    expect([texts(npc), npc.rails.freeTalk]).toEqual([['Eel.'], true]);
  });

  it('stop when the talk is left, and go on with the last one when it begins again', async () => {
    const npc = onRails('One.\nTwo.\nThree.\n-> END');
    npc.rails.begin();
    npc.rails.pause();
    await settle();
    expect(npc.lines).toEqual(['One.']);
    npc.rails.begin();
    await settle();
    expect(npc.lines).toEqual(['One.', 'One.', 'Two.', 'Three.']);
    expect(npc.rails.active).toBe(false);
    expect(npc.rails.freeTalk).toBe(true);
  });

  it('warn once of an emotion that the persona does not have, and name the line', async () => {
    const npc = onRails('-> again\n== again\nHa! # emotion: giddy\n+ [Again.] -> again');
    expect((await npc.rails.begin())?.emotion).toBe('neutral');
    await pick(npc, 'Again.');
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]![0]).toMatch(/"giddy" at the line "Ha!"; expected one of neutral, happy, sad/);
  });

  it('are spoken by others of the cast', async () => {
    const bess = new Npc(BESS);
    const ink = 'Ask Bess.\nHe was here. # speaker: bess\n* [When?] Monday. # speaker: bess\n-> END';
    const npc = onRails(ink, { cast: { bess } });
    npc.rails.begin();
    await settle();
    expect([npc.lines, bess.lines]).toEqual([['Ask Bess.'], ['He was here.']]);
    expect(npc.emit).toHaveBeenCalledWith('choices');
    await pick(npc, 'When?');
    expect(bess.lines).toEqual(['He was here.', '> When?', 'Monday.']);
  });
});

describe('choices of a story', () => {
  it('are said by the player before the next line, also where the story repeats them', async () => {
    const npc = onRails('Fish?\n* How much?\n  Five coins.\n  * * [Deal.] Good.\n-> END');
    await npc.rails.begin();
    expect((await pick(npc, 'How much?')).text).toBe('Five coins.');
    await pick(npc, 'Deal.');
    expect(npc.lines).toEqual(['Fish?', '> How much?', 'Five coins.', '> Deal.', 'Good.']);
  });

  it('are answered by the model where no line follows', async () => {
    const npc = onRails('Fish? # talk\n-> wait\n== wait\n+ [Is it fresh?] -> wait', {
      answers: ['[happy] Very fresh.'],
    });
    await npc.rails.begin();
    await settle();
    expect(await pick(npc, 'Is it fresh?')).toMatchObject({ text: 'Very fresh.', source: 'model' });
    expect(texts(npc)).toEqual(['Is it fresh?']);
    expect(npc.rails.freeTalk).toBe(true);
  });

  it('are refused where they are not open', () => {
    const npc = onRails('Fish?\n* [a # hidden] A.\n* [b] B.\n-> END');
    npc.rails.begin();
    expect(texts(npc)).toEqual(['b']);
    expect(() => npc.rails.choose('0')).toThrow(RangeError);
    expect(() => npc.rails.choose('7')).toThrow(/"7"; expected one of choices/);
  });
});

describe('free talk', () => {
  const INK = `Ask me. # talk
* [heard # hidden # on: keyword:tomas\\|brother # on: emotion:sad] He is gone. # emotion: sad
* [gave # hidden # on: action:give] Enjoy it.
* [Bye.] Bye.
- -> END`;

  it('goes to the model while the story waits', async () => {
    const npc = onRails(INK, { answers: ['[happy] Ask me later.'] });
    await npc.rails.begin();
    // Ink numbers choices when they are first asked for.
    expect(texts(npc)).toEqual(['Bye.']);
    const before = npc.rails.save();
    expect(npc.rails.freeTalk).toBe(true);
    expect((await npc.ask('How much is an eel?')).text).toBe('Ask me later.');
    await settle();
    expect(npc.rails.save()).toBe(before);
    expect(texts(npc)).toEqual(['Bye.']);
  });

  it('moves the story on by what the player says', async () => {
    const npc = onRails(INK, { answers: ['[sad] I had one.'] });
    await npc.rails.begin();
    await npc.ask('Your BROTHER, then?');
    await settle();
    expect(npc.lines).toEqual(['Ask me.', '> Your BROTHER, then?', 'I had one.', 'He is gone.']);
    expect(npc.rails.active).toBe(false);
  });

  it('moves the story on by any of several events', async () => {
    const npc = onRails(INK, { answers: ['[sad] Not now.'] });
    await npc.rails.begin();
    await npc.ask('Well?');
    await settle();
    expect(npc.lines.at(-1)).toBe('He is gone.');
  });

  it('moves the story on by what the character does', async () => {
    const npc = onRails(INK, { answers: ['[happy] Here.\n@give {}'] });
    await npc.rails.begin();
    expect((await npc.ask('I pay.')).action).toEqual({ name: 'give', params: {} });
    await settle();
    expect(npc.lines.at(-1)).toBe('Enjoy it.');
  });

  it('is open where all choices are hidden', async () => {
    const npc = onRails('Hm?\n* [x # hidden # on: keyword:fish] Fish!\n-> END', {
      answers: ['[neutral] Aye.'],
    });
    await npc.rails.begin();
    expect(npc.rails.freeTalk).toBe(true);
  });

  it('does not end lines that were to follow', async () => {
    const npc = onRails('One.\nTwo.\n-> END', { answers: ['[neutral] Aye.'] });
    npc.rails.begin();
    await npc.ask('Wait!');
    await settle();
    expect(npc.lines).toEqual(['One.', '> Wait!', 'Aye.', 'Two.']);
  });

  it('warns of an event that does not exist', async () => {
    const npc = onRails('Hm? # talk\n* [x # hidden # on: word:fish] Fish!\n-> END', {
      answers: ['[neutral] Aye.'],
    });
    await npc.rails.begin();
    await npc.ask('fish');
    await settle();
    expect(warn.mock.calls[0]![0]).toMatch(/"on: word:fish".*expected action:, keyword: or emotion:/);
  });
});

describe('state', () => {
  const INK = `VAR soup = false
VAR coins = 3
-> shop
== shop
You have {coins} coins{soup: and know of the soup}.
+ [Buy.]
  ~ coins = coins - 1
  ~ soup = true
  Thanks.
  -> shop`;
  const bind = { soup: 'clue.soup', coins: 'coins' };

  it('is read from the game before the story goes on, and given back', async () => {
    const npc = onRails(INK, { bind });
    npc.registry.set('coins', 9).set('clue', { soup: false, other: 1 });
    expect((await npc.rails.begin())?.text).toBe('You have 9 coins.');
    npc.registry.set('coins', 5);
    await pick(npc, 'Buy.');
    await settle();
    expect(npc.registry.get('coins')).toBe(4);
    expect(npc.registry.get('clue')).toEqual({ soup: true, other: 1 });
    expect(npc.lines.at(-1)).toBe('You have 4 coins and know of the soup.');
  });

  it('stays as the game has it when the game prevents the change', async () => {
    const npc = onRails(INK, { bind });
    npc.registry.set('coins', 9);
    npc.prevents = true;
    await npc.rails.begin();
    await pick(npc, 'Buy.');
    await settle();
    expect(npc.registry.get('coins')).toBe(9);
    expect(npc.lines.at(-1)).toBe('You have 9 coins.');
  });

  it('reaches functions of the game', async () => {
    const give = vi.fn(() => 2);
    const ink = 'EXTERNAL give(item)\nOne eel: {give("eel")} left.\n-> END';
    const npc = onRails(ink, { functions: { give } });
    expect((await npc.rails.begin())?.text).toBe('One eel: 2 left.');
    expect(give.mock.calls).toEqual([['eel']]);
  });

  it('of a variable that the story does not have is an error', () => {
    const npc = onRails(INK, { bind: { soop: 'clue.soup' } });
    expect(npc.rails.error).toMatchObject({
      code: 'script-invalid',
      message: expect.stringMatching(/soop.*expected a VAR/),
      hint: expect.stringContaining('VAR'),
    });
  });
});

describe('a save', () => {
  const INK = 'Fish?\n* [Eel.] Five coins. # talk\n  * * [Deal.] Good.\n-> END';

  it('goes on where the story stood, and says its last line again', async () => {
    const first = onRails(INK);
    await first.rails.begin();
    await pick(first, 'Eel.');
    const second = onRails(INK);
    second.rails.load(first.rails.save());
    expect(texts(second)).toEqual(['Deal.']);
    expect(second.rails.freeTalk).toBe(true);
    expect((await second.rails.begin())?.text).toBe('Five coins.');
    expect((await pick(second, 'Deal.')).text).toBe('Good.');
  });

  it.each(['', '{', '{}', '{"inkSaveVersion":99}', 'null'])('that is none is refused: %s', async (text) => {
    const npc = onRails(INK);
    await npc.rails.begin();
    const before = npc.rails.save();
    expect(() => npc.rails.load(text)).toThrow(
      expect.objectContaining({ name: 'DialogueError', code: 'save-invalid', hint: expect.any(String) }),
    );
    expect(npc.rails.save()).toBe(before);
    expect(texts(npc)).toEqual(['Eel.']);
  });
});

describe('a story that cannot be used', () => {
  it.each([
    ['no JSON', 'Hello.', /expected the JSON of a compiled Ink story/],
    ['other JSON', '[]', /without inkVersion/],
    ['null', 'null', /without inkVersion/],
    ['a newer version', '{"inkVersion":99,"root":[],"listDefs":{}}', /ink version 99; expected/],
    ['no root', '{"inkVersion":21}', /ink version 21; expected/],
  ])('leaves the character to its own words: %s', async (_, json, message) => {
    const npc = new Npc(MIRA, ['[neutral] Aye.']);
    npc.rails = new InkRails(npc, json);
    expect(npc.rails.error).toMatchObject({
      code: 'script-invalid',
      message: expect.stringMatching(message),
      hint: expect.any(String),
    });
    expect(error).toHaveBeenCalledTimes(1);
    expect([npc.rails.active, npc.rails.freeTalk, npc.rails.choices()]).toEqual([false, true, []]);
    npc.rails.load('kept');
    expect(npc.rails.save()).toBe('kept');
    expect((await npc.ask('Fish?')).text).toBe('Aye.');
  });

  it.each([
    [
      'a speaker that is not there',
      'One.\nTwo. # speaker: bess\n-> END',
      /"bess" at the line "Two.".*nobody/,
    ],
    ['a function that is not there', 'EXTERNAL f()\nOne.\n{f()}\n-> END', /f.*expected one that runs/s],
    [
      'content that runs out',
      'One.\n-> loose\n== loose\n{1 > 0: -> deep}\n== deep\nTwo.\n',
      /ran out of content/,
    ],
  ])('stops with one error, and keeps its save: %s', async (_, ink, message) => {
    const npc = onRails(ink, { answers: ['[neutral] Aye.'] });
    npc.rails.begin();
    await settle();
    await settle();
    expect(npc.rails.error?.message).toMatch(message);
    expect(error).toHaveBeenCalledTimes(1);
    expect(npc.rails.active).toBe(false);
    expect(JSON.parse(npc.rails.save())).toHaveProperty('inkSaveVersion');
    expect((await npc.ask('Fish?')).text).toBe('Aye.');
  });

  it('leaves the answer to a choice to the model', async () => {
    const ink = 'EXTERNAL pay()\nFish?\n* [Eel.]\n  ~ pay()\n  Here.\n-> END';
    const pay = () => {
      throw new Error('no purse');
    };
    const npc = onRails(ink, { functions: { pay }, answers: ['[happy] Ask me later.'] });
    await npc.rails.begin();
    expect((await pick(npc, 'Eel.')).text).toBe('Ask me later.');
    expect(npc.rails.error?.message).toMatch(/no purse/);
  });
});

describe('the story of docs/ink.md', () => {
  it('plays from its beginning to its end', async () => {
    const ink = /^```ink\n(.*?)^```/ms.exec(readFileSync('docs/ink.md', 'utf8'))?.[1] ?? '';
    const emotions = { emotions: ['neutral', 'amused', 'happy', 'sad', 'tender', 'angry'] };
    const bess = new Npc({ ...BESS, ...emotions });
    const npc = new Npc({ ...MIRA, ...emotions }, ['[neutral] Slow.', '[sad] He is gone.']);
    const given: unknown[] = [];
    const give = (item: string) => {
      given.push(item);
      return '';
    };
    npc.rails = new InkRails(npc, compile(ink), {
      bind: { knows_soup: 'clue.soup', coins: 'coins' },
      functions: { give },
      cast: { bess },
    });
    npc.registry.set('coins', 6).set('clue', { soup: false });
    npc.rails.begin();
    await settle();
    expect(npc.lines).toEqual(['Evening, sailor.', 'What will it be?']);
    expect(npc.rails.freeTalk).toBe(true);
    expect(texts(npc)).toEqual(['An eel, please.', 'How is business?', 'Good night.']);
    expect((await pick(npc, 'An eel, please.')).text).toBe('Here. Mind the teeth.');
    expect([given, npc.registry.get('coins')]).toEqual([['eel'], 1]);
    expect(npc.rails.freeTalk).toBe(true);
    await pick(npc, 'An eel, please.');
    expect(npc.lines.at(-1)).toBe('Five coins, sailor. Come back with five coins.');
    expect(await pick(npc, 'How is business?')).toMatchObject({ text: 'Slow.', source: 'model' });
    await npc.ask('Where is your brother?');
    await settle();
    expect(bess.lines).toEqual(['He came to me for soup.']);
    expect(npc.registry.get('clue')).toEqual({ soup: true });
    expect(npc.lines.slice(-2)).toEqual(['I have not slept since he left.', 'You will look for him?']);
    expect(npc.rails.freeTalk).toBe(false);
    await pick(npc, 'I will.');
    await settle();
    expect(npc.lines.slice(-2)).toEqual(['Then begin at the lighthouse.', 'Was there anything else?']);
    await pick(npc, 'Good night.');
    expect(npc.lines.at(-1)).toBe('Good night, sailor.');
    expect([npc.rails.active, npc.rails.error, warn.mock.calls]).toEqual([false, undefined, []]);
  });
});
