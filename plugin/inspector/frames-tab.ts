import * as Phaser from 'phaser';
import type { Budget } from '../phaser/options.js';
import type { ParleyPlugin } from '../phaser/parley-plugin.js';
import { element, facts, heading } from './dom.js';
import { figure, milliseconds } from './format.js';
import { type Frame, FrameLog, summarize, type Use } from './frame-log.js';
import { drawPlot, type PlotStyle } from './plot.js';
import type { Tab } from './tab.js';

const INTERVALS: PlotStyle = {
  series: [{ color: '#8fc7ff', of: ({ intervalMs }) => intervalMs }],
  marks: [1000 / 60, 1000 / 30],
  least: 36,
  unit: 'ms',
};
const WORK: PlotStyle = {
  series: [
    { color: '#e0a458', of: ({ usedMs }) => usedMs },
    { color: '#7fd6a8', of: ({ grantedMs }) => grantedMs, line: true },
  ],
  least: 4,
  unit: 'ms',
};
const TOKENS: PlotStyle = {
  series: [
    { color: '#b08ad6', of: ({ prefillTokens }) => prefillTokens },
    { color: '#f2e27a', of: ({ decodeTokens }) => decodeTokens },
  ],
  least: 4,
  unit: 'tokens',
};
/** Figures are read, plots are looked at: they are written anew at every third look. */
const LOOKS_PER_FIGURES = 3;
/** What the field for milliseconds begins with where the budget is adaptive. */
const USUAL_MS = 4;

/** Frames as they come: intervals, the engine's grant and use, tokens; and the budget, to be changed while one looks. */
export class FramesTab implements Tab {
  readonly id = 'frames';
  readonly label = 'Frames';
  readonly periodMs = 200;
  readonly element = element('div');
  readonly #parley: ParleyPlugin;
  readonly #game: Phaser.Game;
  readonly #log = new FrameLog();
  readonly #plots: readonly (readonly [HTMLCanvasElement, PlotStyle])[];
  readonly #figures = element('div', { 'data-figures': '' });
  readonly #mode: HTMLSelectElement;
  readonly #ms = numberField('ms');
  #looks = 0;
  readonly #decode = numberField('decodeTokens', 'no limit');
  readonly #prefill = numberField('prefillTokens', 'no limit');

  constructor(parley: ParleyPlugin, game: Phaser.Game) {
    this.#parley = parley;
    this.#game = game;
    this.#plots = [
      [plot('Frame intervals in milliseconds over ten seconds'), INTERVALS],
      [plot('Milliseconds granted and used in each frame'), WORK],
      [plot('Tokens decoded and prefilled in each frame'), TOKENS],
    ];
    this.#mode = element('select', { name: 'mode' }, [
      element('option', { value: 'adaptive' }, ['adaptive']),
      element('option', { value: 'fixed' }, ['fixed']),
    ]);
    const [intervals, work, tokens] = this.#plots.map(([canvas]) => canvas);
    this.element.append(
      heading('Frame intervals'),
      intervals!,
      heading('Engine time: granted (green), used (orange)'),
      work!,
      heading('Tokens a frame: prefill (violet), decode (yellow)'),
      tokens!,
      heading('The last ten seconds'),
      this.#figures,
      heading('Budget of a frame'),
      element('div', { class: 'row' }, [
        element('label', {}, ['Time', this.#mode]),
        element('label', {}, [this.#ms, 'ms']),
      ]),
      element('div', { class: 'row' }, [
        element('label', {}, ['Decode', this.#decode, 'tokens']),
        element('label', {}, ['Prefill', this.#prefill, 'tokens']),
      ]),
    );
    this.#showBudget(parley.budget);
    for (const field of [this.#mode, this.#ms, this.#decode, this.#prefill]) {
      field.addEventListener('change', () => this.#setBudget());
    }
  }

  /** Notes each frame until the function returned is called. */
  record(): () => void {
    const { events } = this.#parley;
    const onUse = (use: Use) => this.#log.use(use);
    const onStep = (timeMs: number) => {
      const { frame, grantedMs } = this.#parley.spending;
      this.#log.step(timeMs, frame, grantedMs);
    };
    events.on('use', onUse);
    this.#game.events.on(Phaser.Core.Events.STEP, onStep);
    return () => {
      events.off('use', onUse);
      this.#game.events.off(Phaser.Core.Events.STEP, onStep);
      this.#log.clear();
    };
  }

  refresh(): void {
    const frames = this.#log.latest();
    for (const [canvas, style] of this.#plots) drawPlot(canvas, frames, style);
    if (this.#looks++ % LOOKS_PER_FIGURES > 0) return;
    this.#showFigures(frames);
    // The game may have changed it meanwhile; what is being typed stays.
    if (!this.#editing) this.#showBudget(this.#parley.budget);
  }

  get #editing(): boolean {
    const root = this.element.getRootNode();
    return root instanceof ShadowRoot && root.activeElement?.closest('.row') != null;
  }

  #showFigures(frames: readonly Frame[]): void {
    const { p50Ms, p95Ms, p99Ms, mostMs, ...sums } = summarize(frames);
    const share = sums.grantedMs > 0 ? ` of ${milliseconds(sums.grantedMs)} granted` : '';
    this.#figures.replaceChildren(
      facts([
        ['Interval', `p50 ${milliseconds(p50Ms)} · p95 ${milliseconds(p95Ms)} · p99 ${milliseconds(p99Ms)}`],
        ['Longest', milliseconds(mostMs)],
        ['Frames', String(sums.frames)],
        ['Engine', `${milliseconds(sums.usedMs)} used${share}`],
        ['Tokens', `${sums.decodeTokens} decoded, ${sums.prefillTokens} prefilled`],
        ['Granted now', milliseconds(this.#parley.spending.grantedMs)],
      ]),
    );
  }

  #showBudget({ ms, decodeTokens, prefillTokens }: Budget): void {
    this.#mode.value = ms === 'adaptive' ? 'adaptive' : 'fixed';
    this.#ms.disabled = ms === 'adaptive';
    this.#ms.value = ms === 'adaptive' ? '' : figure(ms);
    this.#decode.value = Number.isFinite(decodeTokens) ? String(decodeTokens) : '';
    this.#prefill.value = Number.isFinite(prefillTokens) ? String(prefillTokens) : '';
  }

  #setBudget(): void {
    const number = ({ value }: HTMLInputElement, none: number) =>
      value === '' ? none : Math.max(0, Number(value));
    this.#parley.setBudget({
      ms: this.#mode.value === 'adaptive' ? 'adaptive' : number(this.#ms, USUAL_MS),
      decodeTokens: number(this.#decode, Number.POSITIVE_INFINITY),
      prefillTokens: number(this.#prefill, Number.POSITIVE_INFINITY),
    });
    this.#showBudget(this.#parley.budget);
  }
}

function plot(label: string): HTMLCanvasElement {
  return element('canvas', { role: 'img', 'aria-label': label });
}

function numberField(name: string, placeholder = ''): HTMLInputElement {
  return element('input', { type: 'number', min: '0', step: 'any', name, placeholder });
}
