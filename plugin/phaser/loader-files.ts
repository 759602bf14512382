import * as Phaser from 'phaser';
import { DialogueError, readPersonaText } from '../dialogue/index.js';
import { parleyOf } from './plugin-key.js';

type Loader = Phaser.Loader.LoaderPlugin;

const ABSOLUTE = /^(?:blob:|data:|capacitor:\/\/|file:\/\/|https?:\/\/|stored:|\/\/)/;

/** Adds `load.npcPersona` and `load.npcModel` to the loaders of scenes to come and of the given ones. */
export function registerFileTypes(
  pluginManager: Phaser.Plugins.PluginManager,
  scenes: readonly Phaser.Scene[],
): void {
  for (const [type, add] of [
    ['npcPersona', addPersona],
    ['npcModel', addModel],
  ] as const) {
    pluginManager.registerFileType(type, add);
    for (const scene of scenes) pluginManager.registerFileType(type, add, scene);
  }
}

/** A `{ key, url }` of a pack file or an array of them; else the arguments of the call. */
interface FileEntry {
  readonly key: string;
  readonly url?: string | readonly string[];
  /** Of a persona: what `parley bake` made of it. */
  readonly prefix?: string;
}

function addPersona(
  this: Loader,
  key: string | FileEntry | readonly FileEntry[],
  url?: string,
  prefix?: string,
): Loader {
  for (const entry of entriesOf(key, url, prefix)) {
    const address = typeof entry.url === 'string' ? entry.url : undefined;
    const file = new PersonaFile(this, entry.key, address, entry.prefix);
    this.addFile(file);
    const onError = (failed: Phaser.Loader.File) => {
      if (failed === file) file.report();
    };
    this.on(Phaser.Loader.Events.FILE_LOAD_ERROR, onError);
    this.once(Phaser.Loader.Events.COMPLETE, () => this.off(Phaser.Loader.Events.FILE_LOAD_ERROR, onError));
  }
  return this;
}

function addModel(
  this: Loader,
  key: string | FileEntry | readonly FileEntry[],
  url?: string | readonly string[],
): Loader {
  for (const entry of entriesOf(key, url)) this.addFile(new ModelFile(this, entry.key, entry.url));
  return this;
}

function entriesOf(
  key: string | FileEntry | readonly FileEntry[],
  url: FileEntry['url'],
  prefix?: string,
): readonly FileEntry[] {
  if (typeof key === 'string') {
    return [{ key, ...(url === undefined ? {} : { url }), ...(prefix === undefined ? {} : { prefix }) }];
  }
  return [key].flat() as FileEntry[];
}

/** A persona: JSON that is checked while it loads; an invalid one is a loader error with one clear message. */
class PersonaFile extends Phaser.Loader.File {
  readonly #prefix: string | undefined;
  #error: Error | undefined;

  constructor(loader: Loader, key: string, url: string | undefined, prefix: string | undefined) {
    // A variable: Phaser 3's typings do not know `cache`, those of Phaser 4 require it.
    const config: Phaser.Types.Loader.FileConfig & { cache: Phaser.Cache.BaseCache } = {
      type: 'npcPersona',
      cache: personaCache(loader),
      extension: 'json',
      responseType: 'text',
      key,
      ...(url === undefined ? {} : { url }),
    };
    super(loader, config);
    this.#prefix = prefix === undefined ? undefined : addressOf(loader, prefix);
  }

  override onProcess(): void {
    this.state = Phaser.Loader.FILE_PROCESSING;
    try {
      const persona = readPersonaText((this.xhrLoader as XMLHttpRequest).responseText, this.src);
      this.data = persona;
      gameOf(this).personas.add(this.key, persona);
      if (this.#prefix !== undefined) gameOf(this).addPrefix(this.#prefix);
      this.onProcessComplete();
    } catch (error) {
      this.#error = error instanceof Error ? error : new Error(String(error));
      // Not onProcessError: it logs a second message, and tells nobody that the file failed.
      this.state = Phaser.Loader.FILE_ERRORED;
      this.loader.totalComplete--;
      this.loader.totalFailed++;
      this.loader.emit(Phaser.Loader.Events.FILE_LOAD_ERROR, this);
      this.loader.fileProcessComplete(this);
    }
  }

  /** Says once, in the console and as an event, why there is no such persona. */
  report(): void {
    const url = this.src;
    const error =
      this.#error ??
      new DialogueError('persona-invalid', `Persona "${this.key}": ${url} could not be fetched.`, {
        hint: 'Check the address and that the server has the file.',
      });
    const parley = gameOf(this);
    parley.personas.fail(this.key);
    const hint = error instanceof DialogueError && error.hint ? ` ${error.hint}` : '';
    console.error(`Parley: ${error.message}${hint}`);
    parley.events.emit('persona-error', { key: this.key, url, error });
  }
}

/** A model: complete at once, since the worker streams the bytes beside the game. */
class ModelFile extends Phaser.Loader.File {
  readonly #urls: readonly string[];

  constructor(loader: Loader, key: string, url: FileEntry['url']) {
    const urls = url === undefined ? [`${key}.gguf`] : [url].flat();
    const config: Phaser.Types.Loader.FileConfig & { cache: false } = {
      type: 'npcModel',
      cache: false,
      key,
      url: urls[0] ?? '',
    };
    super(loader, config);
    this.#urls = urls.map((part) => addressOf(loader, part));
    this.state = Phaser.Loader.FILE_POPULATED;
  }

  override onProcess(): void {
    gameOf(this).registerModel(this.key, this.#urls);
    this.data = this.#urls;
    this.onProcessComplete();
  }
}

/** An absolute address, by the loader's path and base as Phaser's own files have it: the worker fetches it. */
function addressOf(loader: Loader, url: string): string {
  const path = ABSOLUTE.test(url) ? url : loader.path + url;
  return new URL(ABSOLUTE.test(path) ? path : loader.baseURL + path, document.baseURI).href;
}

function gameOf(file: Phaser.Loader.File) {
  return parleyOf(file.loader.systems.game);
}

function personaCache(loader: Loader): Phaser.Cache.BaseCache {
  return loader.cacheManager.addCustom('npcPersona');
}
