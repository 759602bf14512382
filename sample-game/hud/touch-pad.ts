import * as Phaser from 'phaser';
import type { Area } from '../menu/rows.js';

const STICK_RADIUS = 30;
const KNOB_RADIUS = 13;
const ACTION_RADIUS = 21;
/** A finger is wider than what it means. */
const SLOP = 14;
const DEAD_ZONE = 0.25;

/** What the pad tells: the stick, each axis -1 to 1, and the action button. */
export interface TouchPadEvents {
  stick(x: number, y: number): void;
  act(): void;
}

/** A stick for the left thumb and a button for the right one. */
export class TouchPad {
  readonly objects: readonly (
    | Phaser.GameObjects.Graphics
    | Phaser.GameObjects.Image
    | Phaser.GameObjects.Zone
  )[];
  readonly #scene: Phaser.Scene;
  readonly #tell: TouchPadEvents;
  readonly #knob: Phaser.GameObjects.Graphics;
  readonly #middle: { readonly x: number; readonly y: number };
  /** The finger on the stick. */
  #finger: number | undefined;

  /** @param room the lower edge of the picture, or the deck below it */
  constructor(scene: Phaser.Scene, room: Area, tell: TouchPadEvents) {
    this.#scene = scene;
    this.#tell = tell;
    const onDeck = room.y > 0;
    const y = onDeck ? Math.round(room.y + room.height * 0.42) : room.height - 46;
    const fromEdge = onDeck ? Math.round(room.width * 0.26) : 50;
    this.#middle = { x: fromEdge, y };
    const action = { x: room.width - fromEdge, y };
    const base = disc(scene, this.#middle, STICK_RADIUS, 0x261d40).setAlpha(onDeck ? 1 : 0.7);
    this.#knob = disc(scene, this.#middle, KNOB_RADIUS, 0x7e4a40);
    const button = disc(scene, action, ACTION_RADIUS, 0x7e4a40);
    const icon = scene.add.image(action.x, action.y, 'ui', 'icon-talk');
    this.objects = [base, this.#knob, button, icon, this.#stickZone(), this.#actionZone(action, button)];
  }

  #stickZone(): Phaser.GameObjects.Zone {
    const zone = touchable(this.#scene, this.#middle, STICK_RADIUS + SLOP);
    const { input } = this.#scene;
    zone.on(Phaser.Input.Events.GAMEOBJECT_POINTER_DOWN, (pointer: Phaser.Input.Pointer) => {
      this.#finger = pointer.id;
      this.#lean(pointer);
    });
    input.on(Phaser.Input.Events.POINTER_MOVE, (pointer: Phaser.Input.Pointer) => {
      if (pointer.id === this.#finger) this.#lean(pointer);
    });
    for (const up of [Phaser.Input.Events.POINTER_UP, Phaser.Input.Events.POINTER_UP_OUTSIDE]) {
      input.on(up, (pointer: Phaser.Input.Pointer) => {
        if (pointer.id === this.#finger) this.release();
      });
    }
    return zone;
  }

  #actionZone(at: { readonly x: number; readonly y: number }, button: Phaser.GameObjects.Graphics) {
    const zone = touchable(this.#scene, at, ACTION_RADIUS + SLOP / 2);
    zone.on(Phaser.Input.Events.GAMEOBJECT_POINTER_DOWN, () => {
      button.setAlpha(0.6);
      this.#tell.act();
    });
    for (const end of [
      Phaser.Input.Events.GAMEOBJECT_POINTER_UP,
      Phaser.Input.Events.GAMEOBJECT_POINTER_OUT,
    ]) {
      zone.on(end, () => button.setAlpha(1));
    }
    return zone;
  }

  /** Lets go of the stick, e.g. because a talk begins. */
  release(): void {
    this.#finger = undefined;
    this.#knob.setPosition(this.#middle.x, this.#middle.y);
    this.#tell.stick(0, 0);
  }

  #lean({ x, y }: Phaser.Input.Pointer): void {
    const lean = new Phaser.Math.Vector2(x - this.#middle.x, y - this.#middle.y)
      .scale(1 / STICK_RADIUS)
      .limit(1);
    const reach = STICK_RADIUS - KNOB_RADIUS / 2;
    this.#knob.setPosition(
      Math.round(this.#middle.x + lean.x * reach),
      Math.round(this.#middle.y + lean.y * reach),
    );
    if (lean.length() < DEAD_ZONE) lean.reset();
    this.#tell.stick(lean.x, lean.y);
  }
}

/** A disc with a brass rim, drawn around its own middle. */
function disc(
  scene: Phaser.Scene,
  { x, y }: { readonly x: number; readonly y: number },
  radius: number,
  color: number,
): Phaser.GameObjects.Graphics {
  return scene.add
    .graphics({ x, y })
    .fillStyle(0x17122b, 0.8)
    .fillCircle(0, 1, radius)
    .fillStyle(0xbf6c2c)
    .fillCircle(0, 0, radius - 1)
    .fillStyle(0xfbca5a)
    .fillCircle(-0.5, -0.7, radius - 2)
    .fillStyle(0x17122b)
    .fillCircle(0, 0, radius - 3)
    .fillStyle(color)
    .fillCircle(0, 0, radius - 4);
}

function touchable(
  scene: Phaser.Scene,
  { x, y }: { readonly x: number; readonly y: number },
  radius: number,
) {
  const zone = scene.add.zone(x, y, 2 * radius, 2 * radius);
  return zone.setInteractive(new Phaser.Geom.Circle(radius, radius, radius), Phaser.Geom.Circle.Contains);
}
