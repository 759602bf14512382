import * as Phaser from 'phaser';

/**
 * Calls back once a frame after all scenes were updated, also while the scene is paused: people go on talking while a
 * game pauses the world. Not while it sleeps; ends with the scene's shutdown. Returns what ends it earlier.
 */
export function onEachFrame(scene: Phaser.Scene, callback: (deltaMs: number) => void): () => void {
  const { events: gameEvents } = scene.sys.game;
  const { events, settings } = scene.sys;
  const step = (_time: number, delta: number) => {
    if (settings.status <= Phaser.Scenes.PAUSED) callback(delta);
  };
  const end = () => {
    gameEvents.off(Phaser.Core.Events.POST_STEP, step);
    events.off(Phaser.Scenes.Events.SHUTDOWN, end);
    events.off(Phaser.Scenes.Events.DESTROY, end);
  };
  gameEvents.on(Phaser.Core.Events.POST_STEP, step);
  events.once(Phaser.Scenes.Events.SHUTDOWN, end);
  events.once(Phaser.Scenes.Events.DESTROY, end);
  return end;
}
