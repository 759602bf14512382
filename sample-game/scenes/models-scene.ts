import type { LoadProgress, StoredModel } from 'phaser-parley';
import { listen } from '../listen.js';
import { heightOf, Menu } from '../menu/menu.js';
import { OverlayScene } from '../menu/overlay-scene.js';
import { addPanel, addVeil } from '../menu/panel.js';
import type { MenuRow } from '../menu/rows.js';
import { tell } from '../menu/tell.js';
import { megabytes } from '../models/model-words.js';
import { useModel } from '../models/use-model.js';
import type { ModelChoice, Settings } from '../settings/settings.js';
import { changeSettings, SETTINGS_CHANGED, settingsOf } from '../settings/settings-keeper.js';
import { ask } from './question-scene.js';

/** The models that can speak for the characters: choose one, remove one. */
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
    // Where a browser keeps none, there is still the bundled one.
    const stored = await this.parley.models.list().catch(() => []);
    if (!this.scene.isActive()) {
      this.#stale = true;
      return;
    }
    const cards = [
      this.#card('bundled', 'The model of the game', 'Comes with Saltmere.', () => this.#use('bundled')),
      ...stored.map((model) => this.#storedCard(model)),
      this.#card('off', 'None', 'People speak their written lines.', () => this.#use('off')),
    ];
    const size = { width: 264, height: heightOf(0, cards.length) };
    this.#menu = new Menu(
      this,
      cards,
      addPanel(this, 'Model', size, () => this.close()),
      this.focused,
    );
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
