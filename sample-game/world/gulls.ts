/** Gulls: they stand about, look around, take off when someone comes near, and come back. */
import * as Phaser from 'phaser';
import { onMotion } from '../settings/settings-keeper.js';
import { PERCHES } from './things.js';
import { WORLD } from './village-map.js';

/** Someone nearer than this frightens a gull off, in pixels. */
const SHY_OF = 46;
const FLIGHT_SPEED = 92;
const AWAY_MS = [7000, 16000] as const;
const FLYING_OVER = 3;

/** Who gulls are afraid of. */
export type Passer = () => { readonly x: number; readonly y: number } | undefined;

/** Adds the gulls that stand and those that only fly over; `airDepth` is where those in the air are drawn. */
export function addGulls(scene: Phaser.Scene, passer: Passer, airDepth: number): void {
  if (!scene.anims.exists('gull-fly')) {
    const frames = (prefix: string, end: number) =>
      scene.anims.generateFrameNames('props', { prefix, start: 0, end });
    scene.anims.create({ key: 'gull-fly', frames: frames('gull-fly-', 3), frameRate: 8, repeat: -1 });
    scene.anims.create({ key: 'gull-stand', frames: frames('gull-stand-', 1), frameRate: 0.8, repeat: -1 });
  }
  const gulls = PERCHES.map((perch, i) => new Gull(scene, perch, airDepth, i % 2 === 0));
  let still = false;
  onMotion(scene, (wanted) => {
    still = wanted;
    for (const gull of gulls) gull.rest(still);
  });
  const update = (_time: number, deltaMs: number) => {
    if (still) return;
    const near = passer();
    for (const gull of gulls) gull.update(deltaMs, near);
  };
  scene.events.on(Phaser.Scenes.Events.UPDATE, update);
  scene.events.once(Phaser.Scenes.Events.SHUTDOWN, () =>
    scene.events.off(Phaser.Scenes.Events.UPDATE, update),
  );
  for (let i = 0; i < FLYING_OVER; i++) addFlight(scene, airDepth, i);
}

/** One that has a perch: `stand` there, `leave` it, be `away`, come `back`. */
class Gull {
  readonly #perch: { readonly x: number; readonly y: number; readonly depth: number };
  readonly #sprite: Phaser.GameObjects.Sprite;
  readonly #shadow: Phaser.GameObjects.Image;
  readonly #airDepth: number;
  #state: 'stand' | 'leave' | 'away' | 'back' = 'stand';
  #heading = new Phaser.Math.Vector2();
  #waitMs = 0;

  constructor(
    scene: Phaser.Scene,
    perch: { readonly x: number; readonly y: number; readonly depth: number },
    airDepth: number,
    looksLeft: boolean,
  ) {
    this.#perch = perch;
    this.#airDepth = airDepth;
    this.#shadow = scene.add
      .image(perch.x + 2, perch.y - 1, 'props', 'shadow-small')
      .setDepth(perch.depth - 0.5);
    this.#sprite = scene.add.sprite(perch.x, perch.y, 'props', 'gull-stand-0').setFlipX(looksLeft);
    this.#stand();
    this.#sprite.anims.setProgress(Math.random());
  }

  update(deltaMs: number, near: { readonly x: number; readonly y: number } | undefined): void {
    const { x, y } = this.#sprite;
    if (this.#state === 'stand') {
      if (near && Math.hypot(near.x - this.#perch.x, near.y - this.#perch.y) < SHY_OF) this.#leave(near);
    } else if (this.#state === 'away') {
      this.#waitMs -= deltaMs;
      if (this.#waitMs <= 0) this.#state = 'back';
    } else {
      if (this.#state === 'back') this.#heading.set(this.#perch.x - x, this.#perch.y - y);
      const left = this.#heading.length();
      const step = (FLIGHT_SPEED * deltaMs) / 1000;
      this.#heading.normalize();
      this.#fly(x + this.#heading.x * step, y + this.#heading.y * step);
      if (this.#state === 'back' && left <= step * 2) this.#stand();
      if (this.#state === 'leave' && !inWorld(this.#sprite)) {
        this.#state = 'away';
        this.#waitMs = Phaser.Math.Between(...AWAY_MS);
      }
    }
  }

  /** Stands on its perch, and looks about only while things may move. */
  rest(still: boolean): void {
    this.#stand();
    if (still) this.#sprite.anims.pause();
  }

  #stand(): void {
    this.#state = 'stand';
    this.#shadow.setVisible(true);
    this.#sprite.setPosition(this.#perch.x, this.#perch.y).setDepth(this.#perch.depth).play('gull-stand');
  }

  #leave(from: { readonly x: number; readonly y: number }): void {
    this.#state = 'leave';
    this.#shadow.setVisible(false);
    // Away from whoever comes, and always upwards.
    this.#heading.set(this.#perch.x < from.x ? -1 : 1, -0.62);
    this.#sprite.setDepth(this.#airDepth).play('gull-fly');
  }

  #fly(x: number, y: number): void {
    this.#sprite.setPosition(x, y).setFlipX(this.#heading.x < 0);
    if (this.#sprite.anims.getName() !== 'gull-fly') this.#sprite.play('gull-fly');
  }
}

const inWorld = ({ x, y }: { x: number; y: number }) =>
  x > -20 && x < WORLD.width + 20 && y > -20 && y < WORLD.height + 20;

/** One that only crosses the sky, again and again. */
function addFlight(scene: Phaser.Scene, depth: number, index: number): void {
  const gull = scene.add.sprite(-20, 0, 'props', 'gull-fly-0').setDepth(depth).play('gull-fly');
  let flight: Phaser.Tweens.Tween;
  const cross = () => {
    const y = Phaser.Math.Between(WORLD.height * 0.55, WORLD.height * 0.9);
    const goesLeft = Phaser.Math.Between(0, 1) === 1;
    gull.setFlipX(goesLeft);
    flight = scene.tweens.addCounter({
      from: goesLeft ? WORLD.width + 20 : -20,
      to: goesLeft ? -20 : WORLD.width + 20,
      duration: Phaser.Math.Between(16_000, 24_000),
      delay: Phaser.Math.Between(500, 6000) + index * 2000,
      onUpdate: () => {
        const at = flight.getValue() ?? 0;
        gull.setPosition(Math.round(at), Math.round(y + Math.sin(at / 40 + index) * 8));
      },
      onComplete: cross,
    });
  };
  cross();
  // One that hung in the sky would be no gull.
  onMotion(scene, (still) => {
    gull.setVisible(!still);
    if (still) flight.pause();
    else flight.resume();
  });
}
