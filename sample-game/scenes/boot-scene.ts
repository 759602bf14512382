import * as Phaser from 'phaser';
import { VILLAGERS } from '../actors/villagers.js';
import { createPeopleAnimations } from '../actors/walker.js';
import { introduceGame } from '../menu/screen-reader.js';
import { BUNDLED_MODEL } from '../models/use-model.js';
import { applySettings } from '../settings/apply-settings.js';
import { openSettings } from '../settings/settings-keeper.js';
import { loadSounds, startAmbience } from '../sound.js';
import { loadTitlePicture } from '../world/title-picture.js';
import { CREDITS_KEY } from './credits-roll.js';

/** Loads pictures, sounds, personas and the font; the model begins to stream beside the game. */
export class BootScene extends Phaser.Scene {
  constructor() {
    super('boot');
  }

  preload(): void {
    this.#showProgress();
    this.load.setPath('assets/sprites/');
    this.load.image('tiles', 'tiles.png');
    this.load.json('tiles', 'tiles.json');
    this.load.image('title', 'title.png');
    for (const atlas of ['props', 'characters', 'portraits', 'ui']) {
      this.load.atlas(atlas, `${atlas}.png`, `${atlas}.json`);
    }
    this.load.setPath('assets/fonts/');
    this.load.bitmapFont('saltmere', 'saltmere.png', 'saltmere.fnt');
    // The same letters, for the field that the player types into.
    this.load.font('saltmere', 'saltmere.ttf', 'truetype');
    this.load.setPath('');
    this.load.text(CREDITS_KEY, 'assets/CREDITS.md');
    loadSounds(this);
    loadTitlePicture(this);
    for (const { id } of VILLAGERS) this.load.npcPersona(id, `assets/personas/${id}.json`);
    const parts = [1, 2].map((part) => `assets/models/parley-135m.Q4_0.part-${part}.gguf`);
    this.load.npcModel(BUNDLED_MODEL, parts);
  }

  create(): void {
    createPeopleAnimations(this, ['player', ...VILLAGERS.map(({ id }) => id)]);
    introduceGame(this.game);
    openSettings(this.game);
    applySettings(this.game);
    startAmbience(this.game);
    this.scene.start('title');
  }

  #showProgress(): void {
    const { width, height } = this.scale;
    const bar = this.add.rectangle(width / 2 - 40, height / 2, 0, 4, 0xfbca5a).setOrigin(0, 0.5);
    this.load.on(Phaser.Loader.Events.PROGRESS, (share: number) => bar.setSize(80 * share, 4));
  }
}
