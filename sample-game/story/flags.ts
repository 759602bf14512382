import * as Phaser from 'phaser';

/**
 * Calls back whenever a value of the registry is set, first or anew, until the scene ends.
 * @param key exact, such as `lamp.lit`
 */
export function onFlag(scene: Phaser.Scene, key: string, heard: (value: unknown) => void): void {
  const { events } = scene.registry;
  const first = (_: unknown, set: string, value: unknown) => {
    if (set === key) heard(value);
  };
  const anew = (_: unknown, value: unknown) => heard(value);
  events.on(Phaser.Data.Events.SET_DATA, first);
  events.on(`${Phaser.Data.Events.CHANGE_DATA_KEY}${key}`, anew);
  scene.events.once(Phaser.Scenes.Events.SHUTDOWN, () => {
    events.off(Phaser.Data.Events.SET_DATA, first);
    events.off(`${Phaser.Data.Events.CHANGE_DATA_KEY}${key}`, anew);
  });
}
