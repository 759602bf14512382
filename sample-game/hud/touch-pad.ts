import * as Phaser from 'phaser';
import type { Area } from '../menu/rows.js';

const STICK_RADIUS = 32;
const KNOB_REACH = 20;
/** A finger is wider than what it means. */
const SLOP = 14;
const DEAD_ZONE = 0.25;
const ACTION_SIZE = 48;

/** What the pad tells: the stick, each axis -1 to 1, and the action button. */
export interface TouchPadEvents {
  stick(x: number, y: number): void;
  act(): void;
}

/** A stick for the left thumb and a button for the right one. */
export class TouchPad {
  readonly objects: readonly (Phaser.GameObjects.Image | Phaser.GameObjects.Zone)[];
  readonly #scene: Phaser.Scene;
  readonly #tell: TouchPadEvents;
  readonly #knob: Phaser.GameObjects.Image;
  readonly #middle: { readonly x: number; readonly y: number };
  /** The finger on the stick. */
  #finger: number | undefined;

  /** @param room the whole picture, or the deck below it */
  constructor(scene: Phaser.Scene, room: Area, tell: TouchPadEvents) {
    this.#scene = scene;
    this.#tell = tell;
    const onDeck = room.y > 0;
    const y = onDeck ? Math.round(room.y + room.height * 0.45) : room.height - STICK_RADIUS - SLOP;
    const fromEdge = onDeck ? Math.round(room.width * 0.26) : STICK_RADIUS + SLOP;
    this.#middle = { x: fromEdge, y };
    const action = { x: room.width - fromEdge, y };
    // What lies under the bowl in the picture should be guessed at least.
    const bowl = scene.add.image(fromEdge, y, 'ui', 'touch-bowl').setAlpha(onDeck ? 1 : 0.8);
    this.#knob = scene.add.image(fromEdge, y, 'ui', 'touch-stick');
    const button = scene.add.image(action.x, action.y, 'ui', 'touch-button-up');
    const icon = scene.add.image(action.x, action.y - 2, 'ui', 'icon-action');
    this.objects = [bowl, this.#knob, button, icon, this.#stickZone(), this.#actionZone(button, icon)];
  }

  /** Lets go of the stick, e.g. because a talk begins. */
  release(): void {
    this.#finger = undefined;
    this.#knob.setPosition(this.#middle.x, this.#middle.y);
    this.#tell.stick(0, 0);
  }

  #stickZone(): Phaser.GameObjects.Zone {
    const radius = STICK_RADIUS + SLOP;
    const zone = this.#scene.add.zone(this.#middle.x, this.#middle.y, 2 * radius, 2 * radius);
    zone.setInteractive(new Phaser.Geom.Circle(radius, radius, radius), Phaser.Geom.Circle.Contains);
    zone.on(Phaser.Input.Events.GAMEOBJECT_POINTER_DOWN, (pointer: Phaser.Input.Pointer) => {
      this.#finger = pointer.id;
      this.#lean(pointer);
    });
    const { input } = this.#scene;
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

  #actionZone(button: Phaser.GameObjects.Image, icon: Phaser.GameObjects.Image): Phaser.GameObjects.Zone {
    const zone = this.#scene.add.zone(button.x, button.y, ACTION_SIZE, ACTION_SIZE).setInteractive();
    const press = (down: boolean) => {
      button.setFrame(down ? 'touch-button-down' : 'touch-button-up');
      icon.setY(button.y - (down ? 0 : 2));
    };
    zone.on(Phaser.Input.Events.GAMEOBJECT_POINTER_DOWN, () => {
      press(true);
      this.#tell.act();
    });
    zone.on(Phaser.Input.Events.GAMEOBJECT_POINTER_UP, () => press(false));
    zone.on(Phaser.Input.Events.GAMEOBJECT_POINTER_OUT, () => press(false));
    return zone;
  }

  #lean({ x, y }: Phaser.Input.Pointer): void {
    const lean = new Phaser.Math.Vector2(x - this.#middle.x, y - this.#middle.y)
      .scale(1 / STICK_RADIUS)
      .limit(1);
    this.#knob.setPosition(
      Math.round(this.#middle.x + lean.x * KNOB_REACH),
      Math.round(this.#middle.y + lean.y * KNOB_REACH),
    );
    if (lean.length() < DEAD_ZONE) lean.reset();
    this.#tell.stick(lean.x, lean.y);
  }
}
