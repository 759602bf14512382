/** A plot over the last ten seconds, on a canvas: bars by time, a line over them, marks across. */
import { figure } from './format.js';
import type { Frame } from './frame-log.js';
import { WINDOW_MS } from './frame-log.js';

export interface Series {
  readonly color: string;
  readonly of: (frame: Frame) => number;
  /** A line instead of bars. */
  readonly line?: boolean;
}

export interface PlotStyle {
  readonly series: readonly Series[];
  /** Horizontal marks, such as the interval of 60 Hz. */
  readonly marks?: readonly number[];
  /** The axis ends here at least. */
  readonly least: number;
  readonly unit: string;
}

const MARGIN_PX = 14;
const FONT = '11px system-ui, sans-serif';

export function drawPlot(canvas: HTMLCanvasElement, frames: readonly Frame[], style: PlotStyle): void {
  const context = canvas.getContext('2d');
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!context || width === 0) return;
  const ratio = Math.min(devicePixelRatio, 2);
  // Setting a size clears a canvas; it is also cleared where the size stays.
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const top = topOf(frames, style);
  const y = (value: number) => height - (value / top) * (height - MARGIN_PX);
  const end = frames.at(-1)?.timeMs ?? 0;
  const x = (timeMs: number) => width - ((end - timeMs) / WINDOW_MS) * width;
  for (const mark of style.marks ?? []) {
    context.fillStyle = '#56617d';
    context.fillRect(0, Math.round(y(mark)), width, 1);
  }
  for (const { color, of, line } of style.series) {
    if (line) drawLine(context, frames, color, (frame) => [x(frame.timeMs), y(of(frame))]);
    else drawBars(context, frames, color, of, x, y, height);
  }
  context.font = FONT;
  context.fillStyle = '#a3aec4';
  context.fillText(`${figure(top)} ${style.unit}`, 4, 11);
}

/** The most that is to be seen, as a number that holds still. */
function topOf(frames: readonly Frame[], { series, least }: PlotStyle): number {
  let most = least;
  for (const frame of frames) for (const { of } of series) most = Math.max(most, of(frame));
  const step = most > 100 ? 50 : most > 20 ? 10 : most > 10 ? 5 : 2;
  return Math.ceil(most / step) * step;
}

/** One bar for each pixel, as high as the most of its frames: a single late frame must be seen. */
function drawBars(
  context: CanvasRenderingContext2D,
  frames: readonly Frame[],
  color: string,
  of: (frame: Frame) => number,
  x: (timeMs: number) => number,
  y: (value: number) => number,
  height: number,
): void {
  context.fillStyle = color;
  let column = -1;
  let most = 0;
  const draw = () => {
    if (most > 0) context.fillRect(column, y(most), 1.5, height - y(most));
  };
  for (const frame of frames) {
    const at = Math.floor(x(frame.timeMs));
    if (at !== column) {
      draw();
      column = at;
      most = 0;
    }
    most = Math.max(most, of(frame));
  }
  draw();
}

function drawLine(
  context: CanvasRenderingContext2D,
  frames: readonly Frame[],
  color: string,
  at: (frame: Frame) => readonly [number, number],
): void {
  context.strokeStyle = color;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const frame of frames) context.lineTo(...at(frame));
  context.stroke();
}
