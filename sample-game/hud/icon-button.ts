import * as Phaser from 'phaser';

/** A square button with a picture; its size in pixels is `size`. */
export function iconButton(
  scene: Phaser.Scene,
  { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
  icon: string,
  act: () => void,
): Phaser.GameObjects.GameObject[] {
  const plate = scene.add.nineslice(x, y, 'ui', 'button-up', size, size, 6, 6, 6, 7).setOrigin(0);
  const picture = scene.add.image(x + Math.floor(size / 2), y + Math.floor(size / 2) - 1, 'ui', icon);
  plate.setInteractive({ useHandCursor: true });
  let down = false;
  plate.on(Phaser.Input.Events.GAMEOBJECT_POINTER_OVER, () => plate.setFrame('button-hover'));
  plate.on(Phaser.Input.Events.GAMEOBJECT_POINTER_OUT, () => {
    plate.setFrame('button-up');
    down = false;
  });
  plate.on(Phaser.Input.Events.GAMEOBJECT_POINTER_DOWN, () => {
    plate.setFrame('button-down');
    down = true;
  });
  plate.on(Phaser.Input.Events.GAMEOBJECT_POINTER_UP, () => {
    plate.setFrame('button-hover');
    if (down) act();
    down = false;
  });
  return [plate, picture];
}
