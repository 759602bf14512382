import { prefersReducedMotion } from '../ui/motion.js';
import { button, element } from './dom.js';
import { dragged } from './drag.js';
import { keepEvents } from './own-events.js';
import { addStyles } from './styles.js';
import type { Tab } from './tab.js';
import { tabFor } from './tab-keys.js';

/** Between two looks at whether the shown tab is due. */
const TICK_MS = 100;
/** Nothing moves faster for people who asked for less motion. */
const CALM_PERIOD_MS = 1000;
const PLACES: readonly string[] = ['right', 'left', 'bottom'];

export interface PanelOptions {
  /** Beside the canvas, so that it is there in full screen, too. */
  readonly parent: HTMLElement;
  /** Of the game, to tell two of them apart; may be empty. */
  readonly title: string;
  readonly tabs: readonly Tab[];
  readonly onClose: () => void;
  /** Keys will go to the panel: those held now must not stay down for the game. */
  readonly onFocus: () => void;
}

/** The inspector's window: tabs, docked to an edge or where it was dragged; made when it opens, gone when it closes. */
export class Panel {
  readonly #options: PanelOptions;
  readonly #host = document.createElement('div');
  readonly #frame: HTMLElement;
  readonly #tabButtons: readonly HTMLButtonElement[];
  readonly #timer: ReturnType<typeof setInterval>;
  #shown = 0;
  #refreshedMs = Number.NEGATIVE_INFINITY;
  /** A tab that waits for the worker must not hold up the others. */
  readonly #refreshing = new Set<Tab>();

  constructor(options: PanelOptions) {
    this.#options = options;
    const { tabs, parent } = options;
    const name = options.title === '' ? 'Parley inspector' : `Parley inspector: ${options.title}`;
    this.#tabButtons = tabs.map((tab, i) => this.#tabButton(tab, i));
    const header = element('header', {}, [
      element('strong', {}, [name]),
      button('Dock', () => this.#dockElsewhere()),
      button('Close', () => options.onClose()),
    ]);
    this.#frame = element('section', { class: 'panel', 'aria-label': name, 'data-place': freePlace() }, [
      header,
      element('div', { role: 'tablist', 'aria-label': 'Inspector tabs' }, this.#tabButtons),
      ...tabs.map((tab) => tabPanel(tab)),
    ]);
    this.#host.className = 'parley-inspector';
    const root = this.#host.attachShadow({ mode: 'open' });
    addStyles(root);
    root.append(this.#frame);
    this.#listen();
    dragged(header, this.#frame);
    parent.append(this.#host);
    this.#show(0);
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  get hasFocus(): boolean {
    return this.#host.shadowRoot!.activeElement !== null;
  }

  /** Puts the focus on the tabs. */
  focus(): void {
    this.#tabButtons[this.#shown]!.focus();
  }

  /** Gives the keys back to the game. */
  blur(): void {
    const { activeElement } = this.#host.shadowRoot!;
    if (activeElement instanceof HTMLElement) activeElement.blur();
  }

  destroy(): void {
    clearInterval(this.#timer);
    this.#host.remove();
  }

  #listen(): void {
    keepEvents(this.#host);
    this.#host.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      this.#options.onClose();
    });
    this.#host.addEventListener('focusin', () => this.#options.onFocus());
    // What was chosen in a tab is shown at once.
    this.#frame.addEventListener('change', () => this.#refreshNow());
  }

  #tabButton({ id, label }: Tab, i: number): HTMLButtonElement {
    const made = button(label, () => this.#show(i));
    made.id = `tab-${id}`;
    made.setAttribute('role', 'tab');
    made.setAttribute('aria-controls', id);
    made.addEventListener('keydown', (event) => {
      const to = tabFor(event.key, i, this.#tabButtons.length);
      if (to === undefined) return;
      event.preventDefault();
      this.#show(to);
      this.focus();
    });
    return made;
  }

  #show(shown: number): void {
    this.#shown = shown;
    for (const [i, made] of this.#tabButtons.entries()) {
      made.setAttribute('aria-selected', String(i === shown));
      made.tabIndex = i === shown ? 0 : -1;
      this.#options.tabs[i]!.element.hidden = i !== shown;
    }
    this.#refreshNow();
  }

  #refreshNow(): void {
    this.#refreshedMs = Number.NEGATIVE_INFINITY;
    this.#tick();
  }

  #tick(): void {
    const tab = this.#options.tabs[this.#shown]!;
    const period = prefersReducedMotion() ? Math.max(tab.periodMs, CALM_PERIOD_MS) : tab.periodMs;
    const now = performance.now();
    // A timer fires a little early or late.
    if (this.#refreshing.has(tab) || document.hidden || now - this.#refreshedMs < period - TICK_MS / 2)
      return;
    this.#refreshedMs = now;
    void this.#refresh(tab);
  }

  async #refresh(tab: Tab): Promise<void> {
    this.#refreshing.add(tab);
    try {
      await tab.refresh();
    } catch (error) {
      // A worker that dies meanwhile is started again, and the next look finds it.
      if (!(error instanceof Error && 'code' in error)) throw error;
    } finally {
      this.#refreshing.delete(tab);
    }
  }

  #dockElsewhere(): void {
    const at = PLACES.indexOf(this.#frame.dataset.place ?? '');
    this.#frame.removeAttribute('style');
    this.#frame.dataset.place = PLACES[(at + 1) % PLACES.length]!;
  }
}

/** An edge at which no other game of the page has its inspector. */
function freePlace(): string {
  const others = [...document.querySelectorAll('.parley-inspector')].map(
    ({ shadowRoot }) => shadowRoot?.querySelector<HTMLElement>('.panel')?.dataset.place,
  );
  return PLACES.find((place) => !others.includes(place)) ?? PLACES[0]!;
}

function tabPanel({ id, element: content }: Tab): HTMLElement {
  content.id = id;
  content.tabIndex = 0;
  content.setAttribute('role', 'tabpanel');
  content.setAttribute('aria-labelledby', `tab-${id}`);
  return content;
}
