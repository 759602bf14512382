import type * as Phaser from 'phaser';
import { listen, REGISTRY_CHANGES } from '../listen.js';
import { announce } from '../menu/screen-reader.js';
import { playSound } from '../sound.js';
import { CLUES, ITEMS, objective } from '../story/quest.js';
import { toast } from './toast.js';

/** Says which clue was found and which thing is carried now, when the registry says so; readers hear what to do next. */
export function announceDiscoveries(scene: Phaser.Scene): void {
  const discovered = (_parent: unknown, key: string, value: unknown) => {
    if (value !== true) return;
    const clue = CLUES.find(({ id }) => key === `clue.${id}`);
    const item = ITEMS.find(({ id }) => key === `item.${id}`);
    if (clue) toast(scene, clue.title, 'icon-notebook', `In the notebook: ${clue.title}`);
    if (item) toast(scene, `You have: ${item.title}`, `item-${item.id}`);
    if (clue || item) playSound(scene, clue ? 'clue' : 'item');
  };
  listen(scene, scene.registry.events, REGISTRY_CHANGES, discovered);
  let goal: string | undefined;
  const tellGoal = () => {
    const next = objective((key) => scene.registry.get(key));
    if (next !== goal) announce(next);
    goal = next;
  };
  tellGoal();
  listen(scene, scene.registry.events, REGISTRY_CHANGES, tellGoal);
}
