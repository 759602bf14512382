/** The picture behind the title: layers from the far sky to the pier at hand, for a view of any size. */
import * as Phaser from 'phaser';
import { onMotion } from '../settings/settings-keeper.js';

/** `title-picture.json`, written by `scripts/art/title-picture.mjs`. */
interface Picture {
  /** Share of the view's height at which the sea begins. */
  readonly horizon: number;
  /** CSS colours that go on where the sky and the sea end. */
  readonly above: string;
  readonly below: string;
  readonly layers: readonly Layer[];
}

interface Layer {
  readonly name: string;
  readonly image: string;
  readonly width: number;
  readonly height: number;
  /** Whether it repeats along the width. */
  readonly tile: boolean;
  readonly anchor: readonly [x: number, y: number];
  /** Where the anchor lies: a share of the view's width; pixels below the horizon or the lower edge. */
  readonly x: number;
  readonly from: 'horizon' | 'bottom';
  readonly y: number;
  /** 0 is infinitely far, 1 is at hand. */
  readonly depth: number;
  readonly points?: Readonly<Record<string, readonly [x: number, y: number]>>;
}

/** The nearest layer sways this far, in pixels, and back. */
const SWAY = 6;
const SWAY_MS = 14_000;
/** Pixels a second that clouds and sparkles drift. */
const DRIFT: Readonly<Record<string, number>> = { clouds: 1.2, glints: 3.5 };

const FOLDER = 'assets/sprites/';

/** Queues the picture's files; the loader has no path of its own, now and later. */
export function loadTitlePicture(scene: Phaser.Scene): void {
  const { load } = scene;
  load.once(`${Phaser.Loader.Events.FILE_KEY_COMPLETE}json-title-picture`, () => {
    const { layers } = scene.cache.json.get('title-picture') as Picture;
    for (const { name, image } of layers) load.image(`title-${name}`, FOLDER + image);
  });
  load.json('title-picture', `${FOLDER}title-picture.json`);
}

/** Lays the layers out for the scene's view, and again whenever that changes; they sway until the scene ends. */
export class TitlePicture {
  readonly #scene: Phaser.Scene;
  readonly #picture: Picture;
  readonly #layers: readonly {
    layer: Layer;
    image: Phaser.GameObjects.Image | Phaser.GameObjects.TileSprite;
  }[];
  readonly #lights: readonly {
    layer: Layer;
    at: readonly [number, number];
    image: Phaser.GameObjects.Image;
  }[];
  #below: Phaser.GameObjects.Rectangle;

  constructor(scene: Phaser.Scene) {
    this.#scene = scene;
    this.#picture = scene.cache.json.get('title-picture') as Picture;
    const { above, below, layers } = this.#picture;
    scene.cameras.main.setBackgroundColor(above);
    this.#below = scene.add
      .rectangle(0, 0, 1, 1, Phaser.Display.Color.HexStringToColor(below).color)
      .setOrigin(0);
    this.#layers = layers.map((layer) => {
      const { name, width, height, tile, anchor } = layer;
      const image = tile
        ? scene.add.tileSprite(0, 0, width, height, `title-${name}`)
        : scene.add.image(0, 0, `title-${name}`);
      return { layer, image: image.setOrigin(tile ? 0 : anchor[0] / width, anchor[1] / height) };
    });
    // The lamp on the pier burns; the lighthouse's does not.
    this.#lights = layers.flatMap((layer) => {
      const at = layer.name === 'pier' ? layer.points?.lamp : undefined;
      if (!at) return [];
      const image = scene.add.image(0, 0, 'props', 'glow-large').setBlendMode(Phaser.BlendModes.ADD);
      return [{ layer, at, image }];
    });
    let still = false;
    onMotion(scene, (wanted) => {
      still = wanted;
    });
    const place = (time: number) => this.#place(still ? 0 : time);
    scene.events.on(Phaser.Scenes.Events.UPDATE, place);
    scene.events.once(Phaser.Scenes.Events.SHUTDOWN, () =>
      scene.events.off(Phaser.Scenes.Events.UPDATE, place),
    );
    this.#place(0);
  }

  #place(time: number): void {
    const { width, height } = this.#scene.scale;
    const horizon = Math.round(height * this.#picture.horizon);
    // Only ever to the left, so that nothing ends in the picture.
    const sway = (1 - Math.cos((time / SWAY_MS) * Math.PI * 2)) * 0.5 * SWAY;
    const at = (layer: Layer) => ({
      x: Math.round(layer.x * width - sway * layer.depth),
      y: (layer.from === 'bottom' ? height : horizon) + layer.y,
    });
    this.#below.setPosition(0, horizon).setSize(width, height - horizon);
    for (const { layer, image } of this.#layers) {
      const { x, y } = at(layer);
      if (!(image instanceof Phaser.GameObjects.TileSprite)) {
        image.setPosition(x, y);
        continue;
      }
      const drift = ((DRIFT[layer.name] ?? 0) * time) / 1000;
      image
        .setPosition(0, y)
        .setSize(width, layer.height)
        .setTilePosition(Math.round(drift - x), 0);
    }
    for (const {
      layer,
      at: [dx, dy],
      image,
    } of this.#lights) {
      const { x, y } = at(layer);
      image.setPosition(x - layer.anchor[0] + dx, y - layer.anchor[1] + dy);
      image.setAlpha(0.88 + 0.12 * Math.round(Math.sin(time / 700) * 2) * 0.5);
    }
  }
}
