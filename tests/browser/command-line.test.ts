/** The built command line; here because it needs the build, as the browser tests do. */
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCharacter, parsePersona } from '../../plugin/dialogue/index.js';
import { writeSave } from '../../plugin/phaser/save-file.js';
import { loadEngine, MODEL_PATH } from '../support/engine-fixture.js';
import { memoryDocs, portOf } from '../support/engine-port.js';

const FOLDER = 'build/command-line';
const PERSONA = 'assets/personas/mira.json';

interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function parley(...args: readonly string[]): Run {
  return parleyWith('', ...args);
}

/** @param input what comes through the pipe */
function parleyWith(input: string, ...args: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli/parley.mjs', ...args], {
    encoding: 'utf8',
    input,
  });
  return { status, out: stdout, err: stderr };
}

describe('parley', () => {
  it('lists its commands, and ends with status 2 where it is called wrongly', () => {
    expect(parley('--help')).toMatchObject({
      status: 0,
      out: expect.stringMatching(/bake.*\n.*model.*\n.*replay/),
    });
    expect(parley('dance')).toMatchObject({ status: 2, err: expect.stringContaining('"dance"') });
    expect(parley('bake')).toMatchObject({ status: 2, err: expect.stringContaining('no persona files') });
    const options = ['--model', MODEL_PATH, '--threads', 'many'];
    expect(parley('bake', PERSONA, ...options)).toMatchObject({
      status: 2,
      err: expect.stringContaining('--threads many'),
    });
  });

  it('says what is wrong with a file in one line', () => {
    const bake = (persona: string, model: string) => parley('bake', persona, '--model', model);
    expect(bake('nobody.json', MODEL_PATH)).toMatchObject({
      status: 1,
      err: expect.stringMatching(/^parley: nobody.json could not be read/),
    });
    expect(bake(PERSONA, 'README.md')).toMatchObject({
      status: 1,
      err: expect.stringMatching(/^parley: Got a file that begins with "# Pa"/),
    });
    expect(bake('README.md', MODEL_PATH).err).toMatch(/^parley: README.md is not JSON/);
  });
});

describe('parley import and export', () => {
  it('takes a card to a persona and back, and writes over nothing', async () => {
    const card = join(FOLDER, 'bo.json');
    await mkdir(FOLDER, { recursive: true });
    const data = { name: 'Bo', description: '{{char}} digs.', first_mes: 'Hm.', extensions: { depth: 3 } };
    await writeFile(card, JSON.stringify({ spec: 'chara_card_v2', spec_version: '2.0', data }));
    const persona = join(FOLDER, 'bo.persona.json');
    expect(parley('import', card, '--force')).toMatchObject({
      status: 0,
      out: expect.stringContaining(persona),
    });
    expect(parley('validate', persona)).toMatchObject({ status: 0 });
    expect(parley('import', card)).toMatchObject({ status: 1, err: expect.stringContaining('--force') });
    expect(parley('export', persona, '--force').status).toBe(0);
    const back = JSON.parse(await readFile(join(FOLDER, 'bo.card.json'), 'utf8'));
    expect(back).toMatchObject({ spec: 'chara_card_v3', data });
  });

  it('says which file is no card', () => {
    expect(parley('import', 'README.md')).toMatchObject({
      status: 1,
      err: expect.stringMatching(/^parley: README.md: The card is not JSON/),
    });
  });
});

describe('parley validate', () => {
  it('names every problem of a bad file beside a good one, and ends with status 1', async () => {
    const bad = join(FOLDER, 'bad.json');
    await mkdir(FOLDER, { recursive: true });
    const core = { compact: 'A.', secret: 1 };
    await writeFile(bad, JSON.stringify({ schema: '1', id: 'b d', identity: {}, core, mood: 'sad' }));
    const { status, out } = parley('validate', PERSONA, bad);
    expect(status).toBe(1);
    expect(out).toContain(`${PERSONA}: valid\n${bad}: 4 problems\n`);
    for (const place of ['id', 'identity.name', 'core.secret', 'mood'])
      expect(out).toContain(`  ${place} is`);
  });

  it('counts the tokens of each part of the prompt, which add up', () => {
    const { status, out } = parley('validate', PERSONA, '--model', MODEL_PATH, '--json');
    expect(status).toBe(0);
    const [{ id, cost }] = JSON.parse(out);
    expect(id).toBe('mira');
    const parts: { part: string; tokens: number }[] = cost.parts;
    expect(parts.map(({ part }) => part)).toEqual([
      ...['first line', 'voice', 'facts', 'actions', 'example 1', 'example 2', 'chat template'],
    ]);
    expect(parts.every(({ tokens }) => tokens > 0)).toBe(true);
    expect(parts.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(cost.total);
  });
});

describe('parley chat', () => {
  it('talks through a pipe: greeting, choices, state, an answer, the end', () => {
    const lines = [
      '1',
      '/set clue.tomas true',
      '/choices',
      '3',
      '/memory',
      '/again',
      'x'.repeat(501),
      '/quit',
    ];
    const { status, out } = parleyWith(
      `${lines.join('\n')}\nunheard\n`,
      'chat',
      PERSONA,
      '--model',
      MODEL_PATH,
    );
    expect(status).toBe(0);
    expect(out).toMatch(/^\[neutral\] Evening, sailor\. Fish, or gossip\?.*\n1 {2}How much for an eel\?\n/);
    expect(out).toMatch(/\n\[[a-z]+\] .*five coins/i);
    expect(out).toMatch(/clue\.tomas = true\n(?:[12] .*\n){2}3 {2}Tomas is alive/);
    expect(out).toMatch(
      /\n\[happy\] Alive\..*\nmira\.knows = true\nrelations\.player\.trust = 20\nNothing yet\.\n\[curious\] Well\? Is the lamp mended\?/,
    );
    expect(out).toMatch(/Got 501 characters to ask.*\n\[amused\] Fair winds, sailor\. Wash your hands\.\n$/);
  });

  it('ends with the pipe, and takes state from its arguments', () => {
    const options = ['--model', MODEL_PATH, '--set', 'clue.tomas=true'];
    expect(parleyWith('3', 'chat', PERSONA, ...options)).toMatchObject({
      status: 0,
      out: expect.stringMatching(/Alive! That great oaf\..*\n\[amused\] Fair winds/s),
    });
    expect(parley('chat', PERSONA, ...options, '--set', 'clue')).toMatchObject({
      status: 2,
      err: expect.stringContaining('--set clue'),
    });
  });
});

describe('parley test', () => {
  it('reports as JSON, also into a file, and passes where all tests do', async () => {
    const report = join(FOLDER, 'report.json');
    await mkdir(FOLDER, { recursive: true });
    const options = ['--model', MODEL_PATH, '--only', 'eel', '--json', '--out', report];
    const { status, out, err } = parley('test', PERSONA, ...options);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      all: { failed: 0, midSentence: 0 },
      personas: [{ persona: 'mira' }],
    });
    expect(await readFile(report, 'utf8')).toBe(out);
    expect(err).toMatch(/^mira: passed {2}price of an eel\n/);
  });

  it('shows a failure in full, and ends with status 1', async () => {
    const hopeful = join(FOLDER, 'hopeful.json');
    const persona = JSON.parse(await readFile(PERSONA, 'utf8'));
    const tests = [{ say: 'How much for an eel?', expect: { contains: ['a hundred'] } }];
    await writeFile(hopeful, JSON.stringify({ ...persona, tests }));
    const { status, out } = parley('test', hopeful, '--model', MODEL_PATH);
    expect(status).toBe(1);
    expect(out).toMatch(/FAILED.*\n +said +How much.*\n +got +\[.*\n +expected +"a hundred" in it \(fact\)/);
    expect(out).toMatch(/\nall +0 +1 +0\/1 \(0%\)/);
  });

  it('does not pass where no test ran', () => {
    expect(parley('test', PERSONA, '--model', MODEL_PATH, '--only', 'dragons')).toMatchObject({
      status: 1,
      err: expect.stringMatching(/^parley: No test ran/),
    });
  });
});

describe('parley replay', () => {
  const save = join(FOLDER, 'player.save');

  beforeAll(async () => {
    const persona = parsePersona(JSON.parse(await readFile(PERSONA, 'utf8')), PERSONA);
    const port = portOf(await loadEngine({ threads: 2, build: 'plain' }));
    const docs = memoryDocs();
    const mira = createCharacter({
      persona,
      slot: 'main',
      docs,
      engine: () => port,
      engineReady: async () => port,
    });
    for (const line of ['How much for an eel?', 'Who runs the inn here?']) await mira.ask(line);
    await mkdir(FOLDER, { recursive: true });
    await writeFile(save, writeSave(new Map([['mira.talk', docs.docs.get('main/mira.talk')!]]), new Map()));
  });

  it('makes the answers of a save again, also on other threads and kernels', () => {
    expect(parley('replay', save, PERSONA, 'assets/personas/bess.json', '--model', MODEL_PATH)).toMatchObject(
      {
        status: 0,
        out: expect.stringMatching(/mira: 2 of 2 answers are the same\nbess: no talk in this save/),
      },
    );
  });

  it('names what a changed persona says differently, and ends with status 1', async () => {
    const changed = join(FOLDER, 'mira.json');
    const persona = JSON.parse(await readFile(PERSONA, 'utf8'));
    await writeFile(
      changed,
      JSON.stringify({ ...persona, core: { compact: 'Mira hates eels and is asleep.' }, knowledge: {} }),
    );
    const { status, out } = parley('replay', save, changed, '--model', MODEL_PATH);
    expect(status).toBe(1);
    expect(out).toMatch(/to "How much for an eel\?"\n {4}was ".*"\n {4}is {2}"/);
  });

  it('refuses what is no save', () => {
    expect(parley('replay', PERSONA, PERSONA, '--model', MODEL_PATH)).toMatchObject({
      status: 1,
      err: expect.stringMatching(/^parley: Save: /),
    });
  });
});
