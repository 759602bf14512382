import type * as Phaser from 'phaser';
import { readerButton, takeFocus, unseen } from '../menu/screen-reader.js';

export interface HudButton {
  readonly name: string;
  readonly act: () => void;
}

/** What stands over the village, once more for screen readers: what to do next, and the buttons. */
export class HudMirror {
  readonly #game: Phaser.Game;
  readonly #root: HTMLElement;
  readonly #line = document.createElement('p');

  /** Lasts as long as the scene. */
  constructor(scene: Phaser.Scene, buttons: readonly HudButton[]) {
    this.#game = scene.game;
    this.#root = unseen(scene.game, 'region');
    this.#root.setAttribute('aria-label', 'Village');
    this.#root.append(this.#line, ...buttons.map(({ name, act }) => readerButton(name, act)));
    scene.events.once('shutdown', () => this.#leave(() => this.#root.remove()));
  }

  /** What to do next; news tells it when it changes. */
  set line(text: string) {
    this.#line.textContent = text;
  }

  set shown(shown: boolean) {
    if (shown) this.#root.hidden = false;
    else
      this.#leave(() => {
        this.#root.hidden = true;
      });
  }

  /** The keys go back to the game. */
  #leave(leave: () => void): void {
    const hadFocus = this.#root.contains(document.activeElement);
    if (hadFocus) takeFocus(this.#game.canvas);
    leave();
  }
}
