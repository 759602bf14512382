import * as Phaser from 'phaser';

/**
 * Calls back once a frame after all scenes were updated, also while the scene is paused: people go on talking while a
 * game pauses the world. Not while it sleeps; ends with the scene's shutdown. Returns what ends it earlier.
 */
export function onEachFrame(scene: Phaser.Scene, callback: (deltaMs: number) => void): () => void {
  const { events: gameEvents } = scene.sys.game;
  const { settings } = scene.sys;
  const step = (_time: number, delta: number) => {
    if (settings.status <= Phaser.Scenes.PAUSED) callback(delta);
  };
  gameEvents.on(Phaser.Core.Events.POST_STEP, step);
  const stop = () => gameEvents.off(Phaser.Core.Events.POST_STEP, step);
  const forget = onSceneEnd(scene, stop);
  return () => {
    stop();
    forget();
  };
}

/** Calls back once when the scene is shut down, or destroyed with its game. Returns what takes that back. */
export function onSceneEnd(scene: Phaser.Scene, callback: () => void): () => void {
  const { events } = scene.sys;
  const forget = () => {
    events.off(Phaser.Scenes.Events.SHUTDOWN, end);
    events.off(Phaser.Scenes.Events.DESTROY, end);
  };
  const end = () => {
    forget();
    callback();
  };
  events.once(Phaser.Scenes.Events.SHUTDOWN, end);
  events.once(Phaser.Scenes.Events.DESTROY, end);
  return forget;
}
