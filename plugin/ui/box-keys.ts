import * as Phaser from 'phaser';
import type { DialogueInput } from './dialogue-input.js';

const CONFIRM_KEYS = ['Enter', ' '];

export interface BoxKeysTarget {
  /** Keys are for the box. */
  readonly isOpen: boolean;
  confirm(): void;
  close(): void;
  /** Moves the selection among the choices. */
  move(step: -1 | 1): void;
  /** Picks a choice by its number, from 1. */
  pick(number: number): void;
  /** By pages: -1 is back. */
  page(step: -1 | 1): void;
}

/** The keys of a dialogue box, whether its field has the focus or not. */
export class BoxKeys {
  readonly #target: BoxKeysTarget;
  readonly #keyboard: Phaser.Input.Keyboard.KeyboardPlugin | null | undefined;
  #held = false;

  constructor(scene: Phaser.Scene, input: DialogueInput, target: BoxKeysTarget) {
    this.#target = target;
    this.#keyboard = scene.input.keyboard;
    this.#keyboard?.on(Phaser.Input.Keyboard.Events.ANY_KEY_DOWN, this.#onDown, this);
    this.#keyboard?.on(Phaser.Input.Keyboard.Events.ANY_KEY_UP, this.#onUp, this);
    input.on('enter', () => target.confirm());
    input.on('cancel', () => target.close());
    input.on('move', (step) => target.move(step));
    input.on('page', (step) => target.page(step));
    input.on('hold', (held) => {
      this.#held = held;
    });
  }

  /** True while a key that hurries the text is held. */
  get held(): boolean {
    return this.#held;
  }

  /** The keys that are down now are no longer for the box. */
  release(): void {
    this.#held = false;
  }

  destroy(): void {
    this.#keyboard?.off(Phaser.Input.Keyboard.Events.ANY_KEY_DOWN, this.#onDown, this);
    this.#keyboard?.off(Phaser.Input.Keyboard.Events.ANY_KEY_UP, this.#onUp, this);
  }

  #onDown({ key, repeat }: KeyboardEvent): void {
    const target = this.#target;
    if (!target.isOpen) return;
    if (key === 'PageUp' || key === 'PageDown') target.page(key === 'PageUp' ? -1 : 1);
    else if (repeat) {
      // The key that opened the box may be down still: held on, it hurries the text like any other.
      if (CONFIRM_KEYS.includes(key)) this.#held = true;
    } else if (/^[1-9]$/.test(key)) target.pick(Number(key));
    else if (key === 'Escape') target.close();
    else if (key === 'ArrowUp' || key === 'ArrowDown') target.move(key === 'ArrowUp' ? -1 : 1);
    else if (CONFIRM_KEYS.includes(key)) target.confirm();
  }

  #onUp({ key }: KeyboardEvent): void {
    if (CONFIRM_KEYS.includes(key)) this.#held = false;
  }
}
