import * as Phaser from 'phaser';
import { ModelBar } from '../hud/model-bar.js';
import { listen } from '../listen.js';
import { Menu } from '../menu/menu.js';
import { mirrorOf } from '../menu/mirror.js';
import { openOverlay } from '../menu/overlay-scene.js';
import type { Area, MenuRow } from '../menu/rows.js';
import { beginGame, continueGame, shelfOf } from '../saves/playing.js';
import type { SlotContent } from '../saves/save-shelf.js';
import { isUpright } from '../view.js';
import { ask } from './question-scene.js';

const LOGO = { width: 150, height: 58 };
const MENU_WIDTH = 112;
/** Strips of the shade below the menu, each lighter than the one before it. */
const SHADES = 8;
const SHADE_STEP = 14;

/** The title over the village at dusk; the model loads beside it. */
export class TitleScene extends Phaser.Scene {
  /** Undefined until the saves are read. */
  menu: Menu | undefined;
  /** The row in focus when it was last drawn. */
  #focused = 0;

  constructor() {
    super('title');
  }

  create(): void {
    this.#focused = Math.max(0, this.menu?.focused ?? 0);
    this.menu = undefined;
    if (!this.scene.isActive('backdrop')) this.scene.launch('backdrop', { look: 'title' });
    this.scene.bringToTop();
    listen(this, this.scale, Phaser.Scale.Events.RESIZE, () => this.#redraw());
    // A save may be another one, or gone.
    listen(this, this.events, Phaser.Scenes.Events.RESUME, () => this.#redraw());
    void this.#draw();
  }

  #redraw(): void {
    if (this.scene.isActive()) this.scene.restart();
  }

  async #draw(): Promise<void> {
    const { width, height } = this.scale;
    const upright = isUpright({ width, height });
    const logoX = upright ? Math.round((width - LOGO.width) / 2) : 10;
    const logoY = upright ? Math.round(height * 0.16) : Math.round(height * 0.04);
    this.#addShade(upright);
    this.add.image(logoX, logoY, 'title').setOrigin(0);
    new ModelBar(this, { x: width - 6, y: height - 6, corner: true });
    const contents = await shelfOf(this).list();
    if (!this.scene.isActive()) return;
    const area = upright ? this.#overSea() : this.#besideSea(logoY);
    mirrorOf(this).name(this.game.config.gameTitle);
    this.menu = new Menu(this, this.#rows(contents), area, this.#focused);
  }

  #rows(contents: readonly SlotContent[]): MenuRow[] {
    const last = contents.find(({ slot }) => slot === 'auto');
    const rows: MenuRow[] = [
      { kind: 'button', label: 'New game', act: () => this.#begin(last?.game !== undefined) },
      {
        kind: 'button',
        label: 'Load',
        enabled: contents.some(({ game, error }) => game || error),
        act: () => openOverlay(this, 'saves', { mode: 'load' }),
      },
      { kind: 'button', label: 'Settings', act: () => openOverlay(this, 'settings') },
      { kind: 'button', label: 'Credits', act: () => openOverlay(this, 'credits') },
    ];
    const goOn: MenuRow = { kind: 'button', label: 'Continue', act: () => this.#continue(last!) };
    return last?.game || last?.error ? [goOn, ...rows] : rows;
  }

  #continue({ game, error }: SlotContent): void {
    if (game && !error) this.#leaveFor(() => continueGame(this, game));
    else {
      const older = { label: 'Play that one', act: () => this.#leaveFor(() => continueGame(this, game!)) };
      ask(this, {
        title: 'Continue',
        text: game
          ? 'The last save is damaged. The one before it is whole.'
          : `The last save is damaged: ${error?.message} What people said is kept.`,
        answers: [...(game ? [older] : []), { label: 'Back' }],
      });
    }
  }

  #begin(overwrites: boolean): void {
    const begin = () => this.#leaveFor(() => void beginGame(this));
    if (!overwrites) begin();
    else {
      ask(this, {
        title: 'New game',
        text: 'The game that you can continue now ends, unless it is saved in a slot.',
        answers: [{ label: 'Back' }, { label: 'Begin anew', act: begin }],
      });
    }
  }

  #leaveFor(start: () => void): void {
    // Chosen twice in one frame.
    if (!this.menu) return;
    this.menu = undefined;
    this.scene.stop('backdrop');
    start();
  }

  #besideSea(logoY: number): Area {
    const { height } = this.scale;
    const y = logoY + LOGO.height + 4;
    return { x: 29, y, width: MENU_WIDTH, height: height - y - 6 };
  }

  #overSea(): Area {
    const { width, height } = this.scale;
    const menuWidth = Math.min(180, width - 60);
    // Below the horizon, above what the model tells.
    const y = Math.round(height * 0.655);
    return { x: Math.round((width - menuWidth) / 2), y, width: menuWidth, height: height - y - 74 };
  }

  /** Dims what is behind logo and menu. */
  #addShade(upright: boolean): void {
    const { width, height } = this.scale;
    if (upright) {
      this.add.rectangle(0, 0, width, height, 0x17122b, 0.25).setOrigin(0);
      return;
    }
    for (let i = 0; i < SHADES; i++) {
      this.add.rectangle(0, 0, 96 + i * SHADE_STEP, height, 0x17122b, 0.09).setOrigin(0);
    }
  }
}
