/**
 * Tells which keys belong to a text field: a key that went down before the field had focus (the key that opened it,
 * or one held to walk) types nothing until it is pressed again.
 */
export class KeyGate {
  readonly #down = new Set<string>();
  /** The key event that opened the field may still deliver its character. */
  #swallowText = false;

  /** @param duringKeyDown the field gets its focus while a key event is handled */
  open(duringKeyDown: boolean): void {
    this.#down.clear();
    this.#swallowText = duringKeyDown;
  }

  /** Returns whether the key may act in the field. */
  keyDown(code: string, repeat: boolean): boolean {
    if (repeat) return this.#down.has(code);
    this.#swallowText = false;
    this.#down.add(code);
    return true;
  }

  keyUp(code: string): void {
    this.#swallowText = false;
    this.#down.delete(code);
  }

  /** Returns whether text that arrives now may enter the field. */
  mayInsert(): boolean {
    return !this.#swallowText;
  }
}

/** A key event, as far as sending needs it. */
export interface KeyPress {
  readonly key: string;
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** True for an Enter that sends; one that ends an IME composition does not (keyCode 229 in Safari). */
export function isSendKey(event: KeyPress): boolean {
  return event.key === 'Enter' && !event.isComposing && event.keyCode !== 229;
}
