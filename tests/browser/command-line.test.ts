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

function parley(...args: readonly string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli/parley.mjs', ...args], {
    encoding: 'utf8',
  });
  return { status, out: stdout, err: stderr };
}

describe('parley', () => {
  it('lists its commands, and ends with status 2 where it is called wrongly', () => {
    expect(parley('--help')).toMatchObject({ status: 0, out: expect.stringMatching(/bake.*\n.*replay/) });
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
    for (const line of ['How much for an eel?', 'Where is Tomas?']) await mira.ask(line);
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
