import type { Rect } from './css-rect.js';

export interface BoxMetrics {
  readonly margin: number;
  readonly padding: number;
  readonly maxWidth: number;
  /** Edge of the portrait; 0 for none. */
  readonly portrait: number;
  readonly lineHeight: number;
  readonly maxLines: number;
  /** Height of the text field; 0 for none. */
  readonly inputHeight: number;
  /** Edge of the buttons over the panel's corner; 0 for none. */
  readonly button?: number;
  /** What all of them take beside each other; the choices stand beside them. Default 0. */
  readonly buttonsWidth?: number;
  /** Puts all parts to the other side, for a character whose name is written from right to left. */
  readonly rtl?: boolean;
}

/** The bottom right corner of a list, or its bottom left corner. */
export interface ChoicesCorner {
  readonly x: number;
  readonly bottom: number;
  readonly side: 'left' | 'right';
  /** Room for it. */
  readonly maxWidth: number;
}

/** Where the parts of a dialogue box are, in pixels of the view. */
export interface BoxLayout {
  readonly panel: Rect;
  readonly portrait: Rect | undefined;
  readonly text: Rect;
  /** Middle of the mark for more pages. */
  readonly mark: { readonly x: number; readonly y: number };
  readonly input: Rect | undefined;
  /** The first button, the outermost; further ones stand beside it, toward the middle. */
  readonly button: Rect | undefined;
  /** Bottom corner of the list of choices, which grows upwards from it. */
  readonly choices: ChoicesCorner;
}

/** Keeps the mark off the words. */
const MARK_WIDTH = 16;

/** Lays a dialogue box along the bottom of a view: portrait at the left, text beside it, the field below the text. */
export function layOutBox(view: { width: number; height: number }, metrics: BoxMetrics): BoxLayout {
  const { margin, padding, portrait, inputHeight, button = 0, buttonsWidth = 0 } = metrics;
  const width = Math.min(metrics.maxWidth, view.width - 2 * margin);
  const textHeight = metrics.maxLines * metrics.lineHeight;
  const gap = inputHeight > 0 ? padding / 2 : 0;
  const inner = Math.max(textHeight + gap + inputHeight, portrait);
  const height = Math.ceil(inner + 2 * padding);
  const x = Math.round((view.width - width) / 2);
  const y = Math.round(view.height - margin - height);
  const textX = x + padding + (portrait > 0 ? portrait + padding : 0);
  const inputWidth = x + width - padding - textX;
  const textWidth = inputWidth - MARK_WIDTH;
  const layout: BoxLayout = {
    panel: { x, y, width, height },
    portrait:
      portrait > 0
        ? { x: x + padding, y: Math.round(y + (height - portrait) / 2), width: portrait, height: portrait }
        : undefined,
    text: { x: textX, y: y + padding, width: textWidth, height: textHeight },
    mark: {
      x: textX + inputWidth - MARK_WIDTH / 2,
      y: Math.round(y + padding + textHeight - metrics.lineHeight / 2),
    },
    input:
      inputHeight > 0
        ? { x: textX, y: y + height - padding - inputHeight, width: inputWidth, height: inputHeight }
        : undefined,
    button: button > 0 ? { x: x + width - button, y: y - button, width: button, height: button } : undefined,
    choices: {
      x: x + width - buttonsWidth,
      bottom: y - margin,
      side: 'right',
      maxWidth: width - buttonsWidth,
    },
  };
  return metrics.rtl ? mirrored(layout) : layout;
}

function mirrored({ panel, portrait, text, mark, input, button, choices }: BoxLayout): BoxLayout {
  const flip = (rect: Rect) => ({ ...rect, x: 2 * panel.x + panel.width - rect.x - rect.width });
  return {
    panel,
    portrait: portrait && flip(portrait),
    text: flip(text),
    mark: { ...mark, x: 2 * panel.x + panel.width - mark.x },
    input: input && flip(input),
    button: button && flip(button),
    choices: { ...choices, x: 2 * panel.x + panel.width - choices.x, side: 'left' },
  };
}
