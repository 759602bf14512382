import * as Phaser from 'phaser';
import { VILLAGERS } from '../actors/villagers.js';
import { Walker } from '../actors/walker.js';
import { reducedMotion } from '../settings/settings-keeper.js';
import { pictureHeight } from '../viewport.js';
import { Ground, type TileSheet } from '../world/ground.js';
import { addScenery, DEPTH } from '../world/scenery.js';
import { PLACES, WORLD } from '../world/village-map.js';

/** There and back again. */
const PAN_MS = 90_000;

export interface BackdropData {
  /** `pan` goes over the whole village, `light` stays with the lighthouse. */
  readonly look: 'pan' | 'light';
}

/** The village as a picture behind title and ending: everyone is there, nobody talks. */
export class BackdropScene extends Phaser.Scene {
  #look: BackdropData['look'] = 'pan';
  #sinceMs = 0;

  constructor() {
    super('backdrop');
  }

  create({ look }: BackdropData): void {
    this.#look = look;
    this.#sinceMs = 0;
    new Ground(this, this.cache.json.get('tiles') as TileSheet);
    addScenery(this);
    if (look === 'light') this.#addNight();
    for (const { id } of VILLAGERS) {
      const { x, y, facing } = PLACES[id];
      new Walker(this, id, x, y, facing).update();
    }
    this.cameras.main.setBounds(0, 0, WORLD.width, WORLD.height).setRoundPixels(true);
    this.scene.sendToBack();
  }

  /** Below the lamps, so that they are what is left. */
  #addNight(): void {
    const night = this.add.rectangle(0, 0, WORLD.width, WORLD.height, 0x181f47, 0.5);
    night.setOrigin(0).setDepth((DEPTH.evening + DEPTH.glow) / 2);
  }

  override update(_time: number, deltaMs: number): void {
    const { width, height } = this.scale;
    const camera = this.cameras.main.setSize(width, pictureHeight({ width, height }));
    if (!reducedMotion(this)) this.#sinceMs += deltaMs;
    const [roomX, roomY] = [WORLD.width - camera.width, WORLD.height - camera.height];
    if (this.#look === 'light') {
      camera.centerOn(PLACES.orrin.x, PLACES.orrin.y - 70);
      return;
    }
    // Slow at both ends, so that nothing jerks when it turns.
    const angle = (this.#sinceMs / PAN_MS) * Math.PI * 2;
    camera.setScroll(
      Math.round(roomX * (0.5 - 0.5 * Math.cos(angle + 0.6))),
      Math.round(roomY * (0.55 - 0.25 * Math.cos(2 * angle))),
    );
  }
}
