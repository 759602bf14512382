import type * as Phaser from 'phaser';
import { listen, REGISTRY_CHANGES } from '../listen.js';
import { playSound } from '../sound.js';
import { CLUES, type Entry, ITEMS } from '../story/quest.js';
import { toast } from './toast.js';

/** Says which clue was found and which thing is carried now, when the registry says so. */
export function announceDiscoveries(scene: Phaser.Scene): void {
  const announce = (_parent: unknown, key: string, value: unknown) => {
    if (value !== true) return;
    const entry = (kind: string, list: readonly Entry[]) => list.find(({ id }) => key === `${kind}.${id}`);
    const clue = entry('clue', CLUES);
    const item = entry('item', ITEMS);
    if (clue) toast(scene, `In the notebook: ${clue.title}`, 'icon-book');
    if (item) toast(scene, `You have: ${item.title}`, 'icon-heart');
    if (clue || item) playSound(scene, clue ? 'clue' : 'item');
  };
  listen(scene, scene.registry.events, REGISTRY_CHANGES, announce);
}
