import type { EngineStatistics } from '../../engine/index.js';
import type { ParleyPlugin } from '../phaser/parley-plugin.js';
import { cacheRows } from './cache-rows.js';
import { element, facts, heading, table } from './dom.js';
import { mebibytes, percent, perSecond } from './format.js';
import { modelRows } from './model-rows.js';
import type { Tab } from './tab.js';

const NO_WORK: EngineStatistics['work'] = { decodeTokens: 0, decodeMs: 0, prefillTokens: 0, prefillMs: 0 };

/** The model, its memory, its speed, and what it does now; asks the worker only while it is shown. */
export class EngineTab implements Tab {
  readonly id = 'engine';
  readonly label = 'Engine';
  readonly periodMs = 500;
  readonly element = element('div');
  readonly #parley: ParleyPlugin;
  /** At the last look in which something was computed, and before it: the speed of now. */
  #work = NO_WORK;
  #lately = NO_WORK;

  constructor(parley: ParleyPlugin) {
    this.#parley = parley;
  }

  async refresh(): Promise<void> {
    const statistics = await this.#parley.statistics();
    this.element.replaceChildren(...this.#model(), ...(statistics ? this.#statistics(statistics) : []));
  }

  #model(): HTMLElement[] {
    const { model, modelState, enabled, remote, storage } = this.#parley;
    const state = enabled ? modelState : `${modelState}, generation is off`;
    const saves = storage
      ? `${storage.kind}${storage.writable ? '' : ', another tab writes'}`
      : 'not known yet';
    return [
      heading('Model'),
      facts([['State', state], ...(model ? modelRows(model, remote?.host) : []), ['Saves', saves]]),
    ];
  }

  #statistics(statistics: EngineStatistics): HTMLElement[] {
    const { caches, kvBytes, running, work } = statistics;
    this.#note(work);
    const lately = this.#lately;
    const used = (caches.pages - caches.freePages) * caches.pageBytes;
    const bar = element(
      'div',
      { class: 'bar', role: 'img', 'aria-label': `KV caches: ${percent(used / kvBytes)}` },
      [element('span', { class: 'used' })],
    );
    (bar.firstElementChild as HTMLElement).style.width = `${(used / kvBytes) * 100}%`;
    return [
      heading('Speed, by the worker’s own time'),
      table(
        ['', 'lately', 'since it was loaded', 'tokens'],
        [
          [
            'Prefill',
            perSecond(lately.prefillTokens, lately.prefillMs),
            perSecond(work.prefillTokens, work.prefillMs),
            String(work.prefillTokens),
          ],
          [
            'Decode',
            perSecond(lately.decodeTokens, lately.decodeMs),
            perSecond(work.decodeTokens, work.decodeMs),
            String(work.decodeTokens),
          ],
        ],
      ),
      heading('Running now'),
      running.length === 0
        ? element('p', { class: 'quiet' }, ['Nothing.'])
        : table(
            ['Talk', 'does', 'priority', 'tokens'],
            running.map(({ sequence, kind, priority, fork, tokens, pendingTokens }) => [
              fork ? `${sequence} (fork)` : sequence,
              kind,
              priority,
              `${tokens}, ${pendingTokens} to come`,
            ]),
          ),
      heading('KV caches'),
      bar,
      facts([
        ['Used', `${mebibytes(used)} of ${mebibytes(kvBytes)} (${percent(used / kvBytes)})`],
        ['Pages', `${caches.pages - caches.freePages} of ${caches.pages}, ${caches.pageBytes} bytes each`],
      ]),
      table(
        ['Character', 'tokens', 'in memory', 'shared', 'saved'],
        cacheRows(
          this.#parley.cast.members().map(({ npc, sequencePrefix }) => ({ id: npc.id, sequencePrefix })),
          statistics,
        ).map(({ name, tokens, bytes, sharedBytes, saved }) => [
          name,
          String(tokens),
          bytes === 0 ? '–' : mebibytes(bytes),
          sharedBytes === 0 ? '–' : mebibytes(sharedBytes),
          saved ? 'yes' : '–',
        ]),
      ),
    ];
  }

  /** Prefill and decode take turns, and each keeps the speed of when it last ran. */
  #note(work: EngineStatistics['work']): void {
    const before =
      work.prefillMs < this.#work.prefillMs || work.decodeMs < this.#work.decodeMs ? NO_WORK : this.#work;
    const { decodeTokens, decodeMs, prefillTokens, prefillMs } = work;
    if (prefillTokens > before.prefillTokens) {
      this.#lately = {
        ...this.#lately,
        prefillTokens: prefillTokens - before.prefillTokens,
        prefillMs: prefillMs - before.prefillMs,
      };
    }
    if (decodeTokens > before.decodeTokens) {
      this.#lately = {
        ...this.#lately,
        decodeTokens: decodeTokens - before.decodeTokens,
        decodeMs: decodeMs - before.decodeMs,
      };
    }
    this.#work = work;
  }
}
