import { listen } from '../listen.js';
import { heightOf, Menu } from '../menu/menu.js';
import { OverlayScene, openOverlay } from '../menu/overlay-scene.js';
import { addPanel, addVeil } from '../menu/panel.js';
import type { MenuRow } from '../menu/rows.js';
import { modelName } from '../models/model-words.js';
import {
  BUDGETS,
  DEFAULT_SETTINGS,
  MOTIONS,
  type Settings,
  TEXT_SPEEDS,
  VOLUME_STEPS,
} from '../settings/settings.js';
import { changeSettings, settingsOf } from '../settings/settings-keeper.js';
import { playSound } from '../sound.js';

/** Each setting is applied and remembered when it is changed. */
export class SettingsScene extends OverlayScene {
  constructor() {
    super('settings');
  }

  protected override build(): void {
    addVeil(this);
    const rows: MenuRow[] = [
      {
        kind: 'button',
        label: 'Model…',
        value: modelName(settingsOf(this)),
        act: () => openOverlay(this, 'models'),
      },
      this.#choice('Thinking time', 'budget', BUDGETS),
      this.#choice('Text', 'textSpeed', TEXT_SPEEDS),
      this.#level('Sounds', 'sound'),
      this.#level('Music', 'music'),
      this.#choice('Motion', 'motion', MOTIONS),
      {
        kind: 'choice',
        label: 'Full screen',
        values: ['Off', 'On'],
        index: () => Number(this.scale.isFullscreen),
        choose: () => this.scale.toggleFullscreen(),
      },
      { kind: 'button', label: 'Reset to defaults', act: () => this.#reset() },
    ];
    const room = addPanel(this, 'Settings', { width: 236, height: heightOf(rows.length) }, () =>
      this.close(),
    );
    const menu = new Menu(this, rows, room, this.focused);
    // The model may be another one, when its list is closed.
    listen(this, this.events, 'resume', () => this.rebuild());
    this.events.once('shutdown', () => {
      this.focused = menu.focused;
    });
  }

  override close(): void {
    super.close();
    this.events.once('shutdown', () => {
      this.focused = 0;
    });
  }

  #choice<Key extends 'budget' | 'textSpeed' | 'motion'>(
    label: string,
    key: Key,
    list: readonly { readonly id: Settings[Key]; readonly label: string }[],
  ): MenuRow {
    return {
      kind: 'choice',
      label,
      values: list.map((one) => one.label),
      index: () => list.findIndex(({ id }) => id === settingsOf(this)[key]),
      choose: (index) => this.#change({ [key]: list[index]!.id }),
    };
  }

  #level(label: string, key: 'sound' | 'music'): MenuRow {
    return {
      kind: 'level',
      label,
      most: VOLUME_STEPS,
      level: () => settingsOf(this)[key],
      choose: (level) => this.#change({ [key]: level }),
    };
  }

  #change(change: Partial<Settings>): void {
    changeSettings(this, change);
    playSound(this, 'select');
  }

  #reset(): void {
    this.#change(DEFAULT_SETTINGS);
    this.rebuild();
  }
}
