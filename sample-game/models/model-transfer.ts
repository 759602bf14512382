import * as Phaser from 'phaser';
import type {
  DownloadQuestion,
  ModelDownloadRequest,
  ParleyPlugin,
  PartialDownload,
  StoredModel,
  TransferOptions,
  TransferProgress,
} from 'phaser-parley';
import { tell } from '../menu/tell.js';
import { changeSettings } from '../settings/settings-keeper.js';
import { megabytes, transferTrouble } from './model-words.js';

/** A model on its way to the device. */
export interface Transfer {
  readonly name: string;
  /** Absolute; empty for a file of the player. */
  readonly urls: readonly string[];
  /** Undefined until the player agreed and something was asked for. */
  progress?: TransferProgress;
}

const TITLE = 'Model';

/** The one model that comes to the device, whatever is open meanwhile. Events: `change` (begins, ends), `progress`. */
export class ModelTransfer extends Phaser.Events.EventEmitter {
  readonly #game: Phaser.Game;
  #current: Transfer | undefined;
  #abort = new AbortController();
  #ended: Promise<void> = Promise.resolve();
  /** The player went on with what was begun: the size was seen then. */
  #agreed = false;

  constructor(game: Phaser.Game) {
    super();
    this.#game = game;
  }

  get current(): Transfer | undefined {
    return this.#current;
  }

  /** @param agreed nothing is asked before a big download */
  download(request: ModelDownloadRequest & { readonly urls: readonly string[] }, agreed = false): void {
    const { urls, name = nameOf(urls[0]!) } = request;
    this.#begin({ name, urls }, agreed, (options) => this.#models.download(request, options));
  }

  import(file: File): void {
    const name = file.name.replace(/\.gguf$/i, '');
    this.#begin({ name, urls: [] }, true, (options) => this.#models.import(file, options));
  }

  /** Ends it. @returns what came of it, which is kept; undefined where nothing did */
  async pause(): Promise<PartialDownload | undefined> {
    const { urls = [] } = this.#current ?? {};
    this.#abort.abort();
    await this.#ended;
    const partials = await this.#models.partials().catch(() => []);
    return partials.find(({ request }) => isSame(request.urls, urls));
  }

  /** For the plugin's `confirmDownload`. */
  async confirm({ bytes }: DownloadQuestion): Promise<boolean> {
    if (this.#agreed) return true;
    const { name = '' } = this.#current ?? {};
    const size =
      bytes === undefined ? `The server does not say how big ${name} is.` : `${name}: ${megabytes(bytes)}.`;
    const doubt = bytes === undefined ? '' : await this.#doubt(name, bytes);
    return new Promise((resolve) => {
      tell(this.#game, {
        title: TITLE,
        text: `${size}${doubt} Download it?`,
        answers: [
          { label: 'Download', act: () => resolve(true) },
          { label: 'Not now', act: () => resolve(false) },
        ],
        otherwise: () => resolve(false),
      });
    });
  }

  /** What speaks against it on this device. */
  async #doubt(name: string, bytes: number): Promise<string> {
    const { verdicts } = await this.#models.propose([{ name, bytes, url: '' }]);
    return verdicts[0]!.fits ? '' : ` ${verdicts[0]!.reason}`;
  }

  #begin(transfer: Transfer, agreed: boolean, run: (options: TransferOptions) => Promise<StoredModel>): void {
    if (this.#current) {
      tell(this.#game, {
        title: TITLE,
        text: `One model comes at a time: pause ${this.#current.name}, or wait for it.`,
      });
      return;
    }
    this.#current = transfer;
    this.#agreed = agreed;
    this.#abort = new AbortController();
    this.#ended = this.#run(transfer, run);
    this.emit('change');
  }

  async #run(transfer: Transfer, run: (options: TransferOptions) => Promise<StoredModel>): Promise<void> {
    const isFile = transfer.urls.length === 0;
    const onProgress = (progress: TransferProgress) => {
      transfer.progress = progress;
      this.emit('progress');
    };
    try {
      const model = await run({ signal: this.#abort.signal, onProgress });
      this.#end();
      this.#offer(model);
    } catch (error) {
      this.#end();
      const text = transferTrouble(error, isFile);
      if (text) tell(this.#game, { title: TITLE, text });
    }
  }

  #end(): void {
    this.#current = undefined;
    this.emit('change');
  }

  #offer({ name, url }: StoredModel): void {
    const model = url as `stored:${string}`;
    tell(this.#game, {
      title: TITLE,
      text: `${name} is on this device now. It can be chosen in the settings, under Model.`,
      answers: [
        { label: 'Speak with it', act: () => changeSettings(this.#game, { model, modelName: name }) },
        { label: 'Later' },
      ],
    });
  }

  get #models(): ParleyPlugin['models'] {
    return (this.#game.plugins.get('ParleyPlugin') as ParleyPlugin).models;
  }
}

const transfers = new WeakMap<Phaser.Game, ModelTransfer>();

/** One for the whole game. */
export function transferOf(game: Phaser.Game): ModelTransfer {
  const known = transfers.get(game);
  if (known) return known;
  const transfer = new ModelTransfer(game);
  transfers.set(game, transfer);
  return transfer;
}

/** Whether two downloads are of the same addresses. */
export function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.join('\n') === b.join('\n');
}

function nameOf(url: string): string {
  const { pathname, hostname } = new URL(url);
  const last = pathname.slice(pathname.lastIndexOf('/') + 1);
  return last.replace(/\.gguf$/i, '') || hostname;
}
