import { EngineError, type LoadProgress, type PartialDownload, type StoredModel } from 'phaser-parley';
import { listen } from '../listen.js';
import { heightOf, Menu } from '../menu/menu.js';
import { OverlayScene, openOverlay } from '../menu/overlay-scene.js';
import { addPanel, addVeil } from '../menu/panel.js';
import type { MenuRow } from '../menu/rows.js';
import { tell } from '../menu/tell.js';
import { isSame, type Transfer, transferOf } from '../models/model-transfer.js';
import { amount, megabytes, percent, transferText, transferTrouble } from '../models/model-words.js';
import { useModel } from '../models/use-model.js';
import { pickFile } from '../pick-file.js';
import type { ModelChoice, Settings } from '../settings/settings.js';
import { changeSettings, SETTINGS_CHANGED, settingsOf } from '../settings/settings-keeper.js';
import { ask } from './question-scene.js';

/** The models that can speak for the characters: choose one, remove one, add one. */
export class ModelsScene extends OverlayScene {
  #menu: Menu | undefined;
  /** How far the model is that is being loaded, 0 to 1. */
  #share = 0;
  /** Something changed below a question: drawn anew when that is closed. */
  #stale = false;

  constructor() {
    super('models');
  }

  protected override build(): void {
    addVeil(this);
    this.#menu = undefined;
    this.#stale = false;
    const { events } = this.parley;
    listen(this, events, 'model-progress', ({ loadedBytes, totalBytes = 0 }: LoadProgress) => {
      this.#share = totalBytes > 0 ? loadedBytes / totalBytes : 0;
      this.#menu?.refresh();
    });
    listen(this, events, ['model-ready', 'model-error'], () => this.#menu?.refresh());
    listen(this, this.registry.events, SETTINGS_CHANGED, () => this.#redraw());
    const transfer = transferOf(this.game);
    listen(this, transfer, 'change', () => this.#redraw());
    listen(this, transfer, 'progress', () => this.#menu?.refresh());
    listen(this, this.events, 'resume', () => {
      if (this.#stale) this.#redraw();
    });
    this.events.once('shutdown', () => {
      this.focused = this.#menu?.focused ?? this.focused;
    });
    void this.#show();
  }

  override close(): void {
    super.close();
    this.events.once('shutdown', () => {
      this.focused = 0;
    });
  }

  async #show(): Promise<void> {
    const { models } = this.parley;
    // Where a browser keeps none, there is still the bundled one.
    let keepsNone: string | undefined;
    const none = (error: unknown) => {
      if (error instanceof EngineError && error.code === 'storage-unavailable') {
        keepsNone = transferTrouble(error, false);
      }
      return [];
    };
    const [stored, partials] = await Promise.all([models.list().catch(none), models.partials().catch(none)]);
    if (!this.scene.isActive()) {
      this.#stale = true;
      return;
    }
    const { current } = transferOf(this.game);
    const paused = partials.filter(({ request }) => !current || !isSame(request.urls, current.urls));
    const cards: MenuRow[] = [
      this.#card('bundled', 'The model of the game', 'Comes with Saltmere.', () => this.#use('bundled')),
      ...stored.map((model) => this.#storedCard(model)),
      ...(current ? [this.#comingCard(current)] : []),
      ...paused.map((partial) => this.#pausedCard(partial)),
      this.#card('off', 'None', 'People speak their written lines.', () => this.#use('off')),
    ];
    const buttons: MenuRow[] = [
      {
        kind: 'button',
        label: 'From an address…',
        enabled: !current,
        act: () => (keepsNone ? this.#tell(keepsNone) : openOverlay(this, 'model-address')),
      },
      {
        kind: 'button',
        label: 'From a file…',
        enabled: !current,
        act: () => (keepsNone ? this.#tell(keepsNone) : void this.#pick()),
      },
    ];
    const size = { width: 264, height: heightOf(buttons.length, cards.length) };
    const room = addPanel(this, 'Model', size, () => this.close());
    this.#menu = new Menu(this, [...cards, ...buttons], room, this.focused);
  }

  #card(model: ModelChoice, label: string, detail: string, act: () => void): MenuRow {
    const used = settingsOf(this).model === model;
    const live = () => (used && model !== 'off' ? this.#state(detail) : detail);
    return { kind: 'card', label, aside: used ? 'In use' : '', detail, live, act };
  }

  #storedCard(model: StoredModel): MenuRow {
    const url = model.url as ModelChoice;
    const detail = `${megabytes(model.bytes)} on this device.`;
    return this.#card(url, model.name, detail, () => this.#askWhat(model));
  }

  /** One that is on its way. */
  #comingCard(transfer: Transfer): MenuRow {
    const live = () => (transfer.progress ? transferText(transfer.progress) : 'Asking the server…');
    return {
      kind: 'card',
      label: transfer.name,
      aside: 'Coming',
      detail: '',
      live,
      act: () => this.#askAboutComing(transfer),
    };
  }

  #pausedCard(partial: PartialDownload): MenuRow {
    const { name, loadedBytes, totalBytes } = partial;
    const whole = totalBytes ? ` of ${megabytes(totalBytes)}` : ' MB';
    return {
      kind: 'card',
      label: name,
      aside: percent(loadedBytes, totalBytes),
      detail: `${amount(loadedBytes)}${whole} here. Go on?`,
      act: () => this.#askAboutPaused(partial),
    };
  }

  #askAboutComing({ name, urls }: Transfer): void {
    const transfer = transferOf(this.game);
    ask(this, {
      title: 'Model',
      text: `${name} comes while you play.`,
      answers: [
        { label: 'Back' },
        ...(urls.length > 0 ? [{ label: 'Pause', act: () => void transfer.pause() }] : []),
        { label: 'Cancel', act: () => void this.#cancel() },
      ],
    });
  }

  async #cancel(): Promise<void> {
    const partial = await transferOf(this.game).pause();
    if (partial) await this.#removeFile(partial.id);
  }

  #askAboutPaused({ id, name, request }: PartialDownload): void {
    const transfer = transferOf(this.game);
    ask(this, {
      title: 'Model',
      text: `${name} is not all here yet.`,
      answers: [
        ...(transfer.current ? [] : [{ label: 'Go on', act: () => transfer.download(request, true) }]),
        { label: 'Remove', act: () => void this.#removeFile(id) },
        { label: 'Back' },
      ],
    });
  }

  async #pick(): Promise<void> {
    const file = await pickFile('.gguf');
    if (file) transferOf(this.game).import(file);
  }

  /** What is told of the model in use. */
  #state(detail: string): string {
    switch (this.parley.modelState) {
      case 'loading':
        return `Is being loaded: ${Math.floor(this.#share * 100)} %`;
      case 'failed':
        return 'Could not be loaded. Choose it to try again.';
      default:
        return detail;
    }
  }

  #askWhat(model: StoredModel): void {
    const url = model.url as ModelChoice;
    const used = settingsOf(this).model === url && this.parley.modelState !== 'failed';
    ask(this, {
      title: 'Model',
      text: `${model.name}, ${megabytes(model.bytes)}.`,
      answers: [
        ...(used ? [] : [{ label: 'Speak with it', act: () => this.#use(url, model.name) }]),
        { label: 'Remove…', act: () => this.#askToRemove(model) },
        { label: 'Back' },
      ],
    });
  }

  #askToRemove(model: StoredModel): void {
    ask(this, {
      title: 'Model',
      text: `Remove ${model.name} from this device? It frees ${megabytes(model.bytes)}.`,
      answers: [{ label: 'Keep it' }, { label: 'Remove', act: () => void this.#remove(model) }],
    });
  }

  async #remove({ id, url }: StoredModel): Promise<void> {
    if (settingsOf(this).model === url) this.#change({ model: 'bundled', modelName: '' });
    await this.#removeFile(id);
  }

  async #removeFile(id: string): Promise<void> {
    try {
      await this.parley.models.remove(id);
      this.#redraw();
    } catch {
      this.#tell('It could not be removed: another tab of the game loads it. Close that one and try again.');
    }
  }

  #use(model: ModelChoice, modelName = ''): void {
    const again = settingsOf(this).model === model;
    const { modelState } = this.parley;
    this.#share = 0;
    if (!again) this.#change({ model, modelName });
    else if (model !== 'off' && modelState === 'failed') void useModel(this.game, this.parley, model);
    if (model === 'off' || (again && modelState === 'ready')) return;
    this.#tell(
      'The game loads it now. You can play meanwhile: people speak their written lines until it is there.',
    );
  }

  #change(change: Partial<Settings>): void {
    changeSettings(this, change);
  }

  #tell(text: string): void {
    tell(this.game, { title: 'Model', text });
  }

  #redraw(): void {
    if (this.scene.isActive()) this.rebuild();
    else this.#stale = true;
  }
}
