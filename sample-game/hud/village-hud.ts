import * as Phaser from 'phaser';
import type { DialogueBox, NpcDialogue } from 'phaser-parley';
import type { Walker } from '../actors/walker.js';
import { listen } from '../listen.js';
import { openOverlay } from '../menu/overlay-scene.js';
import { onPad, padStick } from '../menu/pad.js';
import { Autosave } from '../saves/autosave.js';
import { countPlayed, takeArrival } from '../saves/playing.js';
import type { HudScene } from '../scenes/hud-scene.js';
import { TEXT_SPEEDS } from '../settings/settings.js';
import { onSettings } from '../settings/settings-keeper.js';
import { pictureHeight } from '../view.js';
import { DEPTH } from '../world/scenery.js';
import { addDeck, deckOf } from './deck.js';
import { announceDiscoveries } from './discoveries.js';
import { ModelBar } from './model-bar.js';
import { watchStorage } from './storage-notice.js';
import { placeToasts, toastAreas } from './toast.js';
import { addVillageSounds } from './village-sounds.js';

const COUNT_MS = 1000;
/** Between the line that says what to do and the model's bar. */
const BAR_GAP = 3;

/** What the shell needs of the village. */
export interface VillageParts extends Phaser.Scene {
  readonly player: Walker;
  readonly villagers: readonly { readonly npc: NpcDialogue }[];
  readonly box: DialogueBox;
}

/**
 * Everything around the talks: arrival, menus, saves, sounds, what stands on the screen. Made once the village stands.
 * Events of the village: `stick` (x, y) and `act` come from thumbs and gamepads, `menu` and `notebook` open them,
 * `reunion` begins the last scene, which has the screen to itself.
 */
export class VillageHud {
  readonly #village: VillageParts;
  readonly #bar: ModelBar;
  /** Played, and not yet in the registry, where each change is told to many. */
  #uncountedMs = 0;

  constructor(village: VillageParts) {
    this.#village = village;
    this.#arrive();
    this.#frame();
    this.#bar = new ModelBar(village, { x: 6, y: 31 });
    watchStorage(village);
    announceDiscoveries(village);
    addVillageSounds(village, village.player.sprite, village.box);
    new Autosave(village, village.box);
    village.scene.launch('hud');
    village.parley.keepClear = () => [
      ...this.#bar.covered,
      ...(village.scene.get('hud') as HudScene).covered,
      ...toastAreas(village),
    ];
    this.#listen();
    onSettings(village, ({ textSpeed }) => this.#setTextSpeed(textSpeed));
  }

  /** Where the save was made; a new game begins where the map says. */
  #arrive(): void {
    const { player, cameras } = this.#village;
    const arrival = takeArrival(this.#village);
    if (!arrival) return;
    player.sprite.setPosition(arrival.x, arrival.y);
    player.face(arrival.facing);
    cameras.main.centerOn(arrival.x, arrival.y);
  }

  /** On an upright screen the village takes the upper part; in a talk its camera has the deck too, for the box. */
  #frame(): void {
    const { scale, cameras, box } = this.#village;
    const board = addDeck(this.#village, { x: 0, y: 0, width: 32, height: 32 })
      .setDepth(DEPTH.hud + 9)
      .setScrollFactor(0);
    const place = () => {
      const deck = box.isOpen ? deckOf(scale) : undefined;
      board.setVisible(deck !== undefined);
      if (deck) board.setPosition(deck.x, deck.y).setSize(deck.width, deck.height);
      cameras.main.setSize(scale.width, deck ? scale.height : pictureHeight(scale));
    };
    place();
    box.on('open', place);
    box.on('close', place);
    listen(this.#village, scale, Phaser.Scale.Events.RESIZE, place);
  }

  #listen(): void {
    const village = this.#village;
    const { events, box, input, scene, registry } = village;
    const hud = scene.get('hud') as HudScene;
    const open = (key: string) => {
      if (!box.isOpen) openOverlay(village, key);
    };
    listen(village, events, 'menu', () => open('pause'));
    listen(village, events, 'notebook', () => open('notebook'));
    // Before the box hears of Escape, so that one press does not close the box and open the menu.
    input.keyboard?.on('keydown-ESC', () => open('pause'));
    input.keyboard?.on('keydown-N', () => open('notebook'));
    input.keyboard?.on('keydown-TAB', () => open('notebook'));
    onPad(village, (button) => {
      if (button === 'menu' || button === 'notebook') open(button === 'menu' ? 'pause' : 'notebook');
      else if (button === 'confirm') events.emit('act');
      else if (button === 'cancel' && box.isOpen) box.close();
    });
    box.on('open', ({ id }) => {
      registry.set(`met.${id}`, true);
      hud.setMode('talking');
    });
    box.on('close', () => hud.setMode('walking'));
    listen(village, events, 'reunion', () => hud.setMode('quiet'));
    listen(village, events, Phaser.Scenes.Events.PAUSE, () => hud.setMode('quiet'));
    listen(village, events, Phaser.Scenes.Events.RESUME, () => hud.setMode('walking'));
    listen(village, events, Phaser.Scenes.Events.UPDATE, (_time: number, ms: number) => this.#update(ms));
    events.once(Phaser.Scenes.Events.SHUTDOWN, () => {
      hud.setMode('walking');
      scene.stop('hud');
    });
  }

  #update(deltaMs: number): void {
    this.#uncountedMs += deltaMs;
    if (this.#uncountedMs >= COUNT_MS) {
      countPlayed(this.#village, this.#uncountedMs);
      this.#uncountedMs = 0;
    }
    const { lineEnd } = this.#village.scene.get('hud') as HudScene;
    this.#bar.top = lineEnd + BAR_GAP;
    placeToasts(this.#village, this.#village.box.isOpen ? undefined : lineEnd);
    const stick = padStick(this.#village);
    if (stick) this.#village.events.emit('stick', stick.x, stick.y);
  }

  #setTextSpeed(wanted: (typeof TEXT_SPEEDS)[number]['id']): void {
    this.#village.parley.textSpeed = TEXT_SPEEDS.find(({ id }) => id === wanted)!.speed;
  }
}
