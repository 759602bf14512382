import * as Phaser from 'phaser';
import type { DialogueBox } from 'phaser-parley';
import { toast } from '../hud/toast.js';
import { listen, REGISTRY_CHANGES } from '../listen.js';
import { isOfGame, saveGame } from './playing.js';

/** One save for all that changes together. */
const SETTLE_MS = 250;

/** Saves by itself: at the beginning, at each step of the story, at the end of a talk, when the page is left. */
export class Autosave {
  readonly #scene: Phaser.Scene;
  #due: Phaser.Time.TimerEvent | undefined;
  #failed = false;

  constructor(scene: Phaser.Scene, box: DialogueBox) {
    this.#scene = scene;
    const changed = (_parent: unknown, key: string) => {
      if (isOfGame(key)) this.request();
    };
    listen(scene, scene.registry.events, REGISTRY_CHANGES, changed);
    // This page may write from now on: another tab was closed.
    listen(scene, scene.parley.events, 'storage', () => this.request());
    box.on('close', () => this.request());
    // It may be the last that is heard of the page.
    listen(scene, scene.game.events, Phaser.Core.Events.HIDDEN, () => void this.save());
    this.request();
  }

  request(): void {
    this.#due?.remove();
    this.#due = this.#scene.time.delayedCall(SETTLE_MS, () => void this.save());
  }

  /** Writes now, unless another tab of the game does. */
  async save(): Promise<void> {
    if (this.#scene.parley.storage?.writable === false) return;
    try {
      await saveGame(this.#scene, 'auto');
      this.#failed = false;
    } catch (error) {
      if (this.#failed) return;
      this.#failed = true;
      console.warn(`Saltmere: the game could not be saved (${String(error)}).`);
      toast(this.#scene, 'The game could not be saved. Free some space, or export a save.');
    }
  }
}
