import * as Phaser from 'phaser';
import { VILLAGERS } from '../actors/villagers.js';
import { Walker } from '../actors/walker.js';
import { pictureHeight } from '../view.js';
import { Ground, type TileSheet } from '../world/ground.js';
import { addScenery } from '../world/scenery.js';
import { TitlePicture } from '../world/title-picture.js';
import { LIGHTHOUSE, PLACES, WORLD } from '../world/village-map.js';

/** How far over the lighthouse's foot the middle of the picture is. */
const LOOK_UP = 56;

export interface BackdropData {
  /** The title's picture, or the village around the lighthouse. */
  readonly look: 'title' | 'lighthouse';
}

/** What is seen behind title and ending. */
export class BackdropScene extends Phaser.Scene {
  #look: BackdropData['look'] = 'title';

  constructor() {
    super('backdrop');
  }

  create({ look }: BackdropData): void {
    this.#look = look;
    this.scene.sendToBack();
    if (look === 'title') new TitlePicture(this);
    else this.#addVillage();
  }

  override update(): void {
    if (this.#look === 'title') return;
    const { width, height } = this.scale;
    const camera = this.cameras.main.setSize(width, pictureHeight({ width, height }));
    camera.centerOn(LIGHTHOUSE.x, LIGHTHOUSE.y - LOOK_UP);
  }

  /** Everyone is there, nobody talks. */
  #addVillage(): void {
    // People keep within the physics world, which is the view unless it is told.
    this.physics.world.setBounds(0, 0, WORLD.width, WORLD.height);
    new Ground(this, this.cache.json.get('tiles') as TileSheet);
    addScenery(this);
    for (const { id } of VILLAGERS) {
      const { x, y, facing } = PLACES[id];
      new Walker(this, id, x, y, facing).update();
    }
    this.cameras.main.setBounds(0, 0, WORLD.width, WORLD.height).setRoundPixels(true);
  }
}
