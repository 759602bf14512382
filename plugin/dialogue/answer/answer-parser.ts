/** Takes an answer apart while it streams: `[label] text`, then `@action {…}` on a line of its own. */

export type AnswerPart =
  | { readonly type: 'label'; readonly label: string }
  | { readonly type: 'text'; readonly text: string }
  /** The line after `@`, whole. */
  | { readonly type: 'action'; readonly source: string };

/** A label longer than this is text that happens to begin with a bracket. */
const MAX_LABEL = 40;

/** The same parts for any way the text is cut; brackets and action lines never come out as text. */
export class AnswerParser {
  #stage: 'label' | 'text' | 'after' = 'label';
  #held = '';

  push(text: string): AnswerPart[] {
    this.#held += text;
    const parts: AnswerPart[] = [];
    if (this.#stage === 'label') this.#label(parts);
    if (this.#stage === 'text') this.#text(parts);
    return parts;
  }

  /** What is left when the answer is over. */
  end(): AnswerPart[] {
    const rest = this.#held;
    this.#held = '';
    if (this.#stage === 'text') return rest === '' ? [] : [{ type: 'text', text: rest }];
    if (this.#stage === 'label')
      return rest === '' || rest.startsWith('[') ? [] : [{ type: 'text', text: rest }];
    const action = rest.split('\n').find((line) => line.startsWith('@'));
    return action === undefined ? [] : [{ type: 'action', source: action.slice(1).trim() }];
  }

  #label(parts: AnswerPart[]): void {
    const held = this.#held.trimStart();
    if (held === '') return;
    const [whole, label] = /^\[([^\]\n]*)\]\s*/.exec(held) ?? [];
    if (whole !== undefined && label !== undefined) {
      parts.push({ type: 'label', label: label.trim() });
      this.#held = held.slice(whole.length);
      // The spaces behind the label may come with the next piece.
      if (this.#held === '') this.#skipSpaces = true;
      this.#stage = 'text';
    } else if (!held.startsWith('[') || held.length > MAX_LABEL) {
      this.#held = held;
      this.#stage = 'text';
    }
  }

  #skipSpaces = false;

  #text(parts: AnswerPart[]): void {
    if (this.#skipSpaces) {
      this.#held = this.#held.trimStart();
      if (this.#held === '') return;
      this.#skipSpaces = false;
    }
    const end = this.#held.indexOf('\n');
    const text = end < 0 ? this.#held : this.#held.slice(0, end);
    if (text !== '') parts.push({ type: 'text', text });
    this.#held = end < 0 ? '' : this.#held.slice(end + 1);
    if (end >= 0) this.#stage = 'after';
  }
}
