import * as Phaser from 'phaser';
import { listen } from '../listen.js';

export type PadButton = 'up' | 'down' | 'left' | 'right' | 'confirm' | 'cancel' | 'menu' | 'notebook';

const THRESHOLD = 0.5;

/** Tells of each press on any gamepad while the scene runs; a button held when it began counts when pressed anew. */
export function onPad(scene: Phaser.Scene, press: (button: PadButton) => void): void {
  let held = pressed(scene);
  const poll = () => {
    const now = pressed(scene);
    for (const button of now) if (!held.has(button)) press(button);
    held = now;
  };
  listen(scene, scene.events, Phaser.Scenes.Events.UPDATE, poll);
}

/** The left stick of the first gamepad, each axis -1 to 1; zero within its dead zone. */
export function padStick(scene: Phaser.Scene): Phaser.Math.Vector2 | undefined {
  const stick = scene.input.gamepad?.getAll()[0]?.leftStick;
  return stick && stick.length() > THRESHOLD / 2 ? stick : undefined;
}

function pressed(scene: Phaser.Scene): Set<PadButton> {
  const held = new Set<PadButton>();
  for (const pad of scene.input.gamepad?.getAll() ?? []) {
    const { x, y } = pad.leftStick;
    if (pad.up || y < -THRESHOLD) held.add('up');
    if (pad.down || y > THRESHOLD) held.add('down');
    if (pad.left || x < -THRESHOLD) held.add('left');
    if (pad.right || x > THRESHOLD) held.add('right');
    if (pad.A) held.add('confirm');
    if (pad.B) held.add('cancel');
    if (pad.Y) held.add('notebook');
    if (pad.isButtonDown(9)) held.add('menu');
  }
  return held;
}
