/** Turns a stream of piece bytes into text, whole UTF-8 characters only; invalid bytes become U+FFFD. */
export class StreamingText {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  /** The last three bytes: where an unfinished character would begin. */
  #tail: number[] = [];

  /** The text that these bytes completed, '' while a character is open. */
  push(bytes: Uint8Array): string {
    this.#tail = [...this.#tail, ...bytes.subarray(-3)].slice(-3);
    return this.#decoder.decode(bytes, { stream: true });
  }

  /** Whether bytes of an unfinished character are held back. */
  get open(): boolean {
    return this.#tail.some((byte, i) => {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
      return needed > this.#tail.length - i;
    });
  }
}
