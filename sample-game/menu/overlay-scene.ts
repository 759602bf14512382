import * as Phaser from 'phaser';
import { listen } from '../listen.js';
import { playSound } from '../sound.js';
import { onPad } from './pad.js';

export interface OverlayData {
  /** Key of the scene that waits below. */
  readonly over: string;
}

/** Opens an overlay over a scene, which waits until it is closed. */
export function openOverlay(scene: Phaser.Scene, key: string, data: object = {}): void {
  playSound(scene, 'open');
  scene.scene.launch(key, { ...data, over: scene.scene.key });
}

/** A scene over another one that is paused meanwhile; Escape, B or its own rows close it. */
export abstract class OverlayScene<Data extends OverlayData = OverlayData> extends Phaser.Scene {
  protected options!: Data;
  /** Goes on where it was after a change of the screen's size. */
  protected focused = 0;
  #resized = false;

  init(options: Data): void {
    this.options = options;
  }

  create(): void {
    const { over } = this.options;
    // At once: a queued pause would come after the keys of this frame.
    const below = this.scene.get(over).sys;
    if (below.isActive()) below.pause();
    // Two boards over each other could not be read.
    if (over !== 'village') this.scene.setVisible(false, over);
    this.scene.bringToTop();
    this.#resized = false;
    this.input.keyboard?.on('keydown-ESC', this.close, this);
    onPad(this, (button) => {
      if (button === 'cancel') this.close();
    });
    listen(this, this.scale, Phaser.Scale.Events.RESIZE, () => this.#onResize());
    listen(this, this.events, Phaser.Scenes.Events.RESUME, () => this.#layOutAnew());
    this.build();
  }

  /** Draws the overlay for the screen's present size. */
  protected abstract build(): void;

  /** Draws it anew, e.g. because what it lists has changed. */
  protected rebuild(): void {
    this.scene.restart(this.options);
  }

  close(): void {
    playSound(this, 'close');
    this.leave();
  }

  /** Closes without a sound. */
  protected leave(): void {
    const { over } = this.options;
    this.focused = 0;
    this.scene.setVisible(true, over);
    this.scene.resume(over);
    this.scene.stop();
  }

  #onResize(): void {
    this.#resized = true;
    if (this.scene.isActive()) this.#layOutAnew();
  }

  #layOutAnew(): void {
    if (this.#resized) this.rebuild();
  }
}
