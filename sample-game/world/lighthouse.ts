/** The lighthouse: its door, its lamp, and the beam that sweeps over sea and village once the lamp burns again. */
import * as Phaser from 'phaser';
import { reducedMotion } from '../settings/settings-keeper.js';
import type { Dusk, Pool } from './dusk.js';
import { LIGHTHOUSE } from './village-map.js';

/** Registry keys that the lighthouse follows: set one to true and it happens, or has happened, there. */
export const LIGHTHOUSE_KEYS = { open: 'door.open', lit: 'lamp.lit' } as const;

export interface LighthouseState {
  readonly open: boolean;
  readonly lit: boolean;
}

/** Of the lamp, from the lighthouse's foot, in pixels. */
const LAMP_UP = 118;
/** One turn of the lamp. */
const TURN_MS = 9000;
/** Where the beam stands when things stand still: over the sea, as a share of a turn. */
const RESTING_TURN = 0.06;
/** The beam's circle lies flat on the sea: it is seen from above at this slant. */
const SLANT = 0.62;
/** How far the beam reaches, in lengths of its picture. */
const REACH = 1.3;
const OPENING_MS = 160;
/** The lamp flickers before it burns: alpha of its glow by step. */
const KINDLING = [0.3, 0, 0.5, 0.2, 0.8, 0.5, 1];
const KINDLING_STEP_MS = 140;

/** What the open door and the burning lamp take of the dusk around them. */
const DOOR_POOL: Pool = { x: LIGHTHOUSE.x, y: LIGHTHOUSE.y + 12, rx: 54, ry: 36, strength: 0.9 };
const LAMP_POOL: Pool = { x: LIGHTHOUSE.x, y: LIGHTHOUSE.y - LAMP_UP, rx: 84, ry: 66, strength: 0.75 };

/** Depths of what the lighthouse adds in the air. */
export interface LightDepths {
  readonly glow: number;
  readonly groundGlow: number;
}

export class Lighthouse {
  readonly #scene: Phaser.Scene;
  readonly #dusk: Dusk;
  readonly #door: Phaser.GameObjects.Sprite;
  /** What falls out of the open door. */
  readonly #doorLight: readonly Phaser.GameObjects.Image[];
  readonly #lamp: Phaser.GameObjects.Image;
  readonly #glow: Phaser.GameObjects.Image;
  readonly #beams: readonly Phaser.GameObjects.Image[];
  #open: boolean;
  #lit: boolean;
  #kindling = false;

  /** @param state what had happened before, for a game that is loaded */
  constructor(scene: Phaser.Scene, state: LighthouseState, depths: LightDepths, dusk: Dusk) {
    const { x, y } = LIGHTHOUSE;
    const add = Phaser.BlendModes.ADD;
    this.#scene = scene;
    this.#dusk = dusk;
    this.#open = state.open;
    this.#lit = state.lit;
    scene.add.image(x, y, 'props', 'lighthouse-shadow').setDepth(depths.groundGlow - 100);
    scene.add.image(x, y, 'props', 'lighthouse').setDepth(y);
    this.#door = scene.add.sprite(x, y, 'props', doorFrame(state.open)).setDepth(y + 0.1);
    const shine = (frame: string, up: number, shown: boolean) =>
      scene.add
        .image(x, y - up, 'props', frame)
        .setBlendMode(add)
        .setDepth(depths.glow)
        .setVisible(shown);
    this.#doorLight = [
      shine('glow-small', 16, state.open),
      shine('glow-spill', 3, state.open).setDepth(depths.groundGlow),
    ];
    if (state.open) dusk.light(DOOR_POOL);
    if (state.lit) dusk.light(LAMP_POOL);
    // Over the dusk, which would take the light away from it.
    this.#lamp = scene.add
      .image(x, y, 'props', 'lighthouse-lit')
      .setDepth(depths.glow - 1)
      .setVisible(state.lit);
    this.#glow = shine('glow-large', LAMP_UP, state.lit);
    this.#beams = [0, Math.PI].map(() =>
      scene.add
        .image(x, y - LAMP_UP, 'props', 'light-beam')
        .setBlendMode(add)
        .setDepth(depths.glow)
        .setVisible(state.lit),
    );
    const turn = (time: number) => this.#turn(time);
    scene.events.on(Phaser.Scenes.Events.UPDATE, turn);
    scene.events.once(Phaser.Scenes.Events.SHUTDOWN, () =>
      scene.events.off(Phaser.Scenes.Events.UPDATE, turn),
    );
  }

  get isOpen(): boolean {
    return this.#open;
  }

  get isLit(): boolean {
    return this.#lit;
  }

  /** Swings the door open; light falls out. Resolves when it stands open. */
  async openDoor(): Promise<void> {
    if (this.#open) return;
    this.#open = true;
    for (let step = 1; step <= DOOR_STEPS; step++) {
      await this.#pause(OPENING_MS);
      this.#door.setFrame(`lighthouse-door-${step}`);
    }
    for (const light of this.#doorLight) light.setVisible(true);
    this.#dusk.light(DOOR_POOL);
  }

  /** Kindles the lamp: it flickers, burns, and its beam begins to turn; nothing does where things stand still. Resolves when it burns. */
  async lightLamp(): Promise<void> {
    if (this.#lit || this.#kindling) return;
    this.#kindling = true;
    for (const alpha of reducedMotion(this.#scene) ? KINDLING.slice(-1) : KINDLING) {
      this.#lamp.setVisible(alpha > 0).setAlpha(alpha);
      this.#glow.setVisible(alpha > 0).setAlpha(alpha);
      await this.#pause(KINDLING_STEP_MS);
    }
    this.#lit = true;
    this.#dusk.light(LAMP_POOL);
    for (const beam of this.#beams) beam.setVisible(true);
  }

  #turn(time: number): void {
    if (!this.#lit) return;
    const turn = reducedMotion(this.#scene) ? RESTING_TURN : time / TURN_MS;
    this.#beams.forEach((beam, i) => {
      const angle = (turn + i / 2) * Math.PI * 2;
      const [across, toward] = [Math.cos(angle), Math.sin(angle)];
      // Seen along its length the beam is short, and it must not blind who stands below it.
      const length = Math.hypot(across, toward * SLANT);
      beam
        .setRotation(Math.atan2(toward * SLANT, across))
        .setScale(length * REACH, 0.8 + 0.3 * Math.abs(toward))
        .setAlpha(0.85 - 0.3 * Math.max(0, toward));
    });
    const facing = Math.abs(Math.sin(turn * Math.PI * 2));
    this.#glow.setScale(1 + 0.35 * facing ** 6).setAlpha(0.8 + 0.2 * facing);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#scene.time.delayedCall(ms, resolve);
    });
  }
}

const DOOR_STEPS = 3;
const doorFrame = (open: boolean) => `lighthouse-door-${open ? DOOR_STEPS : 0}`;

/** Builds the lighthouse as the registry says, and lets it follow the registry from then on. */
export function addLighthouse(scene: Phaser.Scene, depths: LightDepths, dusk: Dusk): Lighthouse {
  const { registry } = scene;
  const has = (key: string) => registry.get(key) === true;
  const { open, lit } = LIGHTHOUSE_KEYS;
  const lighthouse = new Lighthouse(scene, { open: has(open), lit: has(lit) }, depths, dusk);
  const follow = () => {
    if (has(open)) void lighthouse.openDoor();
    if (has(lit)) void lighthouse.lightLamp();
  };
  for (const event of [Phaser.Data.Events.SET_DATA, Phaser.Data.Events.CHANGE_DATA]) {
    registry.events.on(event, follow);
    scene.events.once(Phaser.Scenes.Events.SHUTDOWN, () => registry.events.off(event, follow));
  }
  return lighthouse;
}
