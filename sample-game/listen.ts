import * as Phaser from 'phaser';

interface Emitter {
  on(event: string, listener: (...args: never[]) => void): unknown;
  off(event: string, listener: (...args: never[]) => void): unknown;
}

/** Listens until the scene ends: what lives longer than a scene must not call into one that is gone. */
export function listen(
  scene: Phaser.Scene,
  emitter: object,
  events: string | readonly string[],
  listener: (...args: never[]) => void,
): void {
  const source = emitter as Emitter;
  for (const event of [events].flat()) {
    source.on(event, listener);
    scene.events.once(Phaser.Scenes.Events.SHUTDOWN, () => source.off(event, listener));
  }
}

/** Of the registry: a value was set for the first time, or changed. */
export const REGISTRY_CHANGES = [Phaser.Data.Events.SET_DATA, Phaser.Data.Events.CHANGE_DATA] as const;
