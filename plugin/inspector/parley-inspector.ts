import * as Phaser from 'phaser';
import { parleyOf } from '../phaser/plugin-key.js';
import { EngineTab } from './engine-tab.js';
import { ExportTab } from './export-tab.js';
import { FramesTab } from './frames-tab.js';
import { LogTab } from './log-tab.js';
import { Panel } from './panel.js';
import { TalkTab } from './talk-tab.js';
import { onThreeFingers } from './three-fingers.js';

/** The `data` of the plugin's entry in the game configuration. */
export interface InspectorOptions {
  /** The key that opens and closes it, as `KeyboardEvent.key` has it; null for none. Default `F9`. */
  readonly key?: string | null;
  /** False: three fingers that rest on the game do not open it. Default true. */
  readonly touch?: boolean;
}

/**
 * A look into the characters of a running game: what they were told, what the engine holds, what frames take. A global
 * plugin beside `ParleyPlugin`. While it is closed it listens for its key and does nothing else.
 */
export class ParleyInspector extends Phaser.Plugins.BasePlugin {
  #options: InspectorOptions = {};
  #panel: Panel | undefined;
  #offs: (() => void)[] = [];
  /** What was begun with the panel, and ends with it. */
  #closing: (() => void)[] = [];

  override init(data?: InspectorOptions | null): void {
    this.#options = data ?? {};
  }

  override start(): void {
    const onKey = (event: KeyboardEvent) => this.#onKey(event);
    // Before the text field, which keeps keys from the game.
    addEventListener('keydown', onKey, { capture: true });
    this.#offs.push(() => removeEventListener('keydown', onKey, { capture: true }));
    if (this.game.canvas) this.#onBooted();
    else this.game.events.once(Phaser.Core.Events.READY, this.#onBooted, this);
  }

  override stop(): void {
    this.close();
    this.game.events.off(Phaser.Core.Events.READY, this.#onBooted, this);
    for (const off of this.#offs.splice(0)) off();
  }

  override destroy(): void {
    this.stop();
    super.destroy();
  }

  get isOpen(): boolean {
    return this.#panel !== undefined;
  }

  /**
   * Opens it beside the canvas; the focus stays where it is.
   * @throws Error when `ParleyPlugin` is not installed, or the game has no canvas in the page yet
   */
  open(): void {
    if (this.#panel) return;
    const { game } = this;
    const parent = game.canvas?.parentElement;
    if (!parent)
      throw new Error('Got a game without a canvas in the page; open the inspector when it is ready.');
    const parley = parleyOf(game);
    const frames = new FramesTab(parley, game);
    const focus = document.activeElement;
    const panel = new Panel({
      parent,
      title: game.config.gameTitle,
      tabs: [new TalkTab(parley), new EngineTab(parley), frames, new LogTab(parley), new ExportTab(parley)],
      onClose: () => this.close(),
      onFocus: () => {
        for (const scene of game.scene.getScenes(false)) scene.input?.keyboard?.resetKeys();
      },
    });
    this.#panel = panel;
    // Phaser keeps a click on the canvas from taking the focus away.
    const onCanvas = () => panel.blur();
    game.canvas.addEventListener('pointerdown', onCanvas);
    this.#closing = [
      () => game.canvas?.removeEventListener('pointerdown', onCanvas),
      frames.record(),
      () => {
        const goesBack = panel.hasFocus && focus instanceof HTMLElement && focus.isConnected;
        panel.destroy();
        if (goesBack) focus.focus({ preventScroll: true });
      },
    ];
  }

  close(): void {
    for (const end of this.#closing.splice(0)) end();
    this.#panel = undefined;
  }

  toggle(): void {
    if (this.#panel) this.close();
    else this.open();
  }

  #onKey(event: KeyboardEvent): void {
    const { key = 'F9' } = this.#options;
    if (event.key !== key || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.shiftKey) this.toggle();
    else {
      this.open();
      this.#panel?.focus();
    }
  }

  #onBooted(): void {
    const parent = this.game.canvas.parentElement;
    if (parent && this.#options.touch !== false) this.#offs.push(onThreeFingers(parent, () => this.toggle()));
  }
}
