/** What drifts through the air: smoke from the chimneys, leaves from the trees, fireflies over the grass. */
import * as Phaser from 'phaser';
import { type Moving, restWhenStill } from '../settings/rest-when-still.js';
import { reducedMotion } from '../settings/settings-keeper.js';
import { CHIMNEYS, THINGS } from './things.js';

const PUFF_EVERY_MS = 900;
const PUFF_MS = 4200;
const LEAF_EVERY_MS = 1900;
const LEAF_MS = 4600;

/** Adds everything that drifts, at a depth. */
export function addAir(scene: Phaser.Scene, depth: number): void {
  const air = new Air(scene);
  for (const { x, y } of CHIMNEYS) addSmoke(air, x, y, depth);
  for (const { name, x, y } of THINGS) {
    if (name === 'tree-autumn') addLeaves(air, x, y);
    if (name.startsWith('bush')) addFireflies(air, x, y - 12, depth);
  }
}

/** What is in the air of a scene; it hangs where it is while things stand still. */
class Air {
  readonly scene: Phaser.Scene;
  readonly #moving = new Set<Moving>();

  constructor(scene: Phaser.Scene) {
    this.scene = scene;
    restWhenStill(scene, this.#moving);
  }

  /** Calls again and again. */
  every(delay: number, startAt: number, callback: () => void): void {
    const timer = this.scene.time.addEvent({ delay, loop: true, startAt, callback });
    this.#add({
      pause: () => {
        timer.paused = true;
      },
      resume: () => {
        timer.paused = false;
      },
    });
  }

  /** A picture that lives for a while; `place` puts it where it is at `t` from 0 to 1, at whole pixels. */
  drift(image: Phaser.GameObjects.Image, duration: number, place: (t: number) => void, from = 0): void {
    const tween = this.scene.tweens.addCounter({
      from,
      to: 1,
      duration: duration * (1 - from),
      onUpdate: () => place(tween.getValue() ?? 0),
      onComplete: () => {
        this.#moving.delete(tween);
        image.destroy();
      },
    });
    place(from);
    this.#add(tween);
  }

  /** Calls with 0 to a whole turn, again and again. */
  circle(duration: number, place: (turn: number) => void): void {
    const tween = this.scene.tweens.addCounter({
      from: 0,
      to: Math.PI * 2,
      duration,
      repeat: -1,
      onUpdate: () => place(tween.getValue() ?? 0),
    });
    place(0);
    this.#add(tween);
  }

  #add(one: Moving): void {
    this.#moving.add(one);
    if (reducedMotion(this.scene)) one.pause();
  }
}

function addSmoke(air: Air, x: number, y: number, depth: number): void {
  const { scene } = air;
  const puff = (from = 0) => {
    const smoke = scene.add.image(x, y, 'props', 'smoke-0').setDepth(depth);
    const lean = Phaser.Math.Between(12, 22);
    const rise = (t: number) => {
      smoke.setPosition(Math.round(x + t * t * lean + Math.sin(t * 7 + x) * 2), Math.round(y - 4 - t * 34));
      // Thins out in steps, as everything here does.
      smoke.setFrame(`smoke-${Math.min(3, Math.floor(t * 4))}`).setAlpha(0.9 - Math.floor(t * 6) * 0.14);
    };
    air.drift(smoke, PUFF_MS, rise, from);
  };
  // It has burnt for a while, and smokes in a picture that stands still too.
  for (let from = 0; from < 1; from += PUFF_EVERY_MS / PUFF_MS) puff(from);
  air.every(PUFF_EVERY_MS, (x * 31) % PUFF_EVERY_MS, () => puff());
}

function addLeaves(air: Air, x: number, y: number): void {
  const { scene } = air;
  const fall = () => {
    const from = x + Phaser.Math.Between(-20, 20);
    const leaf = scene.add.image(from, y - 30, 'props', 'leaf').setDepth(y + 1);
    air.drift(leaf, LEAF_MS, (t) => {
      const swing = Math.sin(t * 16) * 4;
      leaf.setPosition(Math.round(from + t * 26 + swing), Math.round(y - 34 + t * 40)).setFlipX(swing > 0);
      leaf.setAlpha(t > 0.85 ? 0.6 : 1);
    });
  };
  air.every(LEAF_EVERY_MS, (x * 47) % LEAF_EVERY_MS, fall);
}

function addFireflies(air: Air, x: number, y: number, depth: number): void {
  for (let i = 0; i < 2; i++) {
    const fly = air.scene.add.image(x, y, 'props', 'firefly').setDepth(depth);
    fly.setBlendMode(Phaser.BlendModes.ADD);
    const phase = x * 0.7 + i * 2.6;
    air.circle(9000 + ((x * 13 + i * 700) % 4000), (t) => {
      fly.setPosition(
        Math.round(x + Math.sin(t + phase) * 16 + Math.sin(t * 3 + phase) * 4),
        Math.round(y + Math.cos(t * 2 + phase) * 8),
      );
      fly.setAlpha(Math.max(0, Math.round(Math.sin(t * 5 + phase) * 3) / 3));
    });
  }
}
