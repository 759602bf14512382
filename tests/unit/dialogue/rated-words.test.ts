import { readdirSync, readFileSync } from 'node:fs';
import { englishDataset } from 'obscenity';
import { describe, expect, it } from 'vitest';
import { characterOn } from '../../../cli/character-on.js';
import { WordRelease } from '../../../plugin/dialogue/answer/word-release.js';
import type { Persona } from '../../../plugin/dialogue/index.js';
import { maskRated, ratedWord, TERM_GROUPS } from '../../../plugin/dialogue/rated-words.js';
import { voidLines } from '../../../plugin/dialogue/safety.js';
import type { EnginePort } from '../../../plugin/engine-port.js';
import { memoryDocs } from '../../support/engine-port.js';

type Rating = 'everyone' | 'teen' | 'mature';

const persona = (rating?: Rating, name = 'Mira'): Persona => ({
  schema: '1',
  id: 'mira',
  identity: { name },
  core: { compact: `${name} sells fish.` },
  dialogue: { refusals: ['Mind your tongue, sailor.'] },
  ...(rating ? { safety: { rating } } : {}),
});

const INNOCENT =
  `Scunthorpe|assassin|cockpit|peacock|Dickens|grapes|Essex|Sussex|Middlesex|shiitake|bass|brass|grass|glass|
mass|compass|passage|class|assume|assorted fish|assistant|associate|assembly|assess|asset|assault|assure|assonance|
Assyria|Hancock|Hitchcock|cockatrice|cockerel|cockle|cockney|weathercock|woodcock|cocktail|cocksure|cuckoo|cucumber|
document|circumstance|cumin|cumbersome|accumulate|cummerbund|title|titan|Titus|constitution|competition|analyse|
analysis|analogy|canal|annals|banal|manuscript|Janus|Uranus|Silvanus|Romanus|Germanus|tetanus|therapist|drapes|scrape|
trapeze|rapeseed|rapier|rapid|prickly|pickle|snigger|niggardly|Montenegro|pen is mine|penitent|peninsula|button|
buttress|butter|rebuttal|his hit|as she|wish it|sh it|this hit was|kung fu|Moby Dick|a chink in the wall|
chinks of light|Georgy|porgy|gasmask|Fagin|fangs|flagon|Van Dyke|phantasm|organism|class act|
push it|"it," she said|455 coins|45 5|(um, well)|I a m s o tired|a b c d e|and/or|sextant|sextet|essex|sussex|
who're you|Aragorn|Thaddeus|Gimli|Legolas|Cassius|Parnassus|Nasser|bitter|bitten|habit|exhibit|pussycat|pussywillow|
hello there!|well-off|double pen|jerk away|finger bread|hand it over|blow out the lamp|gang of thieves|booby trap|
hooked|shoe|shore|whole|whorl|Twain|twine|wan king|swank|turducken|sturdy|saturday|retardant|Lesbos|analects|
cock-a-doodle-doo|cockade|cocked hat|shirt|shift|shin|spit|pith|pissarro's|mississippi|scatter|scathing|basement`
    .replaceAll('\n', '')
    .split('|');

const CAUGHT = [
  'fuck',
  'FUCK!',
  'what the fuck?',
  'fuuuuck',
  'f u c k',
  'f.u.c.k you',
  'f-u-c-k',
  'f*ck',
  'f_u_c_k',
  'ｆｕｃｋ',
  'fu\u200bck',
  'fück',
  'fuсk',
  'sh1t',
  '$hit',
  'shiiiit',
  'sh*t',
  'bullshit',
  '"shit"',
  '(shit)',
  's h i t',
  'b1tch',
  'b!tch',
  'biiitch',
  'c*nt',
  'cunnnt',
  'd1ck',
  'dickhead',
  'porn',
  'p0rn',
  'n1gger',
  'niggggger',
  'faggot',
  'jizz',
  'buttplug',
  'butt plug',
  'double penetration',
  'jerk off',
  'finger bang',
  'motherfucker',
  'wh0re',
  'go fuck-yourself',
];

describe('rated words', () => {
  it('know every term of the list', () => {
    const grouped = new Set(Object.values(TERM_GROUPS).flatMap((terms) => [...terms]));
    const unknown = new Set<string>();
    const known = new Set<string>();
    englishDataset.removePhrasesIf(({ metadata }) => {
      const term = metadata?.originalWord ?? '';
      (grouped.has(term) ? known : unknown).add(term);
      return false;
    });
    expect([...unknown]).toEqual([]);
    expect([...grouped].filter((term) => !known.has(term))).toEqual([]);
  });

  it.each(INNOCENT)('are not seen in %o', (words) => {
    expect(ratedWord(words, persona('everyone'))).toBeUndefined();
  });

  it.each(CAUGHT)('are seen in %o', (words) => {
    expect(ratedWord(words, persona())).toBeDefined();
  });

  it.each([
    ['ass', ['everyone']],
    ['You bastards!', ['everyone']],
    ['fuck', ['everyone', 'teen']],
    ['nigger', ['everyone', 'teen', 'mature']],
    ['fish', []],
  ])('of %o are forbidden for %j', (words, ratings) => {
    const all: Rating[] = ['everyone', 'teen', 'mature'];
    expect(all.filter((rating) => ratedWord(words, persona(rating)) !== undefined)).toEqual(ratings);
  });

  it('are not seen in anything that the villagers of the game write, in no pair of their words', () => {
    const folder = 'assets/personas';
    const texts: string[] = [];
    const collect = (value: unknown): void => {
      if (typeof value === 'string') texts.push(value);
      else if (Array.isArray(value)) value.forEach(collect);
      else if (typeof value === 'object' && value) {
        // What is heard and tested is not said.
        for (const [key, part] of Object.entries(value)) if (!/^(?:heard|tests)$/.test(key)) collect(part);
      }
    };
    for (const file of readdirSync(folder)) collect(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')));
    for (const text of texts) expect(ratedWord(text, persona('everyone')), text).toBeUndefined();
    const words = [...new Set(texts.flatMap((text) => text.match(/[\p{L}’'-]+/gu) ?? []))];
    expect(words.length).toBeGreaterThan(300);
    for (const first of words) {
      expect(
        ratedWord(words.map((second) => `${first} ${second}`).join('. '), persona('everyone')),
      ).toBeUndefined();
    }
  }, 60_000);

  it('are allowed where the persona writes them itself', () => {
    expect(ratedWord("Dick's horse", persona('everyone', 'Dick Turpin'))).toBeUndefined();
    expect(ratedWord('You fucking Dick', persona('everyone', 'Dick Turpin'))).toBe('fucking');
  });

  it('are masked, each with as many asterisks', () => {
    expect(maskRated('Well, fuck you, f u c k and shit!', persona())).toBe(
      'Well, **** you, ******* and ****!',
    );
    expect(maskRated('Good evening!', persona())).toBe('Good evening!');
  });

  it('cost little where the longest line is letters only', () => {
    const start = performance.now();
    expect(ratedWord(Array.from('xyz'.repeat(83)).join(' '), persona())).toBeUndefined();
    expect(ratedWord('q'.repeat(500), persona())).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(200);
  });

  it('are refused in the own voice and kept masked, without asking the model', async () => {
    const engine = {
      ...memoryDocs(),
      model: { id: 'none', nCtx: 1024 },
      generate: () => Promise.reject(new Error('asked')),
    } as unknown as EnginePort;
    const rude: Persona = {
      ...persona(),
      state: { rules: [{ on: 'keyword:shit', set: { mood: 'cross' } }] },
    };
    const mira = characterOn(engine, { persona: rude, slot: 'main' });
    expect(await mira.ask(' Your fish is shit. ')).toMatchObject({
      text: 'Mind your tongue, sailor.',
      source: 'authored',
    });
    expect(mira.transcript[0]?.text).toBe('Your fish is ****.');
    expect(mira.mood).toBe('cross');
    expect(voidLines(rude, 'shit')).toEqual(['Mind your tongue, sailor.']);
  });

  it('are never released by a stream, in whatever pieces they come', () => {
    for (const size of [1, 2, 3, 7]) {
      const release = new WordRelease({ forbidden: [], forbiddenWord: (text) => ratedWord(text, persona()) });
      const line = 'This fish is the finest shit in all of the harbor, sailor.';
      let shown = '';
      let violation: string | undefined;
      for (let at = 0; at < line.length && violation === undefined; at += size) {
        const released = release.push(line.slice(at, at + size));
        shown += released.text;
        violation = released.violation;
      }
      expect(violation).toBe('shit');
      expect('This fish is the finest'.startsWith(shown)).toBe(true);
    }
  });
});
