import * as Phaser from 'phaser';
import { addDeck, deckOf } from '../hud/deck.js';
import { HudMirror } from '../hud/hud-mirror.js';
import { iconButton } from '../hud/icon-button.js';
import { label } from '../hud/label.js';
import { COLORS } from '../hud/style.js';
import { TouchPad } from '../hud/touch-pad.js';
import { listen, REGISTRY_CHANGES } from '../listen.js';
import type { Area } from '../menu/rows.js';
import { objective } from '../story/quest.js';

const MARGIN = 6;
const ONE_ROW = 22;
/** From the right; each has an icon and an event of the village of its name. */
const BUTTONS = ['Menu', 'Notebook'];

/** `quiet` while a menu is open: what is below would be read with it. */
export type HudMode = 'walking' | 'talking' | 'quiet';

/** Over the village: what to do next, buttons for notebook and menu, and what thumbs need. */
export class HudScene extends Phaser.Scene {
  /** What is shown, by what the player does. */
  #shown: Partial<Record<HudMode, Phaser.GameObjects.Container>> = {};
  /** The deck under the pad; in a talk the village has one, under its box. */
  #board: Phaser.GameObjects.Container | undefined;
  #mirror: HudMirror | undefined;
  #pad: TouchPad | undefined;
  #line: Phaser.GameObjects.NineSlice | undefined;
  #mode: HudMode = 'walking';
  #touched = false;

  constructor() {
    super('hud');
  }

  create(): void {
    const { width, height } = this.scale;
    const deck = deckOf(this.scale);
    this.#board = this.add.container(0, 0, deck && this.#addBoard(deck));
    const coarse = this.#touched || matchMedia('(pointer: coarse)').matches;
    const size = coarse ? 26 : 22;
    const buttons = BUTTONS.map((name) => ({ name, act: () => this.#tell(name.toLowerCase()) }));
    this.#mirror = new HudMirror(this, buttons);
    const icons = buttons.flatMap(({ name, act }, place) => {
      const at = { x: width - MARGIN - place * (size + 3) - size, y: MARGIN, size };
      return iconButton(this, at, `icon-${name.toLowerCase()}`, act);
    });
    const objects = [...icons, ...this.#addObjective(width - 2 * (size + 3) - 3 * MARGIN)];
    this.#pad = undefined;
    if (deck || coarse) {
      this.#pad = new TouchPad(this, deck ?? { x: 0, y: 0, width, height }, {
        stick: (x, y) => this.#tell('stick', x, y),
        act: () => this.#tell('act'),
      });
      objects.push(...this.#pad.objects);
    }
    this.#shown = {
      walking: this.add.container(0, 0, objects),
    };
    this.setMode(this.#mode);
    this.#listen(coarse);
  }

  /** What the line and the buttons cover, in pixels of the screen. */
  get covered(): readonly Phaser.Geom.Rectangle[] {
    const { walking } = this.#shown;
    if (!walking?.visible) return [];
    const plates = walking.list.filter((object) => object instanceof Phaser.GameObjects.NineSlice);
    return plates.map((plate) => plate.getBounds());
  }

  /** Where the line that says what to do ends: long ones take two rows on a phone. */
  get lineEnd(): number {
    return MARGIN + (this.#line?.height ?? ONE_ROW);
  }

  setMode(mode: HudMode): void {
    this.#mode = mode;
    if (mode !== 'walking') this.#pad?.release();
    this.#board?.setVisible(mode !== 'talking');
    if (this.#mirror) this.#mirror.shown = mode === 'walking';
    for (const [of, container] of Object.entries(this.#shown)) container.setVisible(of === mode);
  }

  #listen(coarse: boolean): void {
    listen(this, this.scale, Phaser.Scale.Events.RESIZE, () => this.#redraw());
    const onTouch = (pointer: Phaser.Input.Pointer) => {
      if (coarse || !pointer.wasTouch) return;
      this.#touched = true;
      this.#redraw();
    };
    this.input.on(Phaser.Input.Events.POINTER_UP, onTouch);
  }

  /** Nothing of the village below it can be pressed. */
  #addBoard(deck: Area): Phaser.GameObjects.GameObject[] {
    const { x, y, width, height } = deck;
    return [addDeck(this, deck), this.add.zone(x, y, width, height).setOrigin(0).setInteractive()];
  }

  #redraw(): void {
    this.scene.restart();
  }

  #tell(event: string, ...values: number[]): void {
    this.scene.get('village').events.emit(event, ...values);
  }

  /** The line that says what to do next; follows the registry. */
  #addObjective(maxWidth: number): Phaser.GameObjects.GameObject[] {
    const plate = this.add
      .nineslice(MARGIN, MARGIN, 'ui', 'panel-plain', 40, ONE_ROW, 8, 8, 8, 8)
      .setOrigin(0);
    this.#line = plate;
    const icon = this.add.image(MARGIN + 13, MARGIN + 11, 'ui', 'icon-quill');
    const text = label(this, MARGIN + 23, MARGIN + 4, '', { color: COLORS.bright, maxWidth: maxWidth - 32 });
    const show = () => {
      const words = objective((key) => this.registry.get(key));
      text.setText(words);
      if (this.#mirror) this.#mirror.line = words;
      plate.setSize(Math.ceil(text.width) + 32, Math.ceil(text.height) + 8);
    };
    show();
    listen(this, this.registry.events, REGISTRY_CHANGES, show);
    return [plate, icon, text];
  }
}
