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
  /** Where the panel stands in place of along the bottom, if all that is needed finds room there. */
  readonly area?: Rect;
}

/** The bottom right corner of a list, or its bottom left corner. */
export interface ChoicesCorner {
  readonly x: number;
  readonly bottom: number;
  /** What it should not grow over. */
  readonly top: number;
  /** All rows are as wide as the room for them. */
  readonly wide: boolean;
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

/** Rows of choices for which there must be room inside of an area; fewer, and they stand over it. */
const ROWS_INSIDE = 4;

/** Lays out a dialogue box, in its area, or else along the bottom of a view. */
export function layOutBox(view: { width: number; height: number }, metrics: BoxMetrics): BoxLayout {
  const bottom = alongBottom(view, metrics);
  const layout = (metrics.area && inArea(metrics.area, metrics, bottom.text.width)) ?? bottom;
  return metrics.rtl ? mirrored(layout) : layout;
}

/** Portrait at the left, text beside it, the field below the text, choices over the panel. */
function alongBottom(view: { width: number; height: number }, metrics: BoxMetrics): BoxLayout {
  const { margin, padding, portrait, inputHeight } = metrics;
  const width = Math.min(metrics.maxWidth, view.width - 2 * margin);
  const textHeight = metrics.maxLines * metrics.lineHeight;
  const gap = inputHeight > 0 ? padding / 2 : 0;
  const inner = Math.max(textHeight + gap + inputHeight, portrait);
  const height = Math.ceil(inner + 2 * padding);
  const x = Math.round((view.width - width) / 2);
  const y = Math.round(view.height - margin - height);
  const panel = { x, y, width, height };
  const beside = besidePortrait(panel, metrics);
  return {
    panel,
    portrait:
      portrait > 0
        ? { x: x + padding, y: Math.round(y + (height - portrait) / 2), width: portrait, height: portrait }
        : undefined,
    ...beside,
    input:
      inputHeight > 0
        ? {
            x: beside.text.x,
            y: y + height - padding - inputHeight,
            width: x + width - padding - beside.text.x,
            height: inputHeight,
          }
        : undefined,
    button: cornerOf(panel, metrics),
    choices: choicesOver(panel, metrics),
  };
}

/**
 * Portrait and text at the top, the field at the bottom over the whole width, choices between; undefined: no room.
 * @param lineWidth along the bottom: a line that is read is not laid out anew when a keyboard comes
 */
function inArea(area: Rect, metrics: BoxMetrics, lineWidth: number): BoxLayout | undefined {
  const { padding, portrait, inputHeight, lineHeight } = metrics;
  const { x, y, width, height } = area;
  const gap = padding / 2;
  const headEnd = y + padding + Math.max(metrics.maxLines * lineHeight, portrait) + gap;
  const inputTop = y + height - padding - inputHeight;
  const room = inputTop - gap - headEnd;
  if (room < -gap) return undefined;
  const inner = width - 2 * padding;
  const { text, mark } = besidePortrait(area, metrics);
  return {
    panel: area,
    portrait:
      portrait > 0 ? { x: x + padding, y: y + padding, width: portrait, height: portrait } : undefined,
    text: { ...text, width: Math.min(text.width, lineWidth) },
    mark,
    input: inputHeight > 0 ? { x: x + padding, y: inputTop, width: inner, height: inputHeight } : undefined,
    button: cornerOf(area, metrics),
    choices:
      room >= ROWS_INSIDE * (lineHeight + padding)
        ? {
            x: x + width - padding,
            bottom: inputTop - gap,
            top: headEnd,
            wide: true,
            side: 'right',
            maxWidth: inner,
          }
        : choicesOver(area, metrics),
  };
}

function besidePortrait({ x, y, width }: Rect, metrics: BoxMetrics): Pick<BoxLayout, 'text' | 'mark'> {
  const { padding, portrait, lineHeight } = metrics;
  const left = x + padding + (portrait > 0 ? portrait + padding : 0);
  const right = x + width - padding;
  const height = metrics.maxLines * lineHeight;
  return {
    text: { x: left, y: y + padding, width: right - left - MARK_WIDTH, height },
    mark: { x: right - MARK_WIDTH / 2, y: Math.round(y + padding + height - lineHeight / 2) },
  };
}

function cornerOf({ x, y, width }: Rect, { button = 0 }: BoxMetrics): Rect | undefined {
  return button > 0 ? { x: x + width - button, y: y - button, width: button, height: button } : undefined;
}

/** Beside the buttons over the panel's corner. */
function choicesOver({ x, y, width }: Rect, { margin, buttonsWidth = 0 }: BoxMetrics): ChoicesCorner {
  return {
    x: x + width - buttonsWidth,
    bottom: y - margin,
    top: 0,
    wide: false,
    side: 'right',
    maxWidth: width - buttonsWidth,
  };
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
