import type * as Phaser from 'phaser';
import type { StorageState } from 'phaser-parley';
import { toast } from './toast.js';

/** Tells the player when what is said will not last. */
export function watchStorage(scene: Phaser.Scene): void {
  const { events, storage } = scene.parley;
  const tell = ({ kind, writable }: StorageState) => {
    if (!writable) {
      toast(
        scene,
        'This game is open in another tab: what is said here is not saved until that one is closed.',
      );
    } else if (kind === 'memory') {
      toast(scene, 'This browser keeps no saves: all is forgotten when the page is closed.');
    }
  };
  if (storage) tell(storage);
  events.on('storage', tell);
  scene.events.once('shutdown', () => events.off('storage', tell));
}
