import type * as Phaser from 'phaser';
import type { ParleyPlugin } from 'phaser-parley';
import { BUDGETS, MOTIONS, type Settings } from './settings.js';
import { SETTINGS_CHANGED, settingsOf } from './settings-keeper.js';

/** The key of the model that comes with the game, for `load.npcModel`. */
export const BUNDLED_MODEL = 'parley-135m';

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
      // What goes wrong is told by the event model-error.
      if (parley.enabled && /^(?:none|failed)$/.test(parley.modelState))
        parley.loadModel(BUNDLED_MODEL).catch(() => undefined);
    }
    last = settings;
  };
  game.registry.events.on(SETTINGS_CHANGED, apply);
  apply();
}
