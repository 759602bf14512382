import { heightOf, Menu } from '../menu/menu.js';
import { OverlayScene, openOverlay } from '../menu/overlay-scene.js';
import { addPanel, addVeil } from '../menu/panel.js';
import type { MenuRow } from '../menu/rows.js';
import { saveGame } from '../saves/playing.js';

/** The menu over the village. */
export class PauseScene extends OverlayScene {
  constructor() {
    super('pause');
  }

  protected override build(): void {
    addVeil(this);
    const open = (key: string, data = {}) => openOverlay(this, key, data);
    const button = (label: string, act: () => void): MenuRow => ({ kind: 'button', label, act });
    const rows = [
      button('Continue', () => this.close()),
      button('Notebook', () => open('notebook')),
      button('Save', () => open('saves', { mode: 'save' })),
      button('Load', () => open('saves', { mode: 'load' })),
      button('Settings', () => open('settings')),
      button('To the title', () => void this.#toTitle()),
    ];
    new Menu(
      this,
      rows,
      addPanel(this, 'Saltmere', { width: 124, height: heightOf(rows.length) }, () => this.close()),
    );
  }

  /** Nothing is lost on the way out, so nothing is asked. */
  async #toTitle(): Promise<void> {
    if (this.parley.storage?.writable !== false) await saveGame(this, 'auto').catch(() => undefined);
    this.scene.stop('village');
    this.scene.start('title');
  }
}
