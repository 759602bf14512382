import type * as Phaser from 'phaser';
import type { ParleyPlugin } from 'phaser-parley';
import { useModel } from '../models/use-model.js';
import { BUDGETS, MOTIONS, type Settings } from './settings.js';
import { SETTINGS_CHANGED, settingsOf } from './settings-keeper.js';

/** Lets Parley follow the settings from now on: model, budget and motion. */
export function applySettings(game: Phaser.Game): void {
  const parley = game.plugins.get('ParleyPlugin') as ParleyPlugin;
  let last: Partial<Settings> = {};
  const apply = () => {
    const settings = settingsOf(game);
    const { model, budget, motion } = settings;
    parley.reducedMotion = MOTIONS.find(({ id }) => id === motion)!.reduced;
    if (budget !== last.budget) parley.setBudget({ ms: BUDGETS.find(({ id }) => id === budget)!.ms });
    if (model !== last.model) {
      parley.enabled = model !== 'off';
      if (parley.enabled) void useModel(game, parley, model);
    }
    last = settings;
  };
  game.registry.events.on(SETTINGS_CHANGED, apply);
  apply();
}
