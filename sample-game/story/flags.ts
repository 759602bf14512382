import type * as Phaser from 'phaser';
import { listen, REGISTRY_CHANGES } from '../listen.js';

/**
 * Calls back whenever a value of the registry is set, first or anew, until the scene ends.
 * @param key exact, such as `lamp.lit`
 */
export function onFlag(scene: Phaser.Scene, key: string, heard: (value: unknown) => void): void {
  listen(scene, scene.registry.events, REGISTRY_CHANGES, (_: unknown, set: string, value: unknown) => {
    if (set === key) heard(value);
  });
}
