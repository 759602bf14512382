import * as Phaser from 'phaser';
import type { Rect } from './css-rect.js';

/** Pixels of a finger that trembles. */
const TREMBLE = 8;
/** A press this long is no tap. */
const HOLD_MS = 350;

export interface PressTarget {
  /** In pixels of the main camera's view; undefined while there is nothing to press. */
  area(): Rect | undefined;
  tap(): void;
  /** Pixels since the last call, downwards. */
  drag?(dy: number): void;
  /** Down: toward what is newer. */
  wheel?(dy: number): void;
}

/** Taps, holds, drags and the wheel on a part of the screen; mouse and touch alike. */
export class Press {
  readonly #scene: Phaser.Scene;
  readonly #target: PressTarget;
  #pointer: Phaser.Input.Pointer | undefined;
  #lastY = 0;
  #dragged = false;
  #heldMs = 0;

  constructor(scene: Phaser.Scene, target: PressTarget) {
    this.#scene = scene;
    this.#target = target;
    const { input } = scene;
    input.on(Phaser.Input.Events.POINTER_DOWN, this.#onDown, this);
    input.on(Phaser.Input.Events.POINTER_MOVE, this.#onMove, this);
    input.on(Phaser.Input.Events.POINTER_UP, this.#onUp, this);
    input.on(Phaser.Input.Events.POINTER_UP_OUTSIDE, this.#release, this);
    input.on(Phaser.Input.Events.POINTER_WHEEL, this.#onWheel, this);
  }

  /** True while it is held, longer than for a tap. */
  get held(): boolean {
    return this.#pointer !== undefined && !this.#dragged && this.#heldMs > HOLD_MS;
  }

  /** Call once a frame. */
  update(deltaMs: number): void {
    // Let go while the scene took no input, as behind a menu: nobody told.
    if (this.#pointer && !this.#pointer.isDown) this.#release();
    if (this.#pointer) this.#heldMs += deltaMs;
  }

  destroy(): void {
    const { input } = this.#scene;
    input.off(Phaser.Input.Events.POINTER_DOWN, this.#onDown, this);
    input.off(Phaser.Input.Events.POINTER_MOVE, this.#onMove, this);
    input.off(Phaser.Input.Events.POINTER_UP, this.#onUp, this);
    input.off(Phaser.Input.Events.POINTER_UP_OUTSIDE, this.#release, this);
    input.off(Phaser.Input.Events.POINTER_WHEEL, this.#onWheel, this);
  }

  #onDown(pointer: Phaser.Input.Pointer): void {
    if (!this.#hits(pointer)) return;
    this.#pointer = pointer;
    this.#lastY = pointer.y;
    this.#dragged = false;
    this.#heldMs = 0;
  }

  #onMove(pointer: Phaser.Input.Pointer): void {
    if (pointer !== this.#pointer || !this.#target.drag) return;
    if (!this.#dragged && Math.abs(pointer.y - this.#lastY) < TREMBLE) return;
    this.#dragged = true;
    this.#target.drag(pointer.y - this.#lastY);
    this.#lastY = pointer.y;
  }

  #onUp(pointer: Phaser.Input.Pointer): void {
    if (pointer !== this.#pointer) return;
    // By the times of the events: a slow frame makes no tap a hold.
    const quick = pointer.upTime - pointer.downTime < HOLD_MS;
    const tap = !this.#dragged && quick && this.#hits(pointer);
    this.#release();
    if (tap) this.#target.tap();
  }

  #release(): void {
    this.#pointer = undefined;
  }

  #onWheel(pointer: Phaser.Input.Pointer, _over: unknown, _dx: number, dy: number): void {
    if (dy !== 0 && this.#hits(pointer)) this.#target.wheel?.(dy);
  }

  #hits(pointer: Phaser.Input.Pointer): boolean {
    const area = this.#target.area();
    if (!area) return false;
    const { x, y } = this.#scene.cameras.main;
    const inside = (value: number, start: number, size: number) => value >= start && value < start + size;
    return inside(pointer.x - x, area.x, area.width) && inside(pointer.y - y, area.y, area.height);
  }
}
