import * as Phaser from 'phaser';
import { OverlayScene } from '../menu/overlay-scene.js';
import { addVeil } from '../menu/panel.js';
import { rollCredits } from './credits-roll.js';

/** The credits over the title; any key or tap goes back. */
export class CreditsScene extends OverlayScene {
  constructor() {
    super('credits');
  }

  protected override build(): void {
    addVeil(this);
    rollCredits(this, () => this.close());
    for (const key of ['keydown-ENTER', 'keydown-SPACE']) this.input.keyboard?.on(key, this.close, this);
    this.input.on(Phaser.Input.Events.POINTER_DOWN, this.close, this);
  }
}
