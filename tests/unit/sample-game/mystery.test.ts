import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characterOn } from '../../../cli/character-on.js';
import type { Character, StateChange } from '../../../plugin/dialogue/index.js';
import { parsePersona } from '../../../plugin/dialogue/persona/parse-persona.js';
import { epilogue } from '../../../sample-game/story/ending.js';
import { CLUES, objective } from '../../../sample-game/story/quest.js';

const NAMES = ['mira', 'bess', 'pip', 'sailor', 'orrin', 'tomas'] as const;
type Name = (typeof NAMES)[number];

const PERSONAS = Object.fromEntries(
  NAMES.map((name) => [
    name,
    parsePersona(JSON.parse(readFileSync(`assets/personas/${name}.json`, 'utf8')), name),
  ]),
);

/** The village without a model: what must not be left to chance is authored. */
class Village {
  readonly state = new Map<string, unknown>();
  readonly people: Readonly<Record<Name, Character>>;

  constructor() {
    const people = NAMES.map((name) => {
      const readState = (path: string) => this.state.get(path);
      const character = characterOn(undefined, { persona: PERSONAS[name]!, slot: 'main', readState });
      character.on('set', (change: StateChange) => change.apply(this.state));
      return [name, character] as const;
    });
    this.people = Object.fromEntries(people) as Record<Name, Character>;
  }

  read = (key: string): unknown => this.state.get(key);

  get solved(): boolean {
    return this.state.get('mira.follows') === true;
  }

  /** Whom the player can talk to now. */
  present(): readonly Name[] {
    return NAMES.filter((name) => name !== 'tomas' || this.state.get('door.open') === true);
  }

  async ask(name: Name, line: string): Promise<string | undefined> {
    return this.#happened(await this.people[name].ask(line));
  }

  async choose(name: Name, id: string): Promise<void> {
    await this.#happened(await this.people[name].choose(id));
  }

  /** As the game's scene does. */
  #happened({ action, choice }: Awaited<ReturnType<Character['ask']>>): string | undefined {
    if (action?.name === 'give') this.state.set(`item.${action.params.item}`, true);
    return choice;
  }
}

const BY_FREE_TEXT: readonly (readonly [Name, string, string])[] = [
  ['mira', 'What is wrong? You look so sad.', 'trouble'],
  ['mira', 'I can help you look for Tomas!', 'help'],
  ['mira', 'Did the two of you quarrel?', 'quarrel'],
  ['sailor', 'Good evening. Did a carpenter come by here?', 'tomas'],
  ['sailor', 'I would love to hear a story about your old ship.', 'ada'],
  ['bess', 'Have you noticed anything unusual, Bess?', 'supper'],
  ['pip', 'Are you hungry? I have a herring.', 'herring'],
  ['orrin', 'I know that you hide Tomas in there.', 'truth'],
  ['tomas', 'Why do you not come home with me?', 'home'],
  ['sailor', 'Tomas needs that glass for the lens. May I have it?', 'glass'],
  ['tomas', 'Look what I have: the glass from the Honest Ada!', 'mend'],
  ['mira', 'Come with me, your brother is waiting.', 'come'],
];

const BY_KINDNESS: readonly (readonly [Name, string])[] = [
  ['mira', 'trouble'],
  ['bess', 'supper'],
  ['bess', 'carry'],
  ['orrin', 'supper'],
  ['orrin', 'bowl'],
  ['tomas', 'home'],
  ['sailor', 'ada'],
  ['sailor', 'glass'],
  ['tomas', 'mend'],
  ['mira', 'come'],
];

describe('the mystery of Saltmere', () => {
  it('is solved by free text alone, and the objective follows', async () => {
    const village = new Village();
    const objectives = new Set([objective(village.read)]);
    for (const [name, line, choice] of BY_FREE_TEXT) {
      expect(village.present()).toContain(name);
      expect(await village.ask(name, line), line).toBe(choice);
      objectives.add(objective(village.read));
    }
    expect(village.solved).toBe(true);
    expect(objectives.size).toBeGreaterThan(7);
  });

  it('is solved by choices alone, with a basket in place of evidence', async () => {
    const village = new Village();
    for (const [name, id] of BY_KINDNESS) {
      expect(village.people[name].choices().map((choice) => choice.id)).toContain(id);
      await village.choose(name, id);
    }
    expect(village.solved).toBe(true);
  });

  it('has no dead end: whatever was said before, the few choices that are offered lead to its end', async () => {
    const rude = ['You old goat!', 'Shut up, idiot.', 'I hate you.'];
    const step = fc.tuple(fc.nat(), fc.nat(), fc.boolean());
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const village = new Village();
        for (const [who, what, kind] of steps) {
          const present = village.present();
          const name = present[who % present.length]!;
          const offered = village.people[name].choices();
          // More would not fit over the box on a small screen.
          expect(offered.length).toBeLessThanOrEqual(4);
          if (kind && offered.length > 0) await village.choose(name, offered[what % offered.length]!.id);
          else await village.ask(name, rude[what % rude.length]!);
        }
        // Everything that is offered, one after the other, until nothing new happens.
        for (let round = 0; round < 30 && !village.solved; round++) {
          for (const name of village.present()) {
            for (const { id } of village.people[name].choices()) await village.choose(name, id);
          }
        }
        expect(village.solved).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('lets every clue of the notebook be found', async () => {
    const found = new Set(
      NAMES.flatMap((name) => PERSONAS[name]!.dialogue?.choices ?? []).flatMap(({ set = {} }) =>
        Object.keys(set),
      ),
    );
    for (const { id } of CLUES) expect(found).toContain(`clue.${id}`);
  });

  it('ends for each person by how they were treated', () => {
    const people = (trust: number) =>
      NAMES.map((name) => ({ persona: PERSONAS[name]!, relations: { player: { trust } } }));
    const texts = (trust: number) => epilogue(people(trust)).map(({ text }) => text);
    const [friend, plain, sour] = [texts(60), texts(5), texts(-40)];
    for (const lines of [friend, plain, sour]) expect(new Set(lines).size).toBe(NAMES.length);
    expect(new Set([...friend, ...plain, ...sour]).size).toBe(3 * NAMES.length);
  });
});
