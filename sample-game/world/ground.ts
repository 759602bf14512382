import type * as Phaser from 'phaser';
import { onMotion } from '../settings/settings-keeper.js';
import { builtTiles, groundTile, SEEN, TILE } from './village-map.js';

/** `tiles.json`: names of the tiles, which are solid, which move. */
export interface TileSheet {
  readonly tiles: Readonly<Record<string, number>>;
  readonly solid: readonly string[];
  readonly overlay: readonly string[];
  readonly animations: Readonly<Record<string, { first: number; frames: number; frameMs: number }>>;
}

/** The village's ground: two tile layers, and water that moves. */
export class Ground {
  readonly #moving: { layer: Phaser.Tilemaps.TilemapLayer; column: number; row: number; first: number }[] =
    [];
  #frame = 0;

  constructor(scene: Phaser.Scene, sheet: TileSheet) {
    const map = scene.make.tilemap({
      tileWidth: TILE,
      tileHeight: TILE,
      width: SEEN.columns,
      height: SEEN.rows,
    });
    const tileset = map.addTilesetImage('tiles', 'tiles', TILE, TILE)!;
    const ground = map.createBlankLayer('ground', tileset) as Phaser.Tilemaps.TilemapLayer;
    const built = map.createBlankLayer('built', tileset) as Phaser.Tilemaps.TilemapLayer;
    ground.setDepth(-1000);
    built.setDepth(-999);
    const put = (layer: Phaser.Tilemaps.TilemapLayer, name: string, column: number, row: number) => {
      layer.putTileAt(sheet.tiles[name] ?? 0, column, row);
      const animation = sheet.animations[name];
      if (animation) this.#moving.push({ layer, column, row, first: animation.first });
    };
    for (let row = 0; row < SEEN.rows; row++) {
      for (let column = 0; column < SEEN.columns; column++) put(ground, groundTile(column, row), column, row);
    }
    for (const [name, column, row] of builtTiles()) put(built, name, column, row);
    const waves = scene.time.addEvent({ delay: 220, loop: true, callback: () => this.#moveWater() });
    onMotion(scene, (still) => {
      waves.paused = still;
    });
  }

  #moveWater(): void {
    this.#frame = (this.#frame + 1) % 4;
    for (const { layer, column, row, first } of this.#moving) {
      const tile = layer.getTileAt(column, row);
      if (tile) tile.index = first + this.#frame;
    }
  }
}
