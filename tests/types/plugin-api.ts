/** The public types, used as a game uses them; compiled, never run. */
import * as Phaser from 'phaser';
import {
  type ActionCall,
  DialogueBox,
  DialogueInput,
  type EnginePort,
  type GameEngine,
  type LineView,
  type ModelInfo,
  NpcDialogue,
  type ParleyApi,
  type ParleyOptions,
  ParleyPlugin,
  type ParleyScenePlugin,
  type Persona,
  SpeechBubble,
  type StorageState,
  type StoredModel,
  type TransferProgress,
  type Utterance,
  type UtteranceEvent,
  type UtteranceResult,
} from '../../plugin/index.js';
import { InkRails } from '../../plugin/ink/index.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Fails to compile unless both types are the same. */
function expectType<Expected>() {
  return <Actual>(_actual: Actual, ..._same: Equal<Actual, Expected> extends true ? [] : [never]): void => {};
}

const data: ParleyOptions = {
  gameId: 'saltmere',
  model: ['models/part-1.gguf', 'models/part-2.gguf'],
  budget: { decodeTokens: 1, ms: 6 },
  build: 'relaxed',
};

export const config: Phaser.Types.Core.GameConfig = {
  plugins: { global: [{ key: 'ParleyPlugin', plugin: ParleyPlugin, start: true, data }] },
};

export class Village extends Phaser.Scene {
  private mira!: NpcDialogue;

  preload(): void {
    expectType<Phaser.Loader.LoaderPlugin>()(
      this.load.npcPersona('mira', 'personas/mira.json').npcModel('parley', ['a.gguf', 'b.gguf']),
    );
    // @ts-expect-error the address of a persona is one string
    this.load.npcPersona('mira', ['a.json', 'b.json']);
  }

  async create(): Promise<void> {
    const sprite = this.add.sprite(0, 0, 'mira');
    this.mira = this.add.npcDialogue(sprite, 'mira', {
      bubble: { maxWidth: 180, face: { bitmapFont: 'saltmere', fontSize: 14 }, space: 'world' },
      scene: () => 'It is night.',
      readState: (path) => this.registry.get(path),
      seed: 7,
    });
    // @ts-expect-error a camera has no bounds to hang a bubble over
    this.add.npcDialogue(this.cameras.main, 'mira');
    // @ts-expect-error an unknown option
    this.add.npcDialogue(sprite, 'mira', { bubbles: true });

    const utterance = this.mira.ask('How much?', {
      speaker: 'Stranger',
      signal: new AbortController().signal,
    });
    expectType<Utterance>()(utterance);
    expectType<UtteranceResult>()(await utterance);
    const { action, emotion, source, finish } = await utterance;
    expectType<ActionCall | undefined>()(action);
    expectType<string>()(emotion);
    expectType<'model' | 'authored' | 'fallback'>()(source);
    expectType<'done' | 'interrupted'>()(finish);
    for await (const event of utterance) {
      expectType<UtteranceEvent>()(event);
      if (event.type === 'action') expectType<ActionCall>()(event.action);
      // @ts-expect-error only text events have text
      event.text;
    }
    expectType<Utterance | undefined>()(this.mira.greet());
    expectType<Utterance | undefined>()(this.mira.leave());
    // @ts-expect-error the player's line is text
    this.mira.ask(5);
  }

  async gather(): Promise<void> {
    expectType<boolean>()(await this.mira.talkTo(this.mira, { opening: 'Evening.', lines: 2 }));
    expectType<readonly string[]>()(this.mira.memories);
  }

  listen(): void {
    this.mira
      .on('text', (text) => expectType<string>()(text))
      .on('action', (action) => expectType<ActionCall>()(action))
      .once('done', (result) => expectType<UtteranceResult>()(result))
      .on('set', (change) => change.preventDefault());
    // @ts-expect-error no such event
    this.mira.on('speak', () => undefined);
    // @ts-expect-error the mood is text
    this.mira.on('mood', (mood: number) => mood);
    this.parley.events.on('model-progress', ({ loadedBytes, totalBytes, stage }) => {
      expectType<number>()(loadedBytes);
      expectType<number | undefined>()(totalBytes);
      expectType<'download' | 'ready'>()(stage);
    });
    this.parley.events.on('storage', ({ kind, writable }) => {
      expectType<'opfs' | 'indexeddb' | 'memory' | 'files'>()(kind);
      expectType<boolean>()(writable);
    });
    this.parley.events.on('persona-error', ({ key, error }) => `${key}: ${error.message}`);
  }

  async plugin(): Promise<void> {
    expectType<ParleyScenePlugin>()(this.parley);
    const api: ParleyApi = this.parley;
    expectType<ModelInfo | undefined>()(await api.ready);
    expectType<readonly NpcDialogue[]>()(this.parley.characters);
    this.parley.setBudget({ ms: 4 });
    this.parley.enabled = false;
    this.parley.slot = 'second';
    await this.parley.newGame('third');
    const bytes: Uint8Array = await this.parley.save();
    await this.parley.load(bytes);
    expectType<ModelInfo>()(await this.parley.loadModel('parley'));
    const { models } = this.parley;
    const offers = [{ name: 'Big', bytes: 6e8, url: 'big.gguf', sha256: 'ab'.repeat(32), stars: 5 }];
    const { candidate } = await models.propose(offers);
    expectType<number | undefined>()(candidate?.stars);
    if (candidate) {
      const onProgress = ({ loadedBytes, secondsLeft }: TransferProgress) => [loadedBytes, secondsLeft];
      const stored = await models.download(candidate, { signal: new AbortController().signal, onProgress });
      expectType<StoredModel>()(stored);
      await this.parley.loadModel(stored.url);
    }
    for (const { request } of await models.partials()) await models.download(request);
    // @ts-expect-error a model is removed by its id
    await models.remove({ id: 'sha256:' });
    expectType<StorageState | undefined>()(this.parley.storage);
    // @ts-expect-error the model is loaded by loadModel
    this.parley.model = undefined;
    // @ts-expect-error not a part of the budget
    this.parley.setBudget({ frames: 2 });
  }

  ui(): void {
    const box = new DialogueBox(this, {
      portrait: (id, emotion) => ({ texture: 'faces', frame: `${id}-${emotion}` }),
    });
    box.open(this.mira);
    box.on('submit', (text) => expectType<string>()(text));
    const input = new DialogueInput(this, { label: 'Talk to Mira' });
    input.on('submit', (text) => this.mira.ask(text)).on('cancel', () => input.close());
    const views: LineView[] = [box, new SpeechBubble(this, this.add.sprite(0, 0, 'mira'))];
    [this.mira.view] = views;
    // @ts-expect-error the box's input emits no numbers
    input.emit('submit', 1);
  }
}

/** A game may bring an engine of its own; it needs no more than this. */
export function ownEngine(port: EnginePort & { readonly info: ModelInfo }): GameEngine {
  return {
    loadModel: async () => port,
    grant: () => undefined,
    on: () => () => undefined,
    dispose: () => undefined,
    readDoc: port.readDoc,
    writeDoc: port.writeDoc,
    listDocs: async (folder) => [`${folder}/mira.talk`],
  };
}

export const persona: Persona = {
  schema: '1',
  id: 'mira',
  identity: { name: 'Mira' },
  core: { compact: 'Mira sells fish.' },
  // @ts-expect-error an unknown key
  colour: 'red',
};

export function putOnRails(npc: NpcDialogue, bess: NpcDialogue): void {
  const give = (item: string) => item.length;
  const rails = new InkRails(npc, '{}', { bind: { coins: 'coins' }, functions: { give }, cast: { bess } });
  npc.rails = rails;
  expectType<string>()(rails.save());
}
expectType<NpcDialogue>()(new NpcDialogue({} as Phaser.GameObjects.Sprite, persona));
